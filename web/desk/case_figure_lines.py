"""Figures of cases as pages show them: a line a week, a month, a unit or a topic, numbers with addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from casework import topics
from casework.case_figures import FIGURES, FIRST_REPLY, HANDLING, CaseFigure, CaseTally, case_tallies, total
from office.models import Staff, Unit
from web.desk.figure_choices import UNKNOWN_TOPIC, Choice, spans_of

#: The times of a line, in this order: of which column, and within how much of it was which share.
TIMES = (
    ("Trả lời lần đầu, trung vị", FIRST_REPLY, 0.5),
    ("Trả lời lần đầu, 90%", FIRST_REPLY, 0.9),
    ("Đến khi đóng, trung vị", HANDLING, 0.5),
    ("Đến khi đóng, 90%", HANDLING, 0.9),
)


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A week, a month, a unit or a topic with its figures. choice: of the cases it is of."""

    name: str
    tally: CaseTally
    choice: Choice

    @property
    def numbers(self) -> list[tuple[CaseFigure, int, str]]:
        """Each figure with its number and the page of the cases behind it."""
        query = self.choice.address()
        return [
            (one, self.tally.counts[one.key], f"{reverse('desk:case-figure', args=[one.key])}{query}")
            for one in FIGURES
        ]

    @property
    def times(self) -> list[tuple[str, int | None]]:
        return [(name, self.tally.minutes(column, share)) for name, column, share in TIMES]

    @property
    def spread(self) -> list[tuple[str, int | None, int | None]]:
        """Of each time its median and what nine of ten stay within."""
        named = {"Trả lời lần đầu, trung vị": FIRST_REPLY, "Từ lúc mở đến khi đóng, trung vị": HANDLING}
        minutes = self.tally.minutes
        return [(name, minutes(column, 0.5), minutes(column, 0.9)) for name, column in named.items()]


def over_time(staff: Staff, choice: Choice, span: str) -> list[CaseLine]:
    """A line for each week or month of the period, also where no case was opened."""
    counted = case_tallies(choice.cases_of(staff), by=span)
    return [
        CaseLine(
            name=f"{first:{'%d/%m' if span == 'week' else '%m/%Y'}}",
            tally=counted.get(first, CaseTally()),
            choice=choice.of_span(first, span),
        )
        for first in spans_of(choice.period, span)
    ]


def lines_by(staff: Staff, choice: Choice, by: str) -> list[CaseLine]:
    """A line for each "unit" or "topic" that has any case, the one with most first."""
    counted = case_tallies(choice.cases_of(staff), by=by)
    if by == "topic":
        named = {
            key: (topics.name_of(key) or "Chưa rõ", replace(choice, category=key or UNKNOWN_TOPIC))
            for key in counted
        }
    else:
        units = Unit.objects.in_bulk(list(counted))
        named = {key: (unit.name, replace(choice, unit=unit)) for key, unit in units.items()}
    lines = [
        CaseLine(name=named[key][0], tally=tally, choice=named[key][1]) for key, tally in counted.items()
    ]
    return sorted(lines, key=lambda line: -line.tally.counts["opened"])


def whole(lines: Sequence[CaseLine], choice: Choice) -> CaseLine:
    """All of them in one."""
    return CaseLine(name="Cả kỳ", tally=total(line.tally for line in lines), choice=choice)
