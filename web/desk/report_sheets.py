"""Reports as spreadsheets on the desk: out by day, back with the numbers of other systems."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from casework import day_sheet, day_sheet_reading, visibility
from casework.day_sheet_reading import Line, Outcome, SheetRow
from office.errors import BrokenSheet
from web.desk.doors import DeskRequest, desk_page
from web.desk.workbooks import workbook

LARGEST = 2_000_000  # bytes of a file
#: Rows at a time: what is shown goes through the browser and back, signed, so that nothing is kept here.
MOST_ROWS = 500
#: Characters of it, below what Django takes in a form.
_LARGEST_SIGNED = 900_000
_SALT = "report sheet"
PREVIEW_HOLDS = 3600  # seconds

OUTCOMES = {
    Outcome.NEW: "Phản ánh mới",
    Outcome.ENTERED: "Ghi số ở hệ thống khác",
    Outcome.UNCHANGED: "Không có gì mới",
    Outcome.REFUSED: "Bị từ chối",
}
NO_FILE = "Anh/chị chọn tệp .xlsx rồi bấm “Xem trước”."
TOO_LARGE = "Tệp lớn quá: tối đa 2 MB và 500 dòng. Anh/chị chia thành nhiều tệp."
BROKEN = "Tệp không đọc được: cần tệp .xlsx có các cột “Mã phản ánh”, “Hệ thống khác”, “Số ở hệ thống khác”."
GONE = "Bản xem trước đã cũ hoặc không phải của anh/chị. Anh/chị tải tệp lên lại."
NO_DAY = "Anh/chị chọn một ngày."


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    return _page(request)


@desk_page("GET")
def export(request: DeskRequest) -> HttpResponse:
    """The reports of `?day=2026-11-22` that the official may see."""
    day = _day(request.GET.get("day", ""))
    if day is None:
        return _page(request, status=400, day_problem=NO_DAY)
    reports = visibility.reports_for(request.user)
    return workbook(
        f"phan-anh-{day:%Y-%m-%d}", lambda file: day_sheet.write_day(file, day, reports, by=request.user)
    )


@desk_page("POST")
def preview(request: DeskRequest) -> HttpResponse:
    """What a file would do, row by row; nothing is changed."""
    file = request.FILES.get("file")
    if file is None:
        return _page(request, status=422, problem=NO_FILE)
    if (file.size or 0) > LARGEST:
        return _page(request, status=422, problem=TOO_LARGE)
    try:
        rows = day_sheet_reading.read_rows(BytesIO(file.read()))
    except BrokenSheet:
        return _page(request, status=422, problem=BROKEN)
    signed = _signed(rows, request)
    if len(rows) > MOST_ROWS or len(signed) > _LARGEST_SIGNED:
        return _page(request, status=422, problem=TOO_LARGE)
    lines = day_sheet_reading.dry_run(rows, visibility.reports_for(request.user), now=timezone.now())
    return _told(request, lines, rows=signed)


@desk_page("POST")
def take_in(request: DeskRequest) -> HttpResponse:
    """Do what was shown, as far as it still holds."""
    rows = _unsigned(request.POST.get("rows", ""), request)
    if rows is None:
        return _page(request, status=422, problem=GONE)
    visible = visibility.reports_for(request.user)
    lines = day_sheet_reading.take_in(rows, visible, by=request.user, now=timezone.now())
    return _told(request, lines, rows="")


def _page(request: DeskRequest, *, status: int = 200, **more: str) -> HttpResponse:
    context = {"room": "reports", "today": timezone.localdate(), "most": MOST_ROWS, **more}
    return render(request, "desk/report_sheets.html", context, status=status)


def _told(request: DeskRequest, lines: tuple[Line, ...], *, rows: str) -> HttpResponse:
    """rows: what is to be confirmed, "" after it was done."""
    counts = day_sheet_reading.counted(lines)
    context: dict[str, Any] = {
        "room": "reports",
        "rows": rows,
        "tallies": [(OUTCOMES[outcome], number) for outcome, number in counts.items() if number],
        "lines": [(line, OUTCOMES[line.outcome]) for line in lines],
        "to_do": counts[Outcome.NEW] + counts[Outcome.ENTERED],
    }
    return render(request, "desk/report_sheet_lines.html", context)


def _signed(rows: tuple[SheetRow, ...], request: DeskRequest) -> str:
    filled = [(row.number, {name: cell for name, cell in row.cells.items() if cell}) for row in rows]
    plain = {"by": request.user.pk, "rows": filled}
    return signing.dumps(plain, salt=_SALT, compress=True)


def _unsigned(signed: str, request: DeskRequest) -> tuple[SheetRow, ...] | None:
    """None for what is older than an hour, was changed on the way, or was shown to somebody else."""
    try:
        plain = signing.loads(signed, salt=_SALT, max_age=PREVIEW_HOLDS)
    except signing.BadSignature:
        return None
    if plain["by"] != request.user.pk:
        return None
    return tuple(SheetRow(number=number, cells=cells) for number, cells in plain["rows"])


def _day(given: str) -> date | None:
    try:
        return parse_date(given)
    except ValueError:
        return None
