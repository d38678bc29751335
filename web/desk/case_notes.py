"""Private notes on the page of a case, and the colleagues that may be named in them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework import case_notes, mentions
from casework.errors import NoteProblem
from web.desk.cases import case_of, shown_again
from web.desk.doors import DeskRequest, desk_page
from web.desk.kept_words import case_act


@case_act
def add(request: DeskRequest, number: str) -> HttpResponse:
    case, text = case_of(request, number), request.POST.get("private_note", "")
    try:
        case_notes.add_note(case, request.user, text)
    except NoteProblem as problem:
        return shown_again(request, number, note=text, note_problem=str(problem), status=422)
    return redirect(f"{reverse('desk:case', args=[number])}#transcript-title")


@desk_page("GET")
def colleagues(request: DeskRequest, number: str) -> HttpResponse:
    """Who may be named in a note on this case, by the beginning of a name."""
    case = case_of(request, number)
    found = mentions.colleagues(case, request.GET.get("begun", "")[:40], but=request.user)
    return render(request, "desk/_colleagues.html", {"colleagues": found})
