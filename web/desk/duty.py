"""Who is on duty: one's own turn, the colleagues' load, and the planned hours of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from casework import assignment_settings, promises, visibility
from casework.assignment_settings import ASSIGNED_UNITS
from conversations import changes
from office import duties
from office.errors import SettingMovedOn, SettingProblem
from office.models import Staff
from office.opening_hours import WORKING_HOURS, write_hours
from web.desk.doors import DeskRequest, desk_page, overseers_page
from web.desk.duty_form import DutyForm, weekday_name
from web.desk.duty_lines import lines_by_unit
from web.desk.fragments import is_refresh, refreshed

PRACTISING = "Anh/chị đang luyện tập nên chưa trực được. Kết thúc luyện tập rồi bấm “Trực”."


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    context = _context(request)
    if is_refresh(request):
        return refreshed(request, "desk/_duty.html", context)
    return render(request, "desk/duty.html", context)


def _context(request: DeskRequest, **more: Any) -> dict[str, Any]:
    now = timezone.now()
    units = lines_by_unit(request.user, now)
    return {
        "room": "duty",
        "units": units,
        "on_duty": len({line.staff.pk for _, lines in units for line in lines if line.is_on}),
        "assigned": ASSIGNED_UNITS.current(),
        "record": promises.record_of(visibility.cases_for(request.user), now),
        "may_set": set(visibility.planned_by(request.user).values_list("pk", flat=True)),
        **more,
    }


@desk_page("POST")
def turn(request: DeskRequest) -> HttpResponse:
    """Go on or off duty, and back to the page one was on. Nobody goes on duty from the practice room."""
    if request.POST.get("on") == "yes" and request.user.is_practising:
        messages.error(request, PRACTISING)
    elif request.POST.get("on") == "yes":
        duties.go_on(request.user, timezone.now())
        changes.publish(changes.DESK)
        messages.success(request, "Anh/chị đang trực: hồ sơ có thể được giao cho anh/chị.")
    else:
        duties.go_off(request.user, by=request.user)
        messages.success(request, "Anh/chị đã nghỉ trực. Hồ sơ đang có vẫn do anh/chị phụ trách.")
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else "desk:duty")


@overseers_page("POST")
def take_off(request: DeskRequest, username: str) -> HttpResponse:
    """A supervisor ends the duty of who forgot to."""
    colleague = get_object_or_404(visibility.planned_by(request.user), username=username)
    duties.go_off(colleague, by=request.user)
    messages.success(request, f"{colleague.display_name} đã nghỉ trực. Hồ sơ đang có vẫn giữ nguyên.")
    return redirect("desk:duty")


@overseers_page("POST")
def switch(request: DeskRequest, code: str) -> HttpResponse:
    """Give the cases of a unit by themselves, or leave them to be taken; with a reason."""
    unit = get_object_or_404(visibility.units_overseen(request.user), code=code)
    is_on, reason = request.POST.get("on") == "yes", request.POST.get("reason", "")
    try:
        assignment_settings.switch(unit, on=is_on, reason=reason, by=request.user)
    except SettingProblem as problem:
        tried = {"problem": str(problem), "problem_with": unit.code, "tried": reason}
        status = 409 if isinstance(problem, SettingMovedOn) else 422
        return render(request, "desk/duty.html", _context(request, **tried), status=status)
    told = "được giao tự động" if is_on else "để cán bộ tự nhận"
    messages.success(request, f"Hồ sơ của {unit.name} từ nay {told}.")
    changes.publish(changes.DESK)
    return redirect("desk:duty")


@desk_page("GET", "POST")
def plan(request: DeskRequest, username: str) -> HttpResponse:
    """The planned hours, the topics and the capacity of one person; `fill` puts in the office's hours."""
    colleague = get_object_or_404(visibility.planned_by(request.user), username=username)
    if "fill" in request.POST:
        return _form_page(request, colleague, DutyForm(colleague, request.user, filled(request)))
    form = DutyForm(colleague, request.user, request.POST or None)
    if form.is_valid():
        form.keep(by=request.user)
        messages.success(request, f"Đã lưu lịch trực của {colleague.display_name}.")
        return redirect("desk:duty")
    return _form_page(request, colleague, form, status=422 if form.errors else 200)


def filled(request: DeskRequest) -> Any:
    """What was typed, with the office's hours on the five usual days that are still empty."""
    typed, usual = request.POST.copy(), write_hours(WORKING_HOURS.current())
    for day in range(5):
        typed[weekday_name(day)] = typed.get(weekday_name(day), "").strip() or usual
    return typed


def _form_page(request: DeskRequest, colleague: Staff, form: DutyForm, *, status: int = 200) -> HttpResponse:
    context = {"room": "duty", "colleague": colleague, "form": form, "is_me": colleague == request.user}
    context["usual_capacity"] = duties.CAPACITY.current()
    return render(request, "desk/duty_plan.html", context, status=status)
