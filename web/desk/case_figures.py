"""The figures of cases: how soon citizens were answered by a person; each number opens its cases."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import topics
from casework.case_figures import FIGURE_OF, FIGURES
from office.sheets import write_book
from web.desk.case_figure_lines import lines_by, over_time, whole
from web.desk.case_figure_sheets import sheets_of_cases
from web.desk.doors import DeskRequest, overseers_page
from web.desk.figure_choices import CaseChoiceForm
from web.desk.figure_pages import SPAN_NAMES, rows_behind, view_of
from web.desk.workbooks import workbook

BY = {"unit": "Đơn vị", "topic": "Chủ đề"}


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """As the figures of reports; `?by=` unit or topic."""
    form, now = CaseChoiceForm(request.GET, staff=request.user), timezone.now()
    choice = form.choice
    view = view_of(request, choice, BY)
    lines = over_time(request.user, choice, view.span)
    context = {
        **view.context(now),
        "form": form,
        "total": whole(lines, choice),
        "lines": lines,
        "parts": lines_by(request.user, choice, view.by),
        "definitions": FIGURES,
    }
    return render(request, "desk/case_figures.html", context, status=422 if form.errors else 200)


@overseers_page("GET")
def cases(request: DeskRequest, figure: str) -> HttpResponse:
    """The cases behind one number, newest first; `?before=` the id that a further page begins below."""
    wanted = FIGURE_OF.get(figure)
    if wanted is None:
        raise Http404
    choice = CaseChoiceForm(request.GET, staff=request.user).choice
    counted = choice.cases_of(request.user).filter(wanted.which)
    rows, further = rows_behind(request, choice, counted)
    context = {
        "room": "figures",
        "figure": wanted,
        "choice": choice,
        "topic": topics.name_of(choice.category),
        "number": counted.count(),
        "cases": rows,
        "further": further,
    }
    return render(request, "desk/case_figure.html", context)


@overseers_page("GET")
def sheet(request: DeskRequest) -> HttpResponse:
    """The same figures as a spreadsheet: by week or month, unit and topic, with their definitions."""
    choice, now = CaseChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    span = view_of(request, choice, BY).span
    lines = over_time(request.user, choice, span)
    parts = {f"Theo {name.lower()}": lines_by(request.user, choice, key) for key, name in BY.items()}
    sheets = sheets_of_cases(whole(lines, choice), {SPAN_NAMES[span]: lines, **parts}, now)
    name = f"so-lieu-ho-so-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}"
    return workbook(name, lambda file: write_book(file, sheets))
