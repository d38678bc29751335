"""What did not get through: replies a channel refused, and messages the assistant had to put aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import cases, visibility
from casework.models import Case
from conversations import inbox, outbox
from office import audit
from web.desk.counts import failed_deliveries, set_aside_turns
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

SHOWN = 100
SUMMARY = "Trợ lý ảo không trả lời được một tin nhắn"


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    failed, aside = failed_deliveries(request.user), set_aside_turns(request.user)
    context = {
        "room": "deliveries",
        "failed": failed.order_by("id")[:SHOWN],
        "failed_count": failed.count(),
        "aside": aside.order_by("id")[:SHOWN],
        "aside_count": aside.count(),
    }
    if is_refresh(request):
        return refreshed(request, "desk/_deliveries.html", {**context, "swap": True})
    return render(request, "desk/deliveries.html", context)


@desk_page("POST")
def resend(request: DeskRequest, turn_id: int) -> HttpResponse:
    turn = get_object_or_404(visibility.turns_for(request.user), pk=turn_id)
    if outbox.resend(turn):
        audit.note("delivery.resent", f"turn {turn.pk}", request.user)
        messages.success(request, "Tin nhắn đã được xếp gửi lại.")
    else:
        messages.warning(request, "Tin nhắn này đã được người khác gửi lại.")
    return redirect("desk:deliveries")


@desk_page("POST")
def take(request: DeskRequest, turn_id: int) -> HttpResponse:
    """Answer a set-aside message oneself: its conversation becomes the official's case."""
    turn = get_object_or_404(visibility.turns_for(request.user), pk=turn_id)
    if not inbox.give_to_person(turn):
        messages.warning(request, "Lượt này đã được người khác xử lý.")
        return redirect("desk:deliveries")
    case = cases.open_case(turn.conversation, reason=Case.Reason.NOT_UNDERSTOOD, summary=SUMMARY)
    if not cases.claim(case, request.user) and case.claimed_by_id != request.user.pk:
        messages.warning(request, "Người dân này đang được đồng nghiệp phụ trách.")
    audit.note("turn.taken", f"turn {turn.pk}", request.user, case=case.number)
    return redirect("desk:case", number=case.number)
