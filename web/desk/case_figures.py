"""The figures of cases: how soon citizens were answered by a person; each number opens its cases."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import topics
from casework.case_figures import FIGURE_OF, FIGURES
from casework.tallies import SPANS
from office.sheets import write_book
from web.desk.case_figure_lines import lines_by, over_time, whole
from web.desk.case_figure_sheets import sheets_of_cases
from web.desk.doors import DeskRequest, overseers_page
from web.desk.figure_choices import CaseChoiceForm, periods
from web.desk.figures import SPAN_NAMES, XLSX, one_of

A_PAGE = 50
BY = {"unit": "Đơn vị", "topic": "Chủ đề"}


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """As the figures of reports; `?by=` unit or topic."""
    form, now = CaseChoiceForm(request.GET, staff=request.user), timezone.now()
    choice = form.choice
    span = one_of(request, "span", SPANS, usual=choice.usual_span)
    by = one_of(request, "by", tuple(BY), usual="unit")
    lines = over_time(request.user, choice, span)
    context = {
        "room": "figures",
        "form": form,
        "choice": choice,
        "total": whole(lines, choice),
        "lines": lines,
        "parts": lines_by(request.user, choice, by),
        "by_name": BY[by],
        "spans": [(name, choice.address(span=key, by=by), key == span) for key, name in SPAN_NAMES.items()],
        "tabs": [
            (f"Theo {name.lower()}", choice.address(span=span, by=key), key == by) for key, name in BY.items()
        ],
        "sheet": choice.address(span=span),
        "periods": [
            (name, replace(choice, period=one).address()) for name, one in periods(timezone.localdate(now))
        ],
        "definitions": FIGURES,
        "now": now,
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
    before = request.GET.get("before", "")
    found = counted.filter(pk__lt=int(before)) if before.isdecimal() else counted
    page = list(found.order_by("-pk")[: A_PAGE + 1])
    context = {
        "room": "figures",
        "figure": wanted,
        "choice": choice,
        "topic": topics.name_of(choice.category),
        "number": counted.count(),
        "cases": page[:A_PAGE],
        "further": choice.address(before=str(page[A_PAGE - 1].pk)) if len(page) > A_PAGE else "",
    }
    return render(request, "desk/case_figure.html", context)


@overseers_page("GET")
def sheet(request: DeskRequest) -> HttpResponse:
    """The same figures as a spreadsheet: by week or month, unit and topic, with their definitions."""
    choice, now = CaseChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    span = one_of(request, "span", SPANS, usual=choice.usual_span)
    lines = over_time(request.user, choice, span)
    parts = {f"Theo {name.lower()}": lines_by(request.user, choice, key) for key, name in BY.items()}
    file = BytesIO()
    write_book(file, sheets_of_cases(whole(lines, choice), {SPAN_NAMES[span]: lines, **parts}, now))
    name = f"so-lieu-ho-so-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)
