"""What did not get through: replies a channel refused, and messages the assistant had to put aside."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework import cases, visibility
from casework.models import Case
from conversations import inbox, outbox
from conversations.models import Turn
from office import audit
from web.desk.counts import failed_deliveries, set_aside_turns
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed
from web.desk.reach import held_for

SHOWN = 100
TAKEN = "Tin nhắn này đã được đồng nghiệp xử lý. Không có gì bị thay đổi."
SUMMARY = "Trợ lý ảo không trả lời được một tin nhắn"
#: Why a reply is left unsent; the register keeps it.
REASONS_TO_GIVE_UP = (
    "Người dân không còn nhận tin ở kênh này",
    "Đã liên hệ với người dân bằng cách khác",
    "Nội dung không còn cần thiết",
)


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    context = _context(request)
    if is_refresh(request):
        return refreshed(request, "desk/_deliveries.html", {**context, "swap": True})
    return render(request, "desk/deliveries.html", context)


def _context(request: DeskRequest) -> dict[str, Any]:
    """With ?channel=, only the failed replies of that channel."""
    failed, aside, held = (look(request.user) for look in (failed_deliveries, set_aside_turns, held_for))
    channel = request.GET.get("channel", "")
    here = _on(channel, failed)
    return {
        "room": "deliveries",
        "channel": channel,
        "by_channel": failed.order_by("channel").values_list("channel").annotate(Count("id")),
        "failed": here.order_by("id")[:SHOWN],
        "here_count": here.count(),
        "failed_count": failed.count(),
        "reasons": REASONS_TO_GIVE_UP,
        "aside": aside.order_by("id")[:SHOWN],
        "aside_count": aside.count(),
        "held": held[:SHOWN],
        "held_count": held.count(),
    }


def _on(channel: str, failed: QuerySet[Turn]) -> QuerySet[Turn]:
    """Those of one channel; "" for all."""
    return failed.filter(channel=channel) if channel else failed


@desk_page("POST")
def resend(request: DeskRequest, turn_id: int) -> HttpResponse:
    turn = get_object_or_404(visibility.turns_for(request.user), pk=turn_id)
    if outbox.resend(Turn.objects.filter(pk=turn.pk)):
        audit.note("delivery.resent", f"turn {turn.pk}", request.user)
        messages.success(request, "Tin nhắn đã được xếp gửi lại.")
    else:
        messages.warning(request, TAKEN)
    return _back(request)


@desk_page("POST")
def resend_all(request: DeskRequest) -> HttpResponse:
    """What failed on one channel, or everywhere: after a fault of the service was mended."""
    channel = request.POST.get("channel", "")
    count = outbox.resend(_on(channel, failed_deliveries(request.user)))
    if count:
        audit.note("delivery.resent", f"channel:{channel or 'all'}", request.user, replies=count)
        messages.success(request, f"{count} tin nhắn đã được xếp gửi lại.")
    else:
        messages.warning(request, TAKEN)
    return _back(request)


@desk_page("POST")
def give_up(request: DeskRequest, turn_id: int) -> HttpResponse:
    """Leave a reply unsent, with one of the reasons offered."""
    turn = get_object_or_404(visibility.turns_for(request.user), pk=turn_id)
    reason = request.POST.get("reason", "")
    if reason not in REASONS_TO_GIVE_UP:
        messages.error(request, "Anh/chị chọn lý do thôi gửi.")
    elif outbox.give_up(turn):
        audit.note("delivery.given_up", f"turn {turn.pk}", request.user, reason=reason)
        messages.success(request, "Đã thôi gửi tin nhắn này. Nội dung vẫn còn trong cuộc trò chuyện.")
    else:
        messages.warning(request, TAKEN)
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    channel = request.POST.get("channel", "")
    page = reverse("desk:deliveries")
    return redirect(f"{page}?{urlencode({'channel': channel})}" if channel else page)


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
