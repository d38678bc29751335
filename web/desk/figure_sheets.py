"""The figures as a spreadsheet: a sheet of the whole with definitions, one for each way to divide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from casework.indicators import FIGURES, RATES
from casework.tallies import TIMES
from office.sheets import Cell, Layout
from web.desk.figure_lines import IN_LINES, IN_RATES, Line

Sheet = tuple[Sequence[str], Sequence[Sequence[Cell]], Layout]

TIME_NAMES = {
    "first_response_minutes": "Phản hồi lần đầu (giờ làm việc, trung bình)",
    "handling_minutes": "Xử lý (giờ làm việc, trung bình)",
}


def sheets_of(total: Line, parts: Mapping[str, Sequence[Line]], now: datetime) -> Iterator[Sheet]:
    """parts: the lines of each further sheet, by its title."""
    yield ("Số liệu", "Giá trị", "Cách tính"), list(_whole(total, now)), Layout(title="Tổng hợp")
    for title, lines in parts.items():
        header = ("", *(figure.name for figure in IN_LINES), *_rate_names(), *TIME_NAMES.values())
        yield header, [_row(line) for line in lines], Layout(title=title, frozen="B2")


def _whole(total: Line, now: datetime) -> Iterator[Sequence[Cell]]:
    period, unit = total.choice.period, total.choice.unit
    yield "Phản ánh gửi từ ngày", f"{period.first:%d/%m/%Y}", "Giờ Hà Nội"
    yield "đến hết ngày", f"{period.last:%d/%m/%Y}", ""
    yield "Đơn vị đang phụ trách", unit.name if unit else "Mọi đơn vị được xem", ""
    yield (
        "Tính lúc",
        f"{timezone.localtime(now):%H:%M %d/%m/%Y}",
        "Số liệu thay đổi khi phản ánh được xử lý tiếp",
    )
    for rate in RATES:
        yield (
            f"{rate.name} (%)",
            _percent(total.tally.share(rate)),
            " ".join((rate.means, rate.source)).strip(),
        )
    for column, name in TIME_NAMES.items():
        yield name, _hours(total.tally.mean_minutes(column)), TIMES[column].means
    for figure in FIGURES:
        yield figure.name, total.tally.counts.get(figure.key, 0), figure.means


def _rate_names() -> list[str]:
    return [f"{rate.name} (%)" for rate in IN_RATES]


def _row(line: Line) -> Sequence[Cell]:
    counts = (line.tally.counts.get(figure.key, 0) for figure in IN_LINES)
    rates = (_percent(line.tally.share(rate)) for rate in IN_RATES)
    times = (_hours(line.tally.mean_minutes(column)) for column in TIME_NAMES)
    return (line.name, *counts, *rates, *times)


def _percent(share: float | None) -> Cell:
    return "" if share is None else round(100 * share, 1)


def _hours(minutes: float | None) -> Cell:
    return "" if minutes is None else round(minutes / 60, 1)
