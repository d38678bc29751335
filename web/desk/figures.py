"""The figures of the office: QĐ 766's two indicators, terms and times, each opening the reports behind it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import indicators
from casework.indicators import FIGURE_OF, FIGURES, RATES
from casework.tallies import TIMES
from office.sheets import write_book
from web.desk.doors import DeskRequest, overseers_page
from web.desk.figure_charts import charts_of
from web.desk.figure_choices import ChoiceForm
from web.desk.figure_lines import Line, lines_by, linked, linked_rate, over_time, whole
from web.desk.figure_pages import SPAN_NAMES, rows_behind, view_of
from web.desk.figure_sheets import sheets_of
from web.desk.workbooks import workbook

GROUPS = {
    "open_now": (indicators.OPEN, indicators.OVERDUE, indicators.INTAKE_OVERDUE, indicators.NOT_YET_DUE),
    "afterwards": (indicators.RATED, indicators.DISSATISFIED, indicators.REOPENED),
    "outcomes": indicators.OUTCOMES,
    "not_counted": indicators.NOT_COUNTED,
    "timed": tuple(TIMES.values()),
}
BY = {"unit": "Đơn vị", "category": "Loại việc"}


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """`?first=&last=` days, `?unit=`, `?category=`; `?span=` week or month, `?by=` unit or category."""
    form, now = ChoiceForm(request.GET, staff=request.user), timezone.now()
    choice = form.choice
    view = view_of(request, choice, BY)
    by_span = over_time(request.user, choice, view.span, now)
    total = whole(by_span, choice)
    context = {
        **view.context(now),
        "form": form,
        "total": total,
        "qd766": [linked_rate(rate, total.tally, choice) for rate in RATES[:2]],
        "rates": [linked_rate(rate, total.tally, choice) for rate in RATES[2:]],
        **_groups(total),
        "charts": charts_of(by_span, view.span),
        "over_time": by_span,
        "lines": lines_by(request.user, choice, view.by, now),
        "by_caption": f"Số liệu theo {BY[view.by].lower()}",
        "definitions": FIGURES,
    }
    return render(request, "desk/figures.html", context, status=422 if form.errors else 200)


@overseers_page("GET")
def reports(request: DeskRequest, figure: str) -> HttpResponse:
    """The reports behind one number, newest first; `?before=` the id that a further page begins below."""
    wanted = FIGURE_OF.get(figure)
    if wanted is None:
        raise Http404
    choice, now = ChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    counted = wanted.of(choice.reports_of(request.user), now)
    rows, further = rows_behind(request, choice, counted)
    context = {
        "room": "figures",
        "figure": wanted,
        "choice": choice,
        "number": counted.count(),
        "reports": rows,
        "further": further,
    }
    return render(request, "desk/figure_reports.html", context)


@overseers_page("GET")
def sheet(request: DeskRequest) -> HttpResponse:
    """The same figures as a spreadsheet: by week or month, unit and category, with their definitions."""
    choice, now = ChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    span = view_of(request, choice, BY).span
    by_span = over_time(request.user, choice, span, now)
    parts = {f"Theo {name.lower()}": lines_by(request.user, choice, key, now) for key, name in BY.items()}
    sheets = sheets_of(whole(by_span, choice), {SPAN_NAMES[span]: by_span, **parts}, now)
    name = f"so-lieu-phan-anh-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}"
    return workbook(name, lambda file: write_book(file, sheets))


def _groups(total: Line) -> dict[str, Any]:
    return {
        name: [linked(figure, total.tally, total.choice) for figure in figures]
        for name, figures in GROUPS.items()
    }
