"""What the pages of figures have in common, whether of reports or of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from casework.tallies import SPANS
from web.desk.doors import DeskRequest
from web.desk.figure_choices import Choice, periods

SPAN_NAMES = {"week": "Theo tuần", "month": "Theo tháng"}
A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class View:
    """How the choice is looked at: in weeks or months, and by what (`names` has it in Vietnamese)."""

    choice: Choice
    span: str
    by: str
    names: Mapping[str, str]

    def context(self, now: datetime) -> dict[str, Any]:
        """What stands around the figures: the other views, spans and periods, each with its address."""
        choice, span, by = self.choice, self.span, self.by
        today = timezone.localdate(now)
        spans = ((name, choice.address(span=key, by=by), key == span) for key, name in SPAN_NAMES.items())
        tabs = (
            (f"Theo {name.lower()}", choice.address(span=span, by=key), key == by)
            for key, name in self.names.items()
        )
        return {
            "room": "figures",
            "choice": choice,
            "by_name": self.names[by],
            "spans": list(spans),
            "tabs": list(tabs),
            "sheet": choice.address(span=span),
            "periods": [(name, replace(choice, period=one).address()) for name, one in periods(today)],
            "now": now,
        }


def view_of(request: DeskRequest, choice: Choice, names: Mapping[str, str]) -> View:
    """As `?span=` and `?by=` ask for it, else as usual for so long a period, by unit."""
    span = _one_of(request, "span", SPANS, usual=choice.usual_span)
    by = _one_of(request, "by", tuple(names), usual="unit")
    return View(choice=choice, span=span, by=by, names=names)


def _one_of(request: DeskRequest, name: str, values: tuple[str, ...], *, usual: str) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in values else usual


def rows_behind(request: DeskRequest, choice: Choice, counted: QuerySet[Any]) -> tuple[list[Any], str]:
    """A page of what is behind a number, newest first, below `?before=`; where the next one is, or ""."""
    before = request.GET.get("before", "")
    found = counted.filter(pk__lt=int(before)) if before.isdecimal() else counted
    page: list[Model] = list(found.order_by("-pk")[: A_PAGE + 1])
    further = choice.address(before=str(page[A_PAGE - 1].pk)) if len(page) > A_PAGE else ""
    return page[:A_PAGE], further
