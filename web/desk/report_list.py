"""The list of reports on the desk: by state, level, category, ward, unit, term and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from casework import visibility
from casework.categories import CATEGORY_NAMES
from casework.models import URGENT_FIRST, Report
from casework.overdue import due_soon, escalated, overdue
from casework.report_life import ANSWER_OWED, DONE, OPEN
from nlu.text import clean, fold
from office.models import Unit
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

A_PAGE = 50

State = Report.State

LISTS: dict[str, tuple[str, tuple[State, ...]]] = {
    "new": ("Mới gửi", (State.NEW,)),
    "open": ("Đang xử lý", ANSWER_OWED),
    "done": ("Đã xong", DONE),
}
#: What narrows a list: as the address names it, and where it looks.
_EXACT = {
    "state": "state",
    "level": "level",
    "category": "category",
    "ward": "ward__code",
    "unit": "unit__code",
}
#: How far the term is: as the address names it, how a person reads it, and which reports.
_BY_TERM: dict[str, tuple[str, Callable[[datetime], Q]]] = {
    "soon": ("Sắp quá hạn", due_soon),
    "overdue": ("Quá hạn", overdue),
    "escalated": ("Quá hạn, đã báo cấp trên", escalated),
}
FILTERS = (*_EXACT, "term", "words")


@desk_page("GET")
def show_all(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("list", "new")
    chosen = chosen if chosen in LISTS else "new"
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    context = {
        "room": "reports",
        "chosen": chosen,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        **_found(request, chosen),
    }
    if is_refresh(request):
        return refreshed(request, "desk/_reports.html", {**context, "swap": True})
    return render(request, "desk/reports.html", {**context, **_offered(chosen)})


def _found(request: DeskRequest, chosen: str) -> dict[str, Any]:
    """The tabs with their numbers, and one page of the chosen list.

    Whether there is a next page is all that is asked of what lies behind: counting what words find would read
    every report.
    """
    visible = visibility.reports_for(request.user)
    found = _narrowed(_in_list(visible, chosen), request.GET)
    number = _page_number(request.GET)
    # The keys first: rows and what they refer to are read for one page only.
    keys = list(_ordered(found, chosen).values_list("pk", flat=True)[(number - 1) * A_PAGE :][: A_PAGE + 1])
    rows = visible.in_bulk(keys[:A_PAGE])
    return {
        "tabs": _tabs(visible),
        "by_term": _by_term(_in_list(visible, chosen)) if chosen != "done" else [],
        "reports": [rows[key] for key in keys[:A_PAGE]],
        "page_number": number,
        "has_next": len(keys) > A_PAGE,
        "query": _without_page(request.GET),
    }


def _in_list(visible: QuerySet[Report], chosen: str) -> QuerySet[Report]:
    """Most reports are done: said as "not open", the newest are found without sorting them all."""
    return visible.exclude(state__in=OPEN) if chosen == "done" else visible.filter(state__in=LISTS[chosen][1])


def _tabs(visible: QuerySet[Report]) -> list[dict[str, Any]]:
    rows = visible.order_by().values_list("state").annotate(number=Count("pk"))
    numbers = dict(rows)
    return [
        {"key": key, "name": name, "number": sum(numbers.get(state, 0) for state in states)}
        for key, (name, states) in LISTS.items()
    ]


def _by_term(reports: QuerySet[Report]) -> list[dict[str, Any]]:
    """How many of the list are near the end of their term, or past it."""
    now = timezone.now()
    counted = {key: Count("pk", filter=which(now)) for key, (_, which) in _BY_TERM.items()}
    numbers = reports.order_by().aggregate(**counted)
    return [{"key": key, "name": name, "number": numbers[key]} for key, (name, _) in _BY_TERM.items()]


def _narrowed(reports: QuerySet[Report], asked: QueryDict) -> QuerySet[Report]:
    exact = {field: asked[name] for name, field in _EXACT.items() if asked.get(name)}
    reports = reports.filter(**exact)
    if by_term := _BY_TERM.get(asked.get("term", "")):
        reports = reports.filter(by_term[1](timezone.now()))
    words = clean(asked.get("words", ""))
    return reports.filter(_says(words)) if words else reports


def _says(words: str) -> Q:
    """Every word in the text or place, marks or not; or the code."""
    said = Q()
    for word in fold(words).split():
        said &= Q(folded__contains=word)
    return said | Q(code=words.upper())


def _ordered(reports: QuerySet[Report], chosen: str) -> QuerySet[Report]:
    """What is done, newest first; else who is in danger first, then whose term ends first."""
    if chosen == "done":
        return reports.order_by("-id")
    term = "intake_due" if chosen == "new" else "due_at"
    return reports.order_by(URGENT_FIRST, F(term).asc(nulls_last=True), "id")


def _page_number(asked: QueryDict) -> int:
    typed = asked.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def _without_page(asked: QueryDict) -> str:
    """The address of this list, for the links to its other pages."""
    kept = asked.copy()
    for name in ("page", "seen"):
        kept.pop(name, None)
    return kept.urlencode()


def _offered(chosen: str) -> dict[str, Any]:
    units = Unit.objects.all()
    wards = (Unit.Kind.WARD, Unit.Kind.COMMUNE)
    return {
        "states": [(state.value, state.label) for state in LISTS[chosen][1]],
        "levels": Report.Level.choices,
        "categories": CATEGORY_NAMES.items(),
        "units": units,
        "wards": [unit for unit in units if unit.kind in wards],
    }
