"""The working calendar on the desk: the year's unusual days, and decisions, tried before they are saved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casework import term_recount
from casework.term_recount import Moves, Recounted
from office.calendar_days import lines_of
from office.errors import SourceMissing, WrongSettingValue
from office.models import AuditEntry
from office.opening_hours import WORKING_HOURS, Decision, read_hours, working_clock, write_hours
from web.desk.doors import DeskRequest, administrators_page

#: Of the reports and of the cases whose terms move, so many are shown; all are counted.
SHOWN = 20
#: Lines of the register below the calendar.
ACTS_SHOWN = 20
LONGEST = timedelta(days=31)
YEARS = range(2020, 2100)

OFF, WORKING, HOURS = "off", "working", "hours"

_A_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_HOW_TO_TYPE_A_DAY = {"invalid": "Ghi ngày như 2027-02-05.", "required": "Anh/chị chọn ngày."}


class DecisionForm(forms.Form):
    """What was decided on a day, or on several in a row."""

    first = forms.DateField(label="Ngày", widget=_A_DAY, error_messages=_HOW_TO_TYPE_A_DAY)
    last = forms.DateField(
        required=False, label="Đến hết ngày", widget=_A_DAY, error_messages=_HOW_TO_TYPE_A_DAY
    )
    what = forms.ChoiceField(
        label="Là ngày",
        choices=[(OFF, "Nghỉ"), (WORKING, "Làm việc cả ngày"), (HOURS, "Làm việc theo giờ ghi dưới đây")],
    )
    hours = forms.CharField(required=False, max_length=60, label="Giờ làm việc ngày ấy")
    source = forms.CharField(max_length=300, label="Nguồn", error_messages={"required": str(SourceMissing())})

    def clean_hours(self) -> str:
        typed: str = self.cleaned_data["hours"]
        try:
            return write_hours(read_hours(typed)) if self.data.get("what") == HOURS else ""
        except WrongSettingValue as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and first.year not in YEARS:
            self.add_error("first", "Năm phải từ 2020 đến 2099.")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", "Ngày cuối phải từ ngày đầu trở đi, nhiều nhất 31 ngày.")
        return given

    @property
    def decision(self) -> Decision:
        given = self.cleaned_data
        return Decision(
            first=given["first"],
            last=given["last"] or given["first"],
            is_working=given["what"] != OFF,
            hours=given["hours"],
            source=given["source"],
        )


@administrators_page("GET", "POST")
def show(request: DeskRequest) -> HttpResponse:
    """GET: the year and the form. POST: what the decision moves; with `saved`, it is kept."""
    if request.method != "POST":
        return _page(request, DecisionForm(), _year(request.GET.get("year", "")))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, _year(""), status=422)
    decision = form.decision
    if request.POST.get("saved"):
        return _done(request, decision.first, term_recount.decide(decision, by=request.user))
    moves = term_recount.moves(working_clock(decision))
    return _page(request, form, decision.first.year, tried=decision, moves=moves)


@administrators_page("POST")
def take_back(request: DeskRequest, day: str) -> HttpResponse:
    """What letting go of the decision on a day moves; with `saved`, it is let go."""
    try:
        decided = date.fromisoformat(day)
    except ValueError:
        return redirect("desk:calendar")
    if request.POST.get("saved"):
        return _done(request, decided, term_recount.take_back(decided, by=request.user))
    moves = term_recount.moves(working_clock(without=decided))
    return _page(request, DecisionForm(), decided.year, taken_back=decided, moves=moves)


def _done(request: DeskRequest, day: date, moved: Recounted) -> HttpResponse:
    terms = f" Hạn của {moved.words} đã được tính lại." if moved else " Không hạn nào phải tính lại."
    messages.success(request, f"Đã lưu lịch làm việc.{terms}")
    return redirect(f"{reverse('desk:calendar')}?year={day.year}")


def _year(given: str) -> int:
    year = int(given) if given.isdecimal() else 0
    return year if year in YEARS else timezone.localdate().year


def _page(
    request: DeskRequest, form: DecisionForm, year: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    acts = AuditEntry.objects.filter(action__in=("calendar.decided", "calendar.taken_back"))
    moves = more.pop("moves", Moves())
    context = {
        "room": "calendar",
        "form": form,
        "year": year,
        "lines": lines_of(year),
        "usual_hours": write_hours(WORKING_HOURS.current()),
        "acts": acts.select_related("actor").order_by("-id")[:ACTS_SHOWN],
        "moves": moves.reports[:SHOWN],
        "case_moves": moves.cases[:SHOWN],
        "moved": moves.count,
        **more,
    }
    return render(request, "desk/calendar.html", context, status=status)
