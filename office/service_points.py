"""Service points: read as counters, and taken in from a list that says what would change before it does."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from office import audit
from office.counters import Counter, CounterKind
from office.errors import BrokenPlaceList
from office.links import safe_url
from office.models import ServicePoint, Staff, Unit

COLUMNS = (
    "code", "kind", "name", "unit", "address", "hours", "phone", "fields", "booking", "booking_url",
    "valid_from", "valid_to", "source", "checked_on",
)  # fmt: skip
_OF_A_COUNTER = tuple(name for name in COLUMNS if name not in {"code", "unit"})
_REQUIRED = ("code", "kind", "name", "source")
_DATES = ("valid_from", "valid_to", "checked_on")
_BETWEEN_FIELDS = ";"
AS_THE_EXAMPLE = "Dòng đầu phải có tên các cột như trong starter/service_points.csv."
AS_UTF_8 = "Anh/chị lưu tệp dưới dạng CSV, mã hoá UTF-8 (trong Excel: CSV UTF-8), rồi chạy lại lệnh."
OUTSIDE = "Đường dẫn đặt lịch phải ở một trang của cơ quan nhà nước (…gov.vn)."


def counters() -> tuple[Counter, ...]:
    """Every service point, by kind and name. Read for each answer, so without making rows into models."""
    rows = ServicePoint.objects.values("unit__code", *_OF_A_COUNTER).order_by("kind", "name")
    return tuple(_counter(row) for row in rows)


def existing(first: date, last: date) -> QuerySet[ServicePoint]:
    """Those that exist on any of these days, both included."""
    begun = Q(valid_from=None) | Q(valid_from__lte=last)
    return ServicePoint.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gte=first))


def _counter(row: Mapping[str, Any]) -> Counter:
    plain = {name: row[name] for name in _OF_A_COUNTER}
    return Counter(
        **plain | {"kind": CounterKind(row["kind"]), "fields": tuple(row["fields"])},
        unit=row["unit__code"] or "",
    )


class Outcome(StrEnum):
    """What an import does with one row of the list."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the report. changed: the columns that differ. reason: why it was refused."""

    place: str
    code: str
    outcome: Outcome
    changed: tuple[str, ...] = ()
    reason: str = ""


def import_service_points(path: Path, *, dry_run: bool = False, by: Staff | None = None) -> tuple[Line, ...]:
    """Add and change service points from a CSV file with the columns of COLUMNS; none is taken away.

    Codes are the key; `fields` are parted by ";", dates are ISO. A row that does not read is refused and the
    others are taken. Raises BrokenPlaceList when the file is no such list.
    """
    with transaction.atomic():
        known = _Known(
            points={point.code: point for point in ServicePoint.objects.select_related("unit")},
            units={unit.code: unit for unit in Unit.objects.all()},
        )
        return tuple(_take(row, known, place=place, dry_run=dry_run, by=by) for place, row in _rows(path))


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What a list is compared with, by code, read once for all its rows."""

    points: dict[str, ServicePoint]
    units: Mapping[str, Unit]


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = sorted(set(_REQUIRED) - set(reader.fieldnames or ()))
            if missing:
                raise BrokenPlaceList(f"{path.name} thiếu cột {', '.join(missing)}. {AS_THE_EXAMPLE}")
            yield from ((f"dòng {reader.line_num}", row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise BrokenPlaceList(f"{path.name} không đọc được. {AS_UTF_8}") from problem


def _take(row: Mapping[str, str], known: _Known, *, place: str, dry_run: bool, by: Staff | None) -> Line:
    code = (row.get("code") or "").strip()
    try:
        values = _values(row, known.units)
        point = copy(known.points.get(code)) or ServicePoint(code=code)
        changed = tuple(name for name, value in values.items() if getattr(point, name) != value)
        for name in changed:
            setattr(point, name, values[name])
        point.full_clean(exclude=["unit"], validate_unique=False)
    except (ValueError, ValidationError) as problem:
        return Line(place=place, code=code, outcome=Outcome.REFUSED, reason=_told(problem))
    if point.pk and not changed:
        return Line(place=place, code=code, outcome=Outcome.UNCHANGED)
    outcome = Outcome.CHANGED if point.pk else Outcome.NEW
    if not dry_run:
        save(point, by, outcome.value, changed=", ".join(changed))
        known.points[code] = point
    return Line(place=place, code=code, outcome=outcome, changed=changed)


def save(point: ServicePoint, by: Staff | None, act: str, **detail: str) -> None:
    """Keep a service point and note who did what to it; from the next message on it is answered so."""
    with transaction.atomic():
        point.save()
        audit.note(f"service_point.{act}", f"service-point:{point.code}", by, **detail)


def _values(row: Mapping[str, str], units: Mapping[str, Unit]) -> dict[str, object]:
    plain = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if plain["booking_url"] and not safe_url(plain["booking_url"]):
        raise ValueError(OUTSIDE)
    values: dict[str, object] = {name: plain[name] for name in COLUMNS if name not in {"code", "unit"}}
    values |= {name: _day(name, plain[name]) if plain[name] else None for name in _DATES}
    values["fields"] = [name.strip() for name in plain["fields"].split(_BETWEEN_FIELDS) if name.strip()]
    values["unit"] = _unit(plain["unit"], units) if plain["unit"] else None
    return values


def _day(column: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise ValueError(f"cột {column}: {written} không phải một ngày; ghi như 2026-01-31") from problem


def _unit(code: str, units: Mapping[str, Unit]) -> Unit:
    if code not in units:
        raise ValueError(f"không có đơn vị {code}; xem mã ở trang /desk/units/")
    return units[code]


def _told(problem: ValueError | ValidationError) -> str:
    return "; ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
