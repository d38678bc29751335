"""Requests of citizens about their own data: what an official has to do, by when, and the proof of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bot import pages
from bot.own_data_acts import meet as meet_request
from casework import data_requests, visibility
from casework.models import DataRequest
from web.desk.counts import counts_for, data_requests_to_meet
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

SHOWN = 100
Kind = DataRequest.Kind

DONE = {
    Kind.DELETE: "Đã xoá dữ liệu theo yêu cầu {number}. Người dân được báo.",
    Kind.EXPORT: "Đã gửi liên kết tải bản sao theo yêu cầu {number} vào cuộc trò chuyện.",
    Kind.WITHDRAW: "Đã gỡ vị trí chính xác theo yêu cầu {number}.",
}
NOT_FROM_HERE = (
    "Yêu cầu {number} không làm được từ đây. Anh/chị thực hiện cách khác rồi bấm “Đã thực hiện cách khác”."
)


@desk_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    visible = visibility.data_requests_for(request.user)
    to_meet = data_requests_to_meet(request.user)
    waiting = visible.filter(fulfilled_at=None).exclude(link_until=None).order_by("-id")
    context: dict[str, Any] = {
        "room": "data-requests",
        "counts": counts_for(request.user),
        "today": timezone.localdate(),
        "to_meet": [(wanted, _can_send(wanted)) for wanted in to_meet[:SHOWN]],
        "to_meet_count": to_meet.count(),
        "waiting": waiting[:SHOWN],
        "done": visible.exclude(fulfilled_at=None).order_by("-fulfilled_at")[:SHOWN],
    }
    if is_refresh(request):
        return refreshed(request, "desk/_data_requests.html", {**context, "swap": True})
    return render(request, "desk/data_requests.html", context)


def _can_send(wanted: DataRequest) -> bool:
    return wanted.kind != Kind.EXPORT or pages.open_from(wanted.channel)


@desk_page("POST")
def meet(request: DeskRequest, number: str) -> HttpResponse:
    """Do what was asked for, or enter that it was done in another way."""
    wanted = get_object_or_404(visibility.data_requests_for(request.user), number=number)
    if "otherwise" in request.POST:
        _enter_done(request, wanted)
    elif meet_request(wanted, request.user):
        messages.success(request, DONE[Kind(wanted.kind)].format(number=number))
    else:
        messages.warning(request, NOT_FROM_HERE.format(number=number))
    return redirect("desk:data-requests")


def _enter_done(request: DeskRequest, wanted: DataRequest) -> None:
    if data_requests.mark_fulfilled(wanted, by=request.user):
        messages.success(request, f"Đã ghi: yêu cầu {wanted.number} được thực hiện cách khác.")
    else:
        messages.warning(request, f"Yêu cầu {wanted.number} đã được thực hiện trước đó.")
