"""The register on the desk: who did what and when, searched, and taken out as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from casework import visibility
from nlu.text import fold
from office.audit import note
from office.models import AuditEntry, Staff
from office.sheets import write_csv, write_sheet
from office.word_index import Words
from office.word_indexes import REGISTER
from web.desk import audit_lines
from web.desk.act_names import ACT_NAMES
from web.desk.asked import first_moment, last_moment, page_number, without
from web.desk.doors import DeskRequest, overseers_page
from web.desk.workbooks import workbook

A_PAGE = 50
#: Lines of one file, the newest first: more are taken out by days.
MOST_LINES = 10_000
FILTERS = ("words", "actor", "action", "since", "until")
NOBODY = "-"  # in place of an actor: citizens and the machine


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    number = page_number(request.GET)
    first = (number - 1) * A_PAGE
    found = list(_found(request.user, request.GET)[first : first + A_PAGE + 1])
    context = {
        "room": "audit",
        "lines": audit_lines.lines(found[:A_PAGE]),
        "page_number": number,
        "has_next": len(found) > A_PAGE,
        "query": without(request.GET, "page"),
        "most": f"{MOST_LINES:,}".replace(",", "."),
        **_asked(request),
    }
    return render(request, "desk/audit.html", context)


def _asked(request: DeskRequest) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    return {
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "actors": visibility.overseen_by(request.user).order_by("last_name", "first_name", "id"),
        "actions": sorted(ACT_NAMES.items(), key=lambda named: fold(named[1])),
        "nobody": NOBODY,
    }


@overseers_page("POST")
def export(request: DeskRequest) -> HttpResponse:
    """What the page shows, all pages of it, as XLSX or CSV. The export is a line of the register itself."""
    entries = _found(request.user, request.POST)[:MOST_LINES]
    rows = audit_lines.rows(entries)
    kind = "csv" if request.POST.get("format") == "csv" else "xlsx"
    note(
        "register.exported",
        "register",
        request.user,
        lines=len(rows),
        format=kind,
        narrowed=_narrowed(request.POST),
    )
    return _csv(rows) if kind == "csv" else _xlsx(rows)


def _narrowed(asked: QueryDict) -> str:
    """By what, without the words: they may be a citizen's name."""
    given = ((name, asked.get(name, "")[:40]) for name in FILTERS if name != "words")
    return ", ".join(f"{name} {value}" for name, value in given if value)


def _csv(rows: list[audit_lines.Row]) -> HttpResponse:
    content = write_csv(audit_lines.HEADER, rows)
    headers = {"Content-Disposition": f'attachment; filename="{_name()}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _xlsx(rows: list[audit_lines.Row]) -> HttpResponse:
    return workbook(_name(), lambda file: write_sheet(file, audit_lines.HEADER, rows, audit_lines.LAYOUT))


def _name() -> str:
    return f"so-ghi-{timezone.localdate():%Y-%m-%d}"


def _found(reader: Staff, asked: QueryDict) -> QuerySet[AuditEntry]:
    """Newest first."""
    found = visibility.register_for(reader)
    if action := asked.get("action"):
        found = found.filter(action=action)
    if actor := asked.get("actor"):
        found = found.filter(actor=None) if actor == NOBODY else found.filter(actor__username=actor)
    if since := first_moment(asked, "since"):
        found = found.filter(at__gte=since)
    if until := last_moment(asked, "until"):
        found = found.filter(at__lt=until)
    typed = asked.get("words", "").strip()
    return (found.filter(_says(typed)) if typed else found).order_by("-at", "-id")


def _says(typed: str) -> Q:
    """The words in subject or detail, or in what the act is called."""
    words = Words.of(typed)
    named = [
        action for action, name in ACT_NAMES.items() if words and all(w in fold(name) for w in words.ways[0])
    ]
    return Q(REGISTER.having(words)) | Q(action__in=named)
