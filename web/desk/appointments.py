"""Appointments on the page of a case: made, moved, cancelled."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from casework import appointments
from casework.appointments import Wanted
from casework.errors import AppointmentProblem, CaseNotYours
from casework.models import Appointment, Case
from office.working_hours import ZONE
from web.desk.cases import case_of, shown_again, why_not
from web.desk.doors import DeskRequest
from web.desk.kept_words import case_act

NO_TIME = "Anh/chị chọn ngày và giờ hẹn."
NO_PLACE = "Anh/chị chọn nơi hẹn."
UNDONE = "Đã hoàn tác: người dân chưa thấy gì về lịch hẹn."
VIDEO = "video"


@case_act
def make(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    starts_at, place = _time(request), request.POST.get("place", "")
    counter = appointments.counters_for(case).filter(code=place).first()
    if starts_at is None or not (counter or place == VIDEO):
        return _again(request, case, NO_PLACE if starts_at else NO_TIME, status=400)
    wanted = Wanted(counter=counter, starts_at=starts_at, papers=request.POST.get("papers", ""))
    try:
        appointments.make(case, request.user, wanted)
    except AppointmentProblem as problem:
        return _again(request, case, str(problem), status=422)
    except CaseNotYours:
        return _again(request, case, why_not(case_of(request, number), request), status=409)
    messages.success(request, "Đã hẹn; người dân được báo nơi, giờ và giấy tờ mang theo.")
    return redirect("desk:case", number=number)


@case_act
def change(request: DeskRequest, number: str, appointment: str) -> HttpResponse:
    """do: "move" or "cancel"; appointment_seen: the sequence of the appointment that the official saw."""
    case = case_of(request, number)
    found = appointments.of_case(case, request.user, appointment)
    if found is None:
        raise Http404
    seen = request.POST.get("appointment_seen", "")
    found.sequence = int(seen) if seen.isdecimal() else -1
    try:
        problem = _change(request, found)
    except AppointmentProblem as refused:
        return _again(request, case, str(refused), status=409)
    except CaseNotYours:
        return _again(request, case, why_not(case_of(request, number), request), status=409)
    return _again(request, case, problem, status=400) if problem else redirect("desk:case", number=number)


def _change(request: DeskRequest, appointment: Appointment) -> str:
    """What is missing, "" when it was done."""
    if request.POST.get("do") == "cancel":
        appointments.cancel(appointment, request.user)
        messages.success(request, "Đã huỷ lịch hẹn; người dân được báo.")
        return ""
    starts_at = _time(request)
    if starts_at is None:
        return NO_TIME
    appointments.move(appointment, request.user, starts_at)
    messages.success(request, "Đã đổi giờ hẹn; người dân được báo.")
    return ""


def undo(request: DeskRequest, case: Case, turn_id: int) -> HttpResponse:
    """What was told there is undone; one just made stands in its form again, as it was typed."""
    try:
        appointment = appointments.undo(case, request.user, turn_id)
    except AppointmentProblem as refused:
        return _again(request, case, str(refused), status=409)
    messages.success(request, UNDONE)
    if appointment.pk:
        return redirect("desk:case", number=case.number)
    return shown_again(request, case.number, appointment_typed=_typed_of(appointment), status=200)


def _typed_of(appointment: Appointment) -> dict[str, str]:
    local = appointment.starts_at.astimezone(ZONE)
    return {
        "day": f"{local:%Y-%m-%d}",
        "hour": f"{local:%H:%M}",
        "place": appointment.counter.code if appointment.counter else VIDEO,
        "papers": appointment.papers,
    }


def _time(request: DeskRequest) -> datetime | None:
    """The day and hour as they were chosen, in Hà Nội; None for what is no time."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        return datetime.combine(day, time.fromisoformat(request.POST.get("hour", "")), tzinfo=ZONE)
    except ValueError:
        return None


def _again(request: DeskRequest, case: Case, problem: str, *, status: int) -> HttpResponse:
    return shown_again(request, case.number, appointment_problem=problem, status=status)
