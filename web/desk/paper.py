"""Cases and reports on paper: everything the office has of one, as a page to print.

Opening the page is entered in the register: whoever has the page has the paper.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import visibility
from casework.models import Case, Report, ReportStep
from office import audit
from office.models import AuditEntry
from web.desk import audit_lines
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page
from web.desk.reports import visible
from web.desk.transcript import Line, transcript


@desk_page("GET")
def case_file(request: DeskRequest, number: str) -> HttpResponse:
    """Head, transcript, reports, register; private notes with ?notes=1."""
    case = case_of(request, number)
    with_notes = _with_notes(request)
    audit.note("case.printed", case.number, request.user, notes=int(with_notes))
    context = {
        "room": "queue",
        "case": case,
        "lines": _lines(case, with_notes=with_notes),
        "reports": visibility.reports_for(request.user).filter(conversation=case.conversation).order_by("id"),
        "register": _register(case.number),
        **_printed(request, with_notes=with_notes),
    }
    return render(request, "desk/case_file.html", context)


@desk_page("GET")
def report_file(request: DeskRequest, code: str) -> HttpResponse:
    """Head, text, answer, register; what officials noted for themselves with ?notes=1."""
    report = visible(request, code)
    with_notes = _with_notes(request)
    audit.note("report.printed", report.code, request.user, notes=int(with_notes))
    context = {
        "room": "reports",
        "report": report,
        "photos": report.photos.count(),
        "ratings": report.ratings.order_by("id"),
        "entries": report.entries_elsewhere.order_by("id"),
        "steps": _steps(report, with_notes=with_notes),
        **_printed(request, with_notes=with_notes),
    }
    return render(request, "desk/report_file.html", context)


def _with_notes(request: DeskRequest) -> bool:
    return request.GET.get("notes") == "1"


def _printed(request: DeskRequest, *, with_notes: bool) -> dict[str, Any]:
    return {"with_notes": with_notes, "printed_at": timezone.now(), "printed_by": request.user}


def _lines(case: Case, *, with_notes: bool) -> tuple[Line, ...]:
    """From the first turn on."""
    lines = transcript(case, first=1).lines
    return lines if with_notes else tuple(line for line in lines if line.side != "note")


def _register(subject: str) -> list[audit_lines.Line]:
    entries = AuditEntry.objects.filter(subject=subject).select_related("actor").order_by("id")
    return audit_lines.lines(entries)


def _steps(report: Report, *, with_notes: bool) -> list[ReportStep]:
    steps = report.steps.select_related("actor", "unit").order_by("id")
    return list(steps if with_notes else steps.exclude(act=ReportStep.Act.NOTED))
