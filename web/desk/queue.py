"""The first page of the desk: who waits, what I have, what else is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from casework import visibility
from casework.models import Case
from web.desk.counts import counts_for, new_reports, waiting_cases
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

REPORTS_SHOWN = 5


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    context = _context(request)
    if is_refresh(request):
        return refreshed(request, "desk/_queue.html", {**context, "swap": True})
    return render(request, "desk/queue.html", context)


def _context(request: DeskRequest) -> dict[str, Any]:
    staff = request.user
    claimed = visibility.cases_for(staff).filter(state__in=Case.HELD).order_by("id")
    reports = new_reports(staff)
    return {
        "room": "queue",
        "counts": counts_for(staff),
        "waiting": list(waiting_cases(staff)),
        "mine": [case for case in claimed if case.claimed_by_id == staff.pk],
        "others": [case for case in claimed if case.claimed_by_id != staff.pk],
        "reports": list(reports[:REPORTS_SHOWN]),
    }
