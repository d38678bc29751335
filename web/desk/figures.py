"""The figures of the office: QĐ 766's two indicators, terms and times, each opening the reports behind it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import indicators
from casework.indicators import FIGURE_OF, FIGURES, RATES
from casework.tallies import SPANS, TIMES
from office.sheets import write_book
from web.desk.doors import DeskRequest, overseers_page
from web.desk.figure_charts import charts_of
from web.desk.figure_choices import ChoiceForm, periods
from web.desk.figure_lines import Line, lines_by, linked, linked_rate, over_time, whole
from web.desk.figure_sheets import sheets_of

A_PAGE = 50
GROUPS = {
    "open_now": (indicators.OPEN, indicators.OVERDUE, indicators.INTAKE_OVERDUE, indicators.NOT_YET_DUE),
    "afterwards": (indicators.RATED, indicators.DISSATISFIED, indicators.REOPENED),
    "outcomes": indicators.OUTCOMES,
    "not_counted": indicators.NOT_COUNTED,
    "timed": tuple(TIMES.values()),
}
BY = {"unit": "Đơn vị", "category": "Loại việc"}
SPAN_NAMES = {"week": "Theo tuần", "month": "Theo tháng"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """`?first=&last=` days, `?unit=`, `?category=`; `?span=` week or month, `?by=` unit or category."""
    form, now = ChoiceForm(request.GET, staff=request.user), timezone.now()
    choice = form.choice
    span = one_of(request, "span", SPANS, usual=choice.usual_span)
    by = one_of(request, "by", tuple(BY), usual="unit")
    by_span = over_time(request.user, choice, span, now)
    total = whole(by_span, choice)
    context = {
        "room": "figures",
        "form": form,
        "choice": choice,
        "total": total,
        "qd766": [linked_rate(rate, total.tally, choice) for rate in RATES[:2]],
        "rates": [linked_rate(rate, total.tally, choice) for rate in RATES[2:]],
        **_groups(total),
        "charts": charts_of(by_span, span),
        "over_time": by_span,
        "lines": lines_by(request.user, choice, by, now),
        "by_name": BY[by],
        "by_caption": f"Số liệu theo {BY[by].lower()}",
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
    return render(request, "desk/figures.html", context, status=422 if form.errors else 200)


@overseers_page("GET")
def reports(request: DeskRequest, figure: str) -> HttpResponse:
    """The reports behind one number, newest first; `?before=` the id that a further page begins below."""
    wanted = FIGURE_OF.get(figure)
    if wanted is None:
        raise Http404
    choice, now = ChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    counted = wanted.of(choice.reports_of(request.user), now)
    before = request.GET.get("before", "")
    found = counted.filter(pk__lt=int(before)) if before.isdecimal() else counted
    page = list(found.order_by("-pk")[: A_PAGE + 1])
    context = {
        "room": "figures",
        "figure": wanted,
        "choice": choice,
        "number": counted.count(),
        "reports": page[:A_PAGE],
        "further": choice.address(before=str(page[A_PAGE - 1].pk)) if len(page) > A_PAGE else "",
    }
    return render(request, "desk/figure_reports.html", context)


@overseers_page("GET")
def sheet(request: DeskRequest) -> HttpResponse:
    """The same figures as a spreadsheet: by week or month, unit and category, with their definitions."""
    choice, now = ChoiceForm(request.GET, staff=request.user).choice, timezone.now()
    span = one_of(request, "span", SPANS, usual=choice.usual_span)
    by_span = over_time(request.user, choice, span, now)
    parts = {f"Theo {name.lower()}": lines_by(request.user, choice, key, now) for key, name in BY.items()}
    file = BytesIO()
    write_book(file, sheets_of(whole(by_span, choice), {SPAN_NAMES[span]: by_span, **parts}, now))
    name = f"so-lieu-phan-anh-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)


def _groups(total: Line) -> dict[str, Any]:
    return {
        name: [linked(figure, total.tally, total.choice) for figure in figures]
        for name, figures in GROUPS.items()
    }


def one_of(request: DeskRequest, name: str, values: tuple[str, ...], *, usual: str) -> str:
    """What `?name=` asks for, if it is one of these."""
    asked = request.GET.get(name, "")
    return asked if asked in values else usual
