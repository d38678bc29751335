"""Figures as pages show them: a line a week, a month, a unit or a category, each number with its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from django.urls import reverse

from casework import indicators, tallies
from casework.categories import CATEGORY_NAMES
from casework.indicators import RATES, Figure, Rate
from casework.tallies import Tally
from office.models import Staff, Unit
from web.desk.figure_choices import Choice, spans_of

#: What a line of a table shows, in this order.
IN_LINES = (
    indicators.RECEIVED,
    indicators.ON_TIME,
    indicators.LATE,
    indicators.OVERDUE,
    indicators.NOT_YET_DUE,
    indicators.REFUSED,
)
#: QĐ 766's two, and ours.
IN_RATES = RATES[:3]
COUNTED_IN_LINES = (
    *IN_LINES,
    *(indicators.IN_COMPETENCE, indicators.CONTENT, indicators.DUE, indicators.DISSATISFIED),
    *(indicators.RESPONDED, indicators.HANDLED),
)


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A number and the page of the reports behind it."""

    figure: Figure
    number: int
    address: str


@dataclass(frozen=True, kw_only=True)
class LinkedRate:
    rate: Rate
    share: float | None
    part: Linked
    whole: Linked


@dataclass(frozen=True, kw_only=True)
class Line:
    """A week, a month, a unit or a category with its figures. choice: of the reports it is of."""

    name: str
    tally: Tally
    choice: Choice

    @property
    def figures(self) -> list[Linked]:
        query = self.choice.address()
        return [_linked(figure, self.tally, query) for figure in IN_LINES]

    @property
    def shares(self) -> list[float | None]:
        return [self.tally.share(rate) for rate in IN_RATES]

    @property
    def first_response(self) -> float | None:
        return self.tally.mean_minutes("first_response_minutes")

    @property
    def handling(self) -> float | None:
        return self.tally.mean_minutes("handling_minutes")


def over_time(staff: Staff, choice: Choice, span: str, now: datetime) -> list[Line]:
    """A line for each week or month of the period, also where there was no report."""
    counted = tallies.tallies(choice.reports_of(staff), now, by=span)
    return [
        Line(name=_named(first, span), tally=counted.get(first, Tally()), choice=choice.of_span(first, span))
        for first in spans_of(choice.period, span)
    ]


def lines_by(staff: Staff, choice: Choice, by: str, now: datetime) -> list[Line]:
    """A line for each "unit" or "category" that has any report, the one with most first."""
    counted = tallies.tallies(choice.reports_of(staff), now, by=by, figures=COUNTED_IN_LINES)
    if by == "category":
        named = {key: (CATEGORY_NAMES.get(key, key), replace(choice, category=key)) for key in counted}
    else:
        units = Unit.objects.in_bulk(counted)
        named = {key: (unit.name, replace(choice, unit=unit)) for key, unit in units.items()}
    lines = [Line(name=named[key][0], tally=tally, choice=named[key][1]) for key, tally in counted.items()]
    return sorted(lines, key=lambda line: -line.tally.counts["received"])


def whole(lines: list[Line], choice: Choice) -> Line:
    """All of them in one."""
    return Line(name="Cả kỳ", tally=tallies.total(line.tally for line in lines), choice=choice)


def linked(figure: Figure, tally: Tally, choice: Choice) -> Linked:
    return _linked(figure, tally, choice.address())


def _linked(figure: Figure, tally: Tally, query: str) -> Linked:
    number = tally.counts.get(figure.key, 0)
    return Linked(figure=figure, number=number, address=f"{_page_of(figure.key)}{query}")


@cache
def _page_of(figure: str) -> str:
    return reverse("desk:figure-reports", args=[figure])


def linked_rate(rate: Rate, tally: Tally, choice: Choice) -> LinkedRate:
    return LinkedRate(
        rate=rate,
        share=tally.share(rate),
        part=linked(rate.part, tally, choice),
        whole=linked(rate.whole, tally, choice),
    )


def _named(first: date, span: str) -> str:
    return f"{first:%d/%m}" if span == "week" else f"{first:%m/%Y}"
