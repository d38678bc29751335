"""The channels on the desk: how each stands, and the administrator's switch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bot.channels import overview, switches
from bot.errors import NoReason, NoSuchChannel
from office.models import AuditEntry
from web.desk.doors import DeskRequest, administrators_page
from web.desk.fragments import is_refresh, refreshed

#: Lines of the register below the table.
ACTS_SHOWN = 20


@administrators_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    if is_refresh(request):
        return refreshed(request, "desk/_channels.html", {"channels": overview.channels(), "swap": True})
    return _page(request)


@administrators_page("POST")
def turn_off(request: DeskRequest, channel: str) -> HttpResponse:
    try:
        turned = switches.turn_off(channel, reason=request.POST.get("reason", ""), by=request.user)
    except NoReason as problem:
        return _page(request, status=400, problem=str(problem), problem_with=channel)
    except NoSuchChannel as problem:
        return _refused(request, problem)
    return _done(request, "Đã tắt kênh: vài giây nữa mọi máy ngừng gửi, tin trả lời được giữ.", turned=turned)


@administrators_page("POST")
def turn_on(request: DeskRequest, channel: str) -> HttpResponse:
    try:
        turned = switches.turn_on(channel, by=request.user)
    except NoSuchChannel as problem:
        return _refused(request, problem)
    return _done(request, "Đã bật lại kênh. Tin đang chờ được gửi đi.", turned=turned)


def _done(request: DeskRequest, said: str, *, turned: bool) -> HttpResponse:
    if turned:
        messages.success(request, said)
    else:
        messages.warning(request, "Đồng nghiệp đã làm việc này trước. Không có gì bị thay đổi.")
    return redirect("desk:channels")


def _refused(request: DeskRequest, problem: NoSuchChannel) -> HttpResponse:
    messages.error(request, str(problem))
    return redirect("desk:channels")


def _page(request: DeskRequest, *, status: int = 200, **more: str) -> HttpResponse:
    subjects = [switches.subject_of(channel) for channel in switches.CHANNELS]
    acts = AuditEntry.objects.filter(subject__in=subjects).select_related("actor")
    context = {
        "room": "channels",
        "channels": overview.channels(),
        "acts": [(act, act.subject.partition(":")[2]) for act in acts.order_by("-id")[:ACTS_SHOWN]],
        "longest_reason": switches.LONGEST_REASON,
        **more,
    }
    return render(request, "desk/channels.html", context, status=status)
