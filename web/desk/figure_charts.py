"""The charts of the figures page: what became of what was filed, how much of it in time, how long it took."""

from __future__ import annotations

from collections.abc import Sequence

from casework.indicators import LATE, NOT_YET_DUE, ON_TIME, ON_TIME_RATE, OVERDUE, REFUSED, WITHOUT_TERM
from web.desk.charts import Caption, Chart, Column, Part, columns
from web.desk.figure_lines import Line

#: Green, hatched, red: told apart by pattern and place, too, never by colour alone.
BECAME = {
    ON_TIME: "on-time",
    WITHOUT_TERM: "plain",
    LATE: "late",
    OVERDUE: "overdue",
    NOT_YET_DUE: "waiting",
    REFUSED: "refused",
}

EMPTY = "Cột trống là không có phản ánh nào để tính; số liệu ở bảng bên dưới."


def charts_of(lines: Sequence[Line], span: str) -> list[Chart]:
    """Four charts over the same weeks or months."""
    each = "tuần" if span == "week" else "tháng"
    labels = [f"{line.choice.period.first:{'%d/%m' if span == 'week' else '%m/%y'}}" for line in lines]
    rates = [_percent(line.tally.share(ON_TIME_RATE)) for line in lines]
    responses, handlings = (
        [_hours(line.tally.mean_minutes(column)) for line in lines]
        for column in ("first_response_minutes", "handling_minutes")
    )
    return [
        _became(lines, labels, each),
        _means("rate", f"Đúng hạn trong số đã đến hạn, % mỗi {each}", labels, rates, top=100),
        _means("response", f"Phản hồi lần đầu, giờ làm việc trung bình mỗi {each}", labels, responses),
        _means("handling", f"Xử lý, giờ làm việc trung bình mỗi {each}", labels, handlings),
    ]


def _became(lines: Sequence[Line], labels: Sequence[str], each: str) -> Chart:
    shown = [figure for figure in BECAME if any(line.tally.counts.get(figure.key) for line in lines)]
    counted = [[line.tally.counts.get(figure.key, 0) for figure in shown] for line in lines]
    return columns(
        Caption(
            key="became",
            title=f"Phản ánh gửi mỗi {each}, nay thế nào",
            tells=f"Mỗi cột là số phản ánh gửi trong một {each}; số liệu ở bảng bên dưới.",
        ),
        parts=[Part(key=BECAME[figure], name=figure.name) for figure in shown],
        of=[
            Column(label=label, values=values, says=str(sum(values)))
            for label, values in zip(labels, counted, strict=True)
        ],
    )


def _means(
    key: str, title: str, labels: Sequence[str], values: Sequence[float | None], *, top: float | None = None
) -> Chart:
    return columns(
        Caption(key=key, title=title, tells=EMPTY),
        parts=[Part(key="plain", name=title)],
        of=[
            Column(label=label, values=[value], says="" if value is None else f"{value:g}".replace(".", ","))
            for label, value in zip(labels, values, strict=True)
        ],
        top=top,
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share)


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 1)
