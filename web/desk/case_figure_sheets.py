"""The figures of cases as a spreadsheet: a sheet of the whole, one for each way to divide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from casework.case_figures import FIGURES
from office.sheets import Cell, Layout
from web.desk.case_figure_lines import TIMES, CaseLine
from web.desk.figure_sheets import Sheet


def sheets_of_cases(
    all_: CaseLine, parts: Mapping[str, Sequence[CaseLine]], now: datetime
) -> Iterator[Sheet]:
    yield ("Số liệu", "Giá trị", "Cách tính"), list(_summary(all_, now)), Layout(title="Tổng hợp")
    header = ("", *(one.name for one in FIGURES), "Đúng mức (%)", *(f"{name} (giờ)" for name, *_ in TIMES))
    for title, lines in parts.items():
        yield header, [_row(line) for line in lines], Layout(title=title, frozen="B2")


def _summary(all_: CaseLine, now: datetime) -> Iterator[Sequence[Cell]]:
    period, unit = all_.choice.period, all_.choice.unit
    yield "Hồ sơ mở từ ngày", f"{period.first:%d/%m/%Y}", "Giờ Hà Nội"
    yield "đến hết ngày", f"{period.last:%d/%m/%Y}", ""
    yield "Đơn vị", unit.name if unit else "Mọi đơn vị được xem", ""
    yield "Tính lúc", f"{timezone.localtime(now):%H:%M %d/%m/%Y}", ""
    for figure, number, _ in all_.numbers:
        yield figure.name, number, figure.means
    for name, minutes in all_.times:
        yield f"{name} (giờ làm việc)", _hours(minutes), ""


def _row(line: CaseLine) -> Sequence[Cell]:
    share = line.tally.share_in_time
    counts = (number for _, number, _ in line.numbers)
    percent: Cell = "" if share is None else round(100 * share, 1)
    return (line.name, *counts, percent, *(_hours(minutes) for _, minutes in line.times))


def _hours(minutes: int | None) -> Cell:
    return "" if minutes is None else round(minutes / 60, 2)
