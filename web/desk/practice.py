"""The practice room: the whole desk, with citizens who do not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casework import visibility
from casework.models import Case
from casework.practice import room
from casework.practice.situations import Situation, situation_at, situations
from casework.practice.tried import steps_of
from office import duties
from web import practising
from web.desk.doors import DeskRequest, desk_page

OFF_DUTY = "Anh/chị đã nghỉ trực để luyện tập: không hồ sơ thật nào được giao cho anh/chị."
ENDED = "Đã kết thúc luyện tập. Từ đây là người dân thật; sẵn sàng nhận việc thì bấm “Trực”."


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    """What there is to try, and who waits to be answered; before it begins, what it is."""
    return render(
        request,
        "desk/practice.html",
        {
            "room": "practice",
            "steps": steps_of(request.user),
            "rehearsals": _rehearsals(request) if request.user.is_practising else [],
            "situations": situations().values(),
        },
    )


def _rehearsals(request: DeskRequest) -> list[tuple[Situation, Case]]:
    """Each situation with its case; the newest, should the citizen have come back."""
    cases = visibility.cases_for(request.user).order_by("id")
    newest = {case.conversation.chat: case for case in cases}
    return [(situation_at(chat), case) for chat, case in newest.items()]


@desk_page("POST")
def begin(request: DeskRequest) -> HttpResponse:
    was_on_duty = duties.is_on(duties.duty_of(request.user), timezone.now())
    room.open_room(request.user)
    practising.begin(request)
    if was_on_duty:
        messages.info(request, OFF_DUTY)
    return redirect("desk:practice")


@desk_page("POST")
def end(request: DeskRequest) -> HttpResponse:
    room.close_room(request.user)
    practising.end(request)
    messages.success(request, ENDED)
    return redirect("desk:queue")
