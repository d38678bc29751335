"""A filled sheet comes back: what each row would do is said first, then done, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import external_entries, reports
from casework.categories import CATEGORY_NAMES, kind_of
from casework.contacts import Contact
from casework.day_sheet import COLUMNS
from casework.errors import EntryIncomplete, EntryInTheFuture, NoUnitInCharge, NumberOfAnother
from casework.external_entries import Entry
from casework.models import Report
from casework.not_taken import why_not_taken
from nlu.categories import is_urgent
from nlu.entities import mask_documents
from nlu.text import fold
from office.models import Staff, Unit
from office.places import Found, find_ward
from office.sheets import read_sheet

_MOMENTS = ("%H:%M %d/%m/%Y", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
_CATEGORIES = {fold(name): code for code, name in CATEGORY_NAMES.items()} | {c: c for c in CATEGORY_NAMES}

NO_SUCH_REPORT = "không có phản ánh này, hoặc đơn vị khác phụ trách"
INCOMPLETE = "cần đủ: hệ thống khác, số ở hệ thống khác, nhập lúc"
FUTURE = "“Nhập lúc” ở sau hiện tại"
ANOTHERS = "số này ở hệ thống ấy đã ghi cho phản ánh khác"
TWICE = "số này ở hệ thống ấy có hai lần trong tệp"
NO_TEXT = "phản ánh mới cần nội dung"
NO_CATEGORY = "phản ánh mới cần đúng tên một lĩnh vực"
NO_WARD = "không rõ phường, xã nào hiện nay"
NOT_TAKEN = "không phải phản ánh (khẩn cấp, tố cáo, bí mật, lừa đảo hoặc xúc phạm): không nhận, không lưu"
NOBODY_OVERSEES = "chưa có cơ quan cấp trên của đơn vị bị phản ánh"


class Outcome(StrEnum):
    """What a row does."""

    NEW = "new"
    ENTERED = "entered"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Line:
    """row: as the spreadsheet counts. code: of the report, "" before it is filed. reason: of a refusal."""

    row: int
    outcome: Outcome
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row with anything in it, by the names of COLUMNS."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class _Planned:
    """report: None for one to be filed. entry: None for a row that does nothing."""

    line: Line
    report: Report | None = None
    entry: Entry | None = None
    ward: Unit | None = None


class _Refused(Exception):
    """This row does nothing, and why."""


def read_rows(file: Path | IO[bytes]) -> tuple[SheetRow, ...]:
    """The rows of a sheet with at least the columns of code, system and number. Raises BrokenSheet."""
    headings = {name: (_folded(heading),) for name, (heading, _) in COLUMNS.items()}
    sheet = read_sheet(file, headings, required=("code", "system", "number"))
    return tuple(SheetRow(number=row.number, cells=row.cells) for row in sheet.rows)


def dry_run(rows: Iterable[SheetRow], visible: QuerySet[Report], *, now: datetime) -> tuple[Line, ...]:
    """What each row would do. visible: the reports that whoever asks may see."""
    return tuple(planned.line for _, planned in _plans(rows, visible, now))


def take_in(
    rows: Iterable[SheetRow], visible: QuerySet[Report], *, by: Staff | None, now: datetime
) -> tuple[Line, ...]:
    """Do it, each row by itself: what was refused or failed takes nothing else with it. Idempotent."""
    return tuple(_done(row, planned, by) for row, planned in _plans(rows, visible, now))


def _plans(
    rows: Iterable[SheetRow], visible: QuerySet[Report], now: datetime
) -> Iterator[tuple[SheetRow, _Planned]]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        try:
            planned = _plan(row, visible, now)
            _refuse_twice(planned.entry, seen)
        except _Refused as refused:
            planned = _Planned(line=_line(row, Outcome.REFUSED, reason=str(refused)))
        yield row, planned


def _refuse_twice(entry: Entry | None, seen: set[tuple[str, str]]) -> None:
    if entry is None:
        return
    key = (entry.system.casefold(), entry.number)
    if key in seen:
        raise _Refused(TWICE)
    seen.add(key)


def _plan(row: SheetRow, visible: QuerySet[Report], now: datetime) -> _Planned:
    if row.cells.get("code"):
        return _plan_entry(row, visible, now)
    entry = _entry(row, now)
    known = external_entries.report_of(entry)
    if known:
        return _Planned(line=_line(row, Outcome.UNCHANGED, code=known.code))
    return _Planned(line=_line(row, Outcome.NEW), entry=entry, ward=_ward_of_new(row))


def _plan_entry(row: SheetRow, visible: QuerySet[Report], now: datetime) -> _Planned:
    code = row.cells["code"].upper()
    report = visible.filter(code=code).first()
    if report is None:
        raise _Refused(NO_SUCH_REPORT)
    if not any(row.cells.get(name) for name in ("system", "number", "entered_at")):
        return _Planned(line=_line(row, Outcome.UNCHANGED, code=code))
    entry = _entry(row, now)
    other = external_entries.report_of(entry)
    if other and other.pk != report.pk:
        raise _Refused(ANOTHERS)
    if external_entries.is_entered(report, entry):
        return _Planned(line=_line(row, Outcome.UNCHANGED, code=code))
    return _Planned(line=_line(row, Outcome.ENTERED, code=code), report=report, entry=entry)


def _entry(row: SheetRow, now: datetime) -> Entry:
    given = {name: row.cells.get(name, "") for name in ("system", "number")}
    try:
        return external_entries.checked(**given, entered_at=_moment(row.cells.get("entered_at", "")), now=now)
    except EntryIncomplete as problem:
        raise _Refused(INCOMPLETE) from problem
    except EntryInTheFuture as problem:
        raise _Refused(FUTURE) from problem


def _ward_of_new(row: SheetRow) -> Unit | None:
    """The ward that a new report names, everything that it needs having been looked at."""
    text, named = row.cells.get("text", ""), row.cells.get("ward", "")
    if not text:
        raise _Refused(NO_TEXT)
    if _category(row) is None:
        raise _Refused(NO_CATEGORY)
    if why_not_taken(text, row.cells.get("place", ""), category=_category(row) or ""):
        raise _Refused(NOT_TAKEN)
    found = find_ward(named) if named else None
    if named and not isinstance(found, Found):
        raise _Refused(NO_WARD)
    return found.unit if isinstance(found, Found) else None


def _category(row: SheetRow) -> str | None:
    return _CATEGORIES.get(fold(row.cells.get("category", "")))


def _done(row: SheetRow, planned: _Planned, by: Staff | None) -> Line:
    if planned.entry is None:
        return planned.line
    try:
        with transaction.atomic():
            report = planned.report or _filed(row, planned.ward)
            external_entries.enter(report, planned.entry, by)
    except NumberOfAnother:
        return _line(row, Outcome.REFUSED, reason=ANOTHERS)
    except NoUnitInCharge:
        return _line(row, Outcome.REFUSED, reason=NOBODY_OVERSEES)
    return _line(row, planned.line.outcome, code=report.code)


def _filed(row: SheetRow, ward: Unit | None) -> Report:
    """A report taken at another system; its author is answered there, so nobody is told its secret."""
    given = {name: row.cells.get(name, "") for name in ("name", "phone", "email", "address")}
    category = _category(row) or ""
    return reports.file_report(
        conversation=None,
        source=Report.Source.SHEET,
        kind=kind_of(category),
        category=category,
        text=mask_documents(row.cells["text"]),
        place=mask_documents(row.cells.get("place", "")),
        ward=ward,
        contact=Contact(**given),
        urgent=is_urgent(row.cells["text"]),
    ).report


def _moment(said: str) -> datetime | None:
    for form in _MOMENTS:
        try:
            return timezone.make_aware(datetime.strptime(said, form))  # noqa: DTZ007 -- Hà Nội's, then aware
        except ValueError:
            continue
    return None


def _line(row: SheetRow, outcome: Outcome, *, code: str = "", reason: str = "") -> Line:
    return Line(row=row.number, outcome=outcome, code=code, reason=reason)


def _folded(heading: str) -> str:
    return " ".join(fold(heading).replace(",", " ").replace("-", " ").split())


def counted(lines: Sequence[Line]) -> dict[Outcome, int]:
    """How many rows do what."""
    return {outcome: sum(line.outcome is outcome for line in lines) for outcome in Outcome}
