"""The first page of the desk: cases and reports in one list, by queue, who needs it first on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from bot.channels.switches import CHANNELS
from casework import labels, looks, queues, topics
from casework.categories import CATEGORY_NAMES
from casework.models import Case, Report
from casework.queues import A_PAGE, FACES, QUEUES, Desk, Narrowing, Queue
from casework.terms import due_of
from office.models import Unit
from web.desk.counts import counts_for
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

FILTERS = ("face", "unit", "topic", "channel", "label")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One piece of work: a case or a report. due: when its term ends; is_warned: its end is near, or past.

    unread: messages of the citizen that the person has not seen yet. labels: their names.
    """

    case: Case | None
    report: Report | None
    due: datetime | None
    is_late: bool
    is_warned: bool
    unread: int
    labels: Sequence[str]


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    context = _context(request)
    if is_refresh(request):
        return refreshed(request, "desk/_queue.html", {**context, "swap": True})
    return render(request, "desk/queue.html", {**context, **_offered(request)})


def _context(request: DeskRequest) -> dict[str, Any]:
    desk = Desk(staff=request.user, now=timezone.now())
    narrowing = Narrowing(**{name: request.GET.get(name, "") for name in FILTERS})
    numbers = queues.count_all(desk, narrowing)
    queue = _chosen(request.GET, numbers)
    number = _page_number(request.GET, numbers[queue.key])
    narrowed = {name: value for name in FILTERS if (value := getattr(narrowing, name))}
    return {
        "room": "queue",
        "counts": counts_for(request.user, unassigned=None if narrowed else numbers[queues.UNASSIGNED.key]),
        "queue": queue,
        "tabs": [(one, numbers[one.key]) for one in QUEUES.values()],
        "rows": _rows(queue, desk, narrowing, page=number),
        "number": numbers[queue.key],
        "asked": narrowing,
        "narrowed": urlencode(narrowed),
        "page_number": number,
        "pages": max(1, -(-numbers[queue.key] // A_PAGE)),
        "has_next": number * A_PAGE < numbers[queue.key],
    }


def _chosen(asked: QueryDict, numbers: dict[str, int]) -> Queue:
    """The one asked for; else what I have, and when that is nothing, what nobody has."""
    usual = queues.MINE if numbers["mine"] else queues.UNASSIGNED
    return QUEUES.get(asked.get("queue", ""), usual)


def _page_number(asked: QueryDict, rows: int) -> int:
    """The page asked for, or the last one there is."""
    typed = asked.get("page", "")
    wanted = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    return min(max(1, wanted), max(1, -(-rows // A_PAGE)))


def _rows(queue: Queue, desk: Desk, narrowing: Narrowing, *, page: int) -> list[Row]:
    found = queues.places(queue, desk, narrowing, first=(page - 1) * A_PAGE)
    work = queues.rows_at(found)
    cases = [one for one in work if isinstance(one, Case)]
    unread, labels = looks.unread(cases, desk.staff), queues.labels_of(cases)
    return [_row(one, desk, unread=unread, labels=labels) for one in work]


def _row(
    work: Case | Report, desk: Desk, *, unread: Mapping[int, int], labels: Mapping[int, Sequence[str]]
) -> Row:
    case, report = (work, None) if isinstance(work, Case) else (None, work)
    due = work.due_at if isinstance(work, Case) else due_of(work)
    return Row(
        case=case,
        report=report,
        due=due,
        is_late=due is not None and due < desk.now,
        is_warned=work.warn_at is not None and work.warn_at <= desk.now,
        unread=unread.get(case.pk, 0) if case else 0,
        labels=labels.get(case.pk, ()) if case else (),
    )


def _offered(request: DeskRequest) -> dict[str, Any]:
    """What the list can be narrowed by."""
    units, asked_about = queues.units_and_topics(request.user)
    others = asked_about - CATEGORY_NAMES.keys()
    return {
        "faces": FACES.items(),
        "units": Unit.objects.filter(pk__in=units),
        "topics": [*CATEGORY_NAMES.items(), *((topic, topics.name_of(topic)) for topic in sorted(others))],
        "channels": CHANNELS.items(),
        "labels": labels.offered(),
    }
