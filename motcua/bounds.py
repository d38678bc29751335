"""Bounds on the figures of an evaluation, so that it can stop a release: `--at-least citizen.r1=.90`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_COUNTED = ("decisions", "must_refuse")


class BoundProblem(ValueError):
    """A bound does not read as FIGURE=NUMBER, or no such figure is in the report; the text says which."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """figure: a path in the report with dots; one that begins with a kind of questions means their ranking.

    Counts of decisions are taken as shares of their n.
    """

    figure: str
    number: float
    at_least: bool

    @classmethod
    def parse(cls, text: str, *, at_least: bool) -> Bound:
        """Read "citizen.r1=.90". Raises BoundProblem."""
        figure, _, number = text.partition("=")
        try:
            return cls(figure=figure.strip(), number=float(number), at_least=at_least)
        except ValueError as problem:
            raise BoundProblem(f"{text!r} is no bound: write FIGURE=NUMBER, as citizen.r1=.90.") from problem

    def missed(self, report: Mapping[str, Any]) -> str:
        """The line that tells by how much the report misses the bound; "" when it keeps it.

        Raises BoundProblem when the report has no such figure.
        """
        found = _figure(report, self.figure.split("."))
        keeps: Callable[[float, float], bool] = operator.ge if self.at_least else operator.le
        if keeps(found, self.number):
            return ""
        wanted = "at least" if self.at_least else "at most"
        return f"{self.figure} is {found:.4g}, {wanted} {self.number:.4g} is asked for"


def _figure(report: Mapping[str, Any], path: list[str]) -> float:
    steps = path if path[0] in report else ["questions", *path]
    place: Any = report
    group: Any = {}
    for step in steps:
        if not isinstance(place, Mapping) or step not in place:
            raise BoundProblem(f"The report has no figure {'.'.join(path)}: there is {_names(place)}.")
        group, place = place, place[step]
    if isinstance(place, bool) or not isinstance(place, int | float):
        raise BoundProblem(f"{'.'.join(path)} is no single figure: below it there is {_names(place)}.")
    if steps[0] in _COUNTED and steps[-1] != "n":
        return float(place) / max(float(group["n"]), 1)
    return float(place)


def _names(place: Any) -> str:
    return ", ".join(place) if isinstance(place, Mapping) else "nothing"
