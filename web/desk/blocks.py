"""Blocks on the desk: who is blocked, who asked to look again, and the supervisor's acts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casework import blocks, visibility
from casework.errors import AlreadyBlocked, BlockOver, NoSuchReason
from casework.models import Block
from office.models import Staff
from web.desk.case_gone import words_kept_if_gone
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, overseers_page
from web.desk.kept_words import keep_typed, tell_of_note

SHOWN = 100


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    mine = visibility.blocks_for(request.user).exclude(by=None)
    held = blocks.in_force(timezone.now()).filter(pk__in=mine)
    asked_first = (F("upheld_at").asc(nulls_first=True), F("appealed_at").asc(nulls_last=True), "id")
    context = {
        "room": "blocks",
        "held": held.select_related("conversation", "by", "appeal").order_by(*asked_first)[:SHOWN],
        "over": mine.exclude(pk__in=held).order_by("-id")[:20],
    }
    return render(request, "desk/blocks.html", context)


@overseers_page("POST")
@words_kept_if_gone
def make(request: DeskRequest, number: str) -> HttpResponse:
    """Block whom a case is with."""
    case = case_of(request, number)
    keep_typed(request, case)
    days = request.POST.get("days", "")
    try:
        blocks.block(
            case.conversation,
            request.user,
            reason=request.POST.get("block_reason", ""),
            days=int(days) if days.isdecimal() else 0,
        )
    except NoSuchReason:
        messages.error(request, "Anh/chị chọn lý do và thời gian tạm ngừng.")
        return redirect("desk:case", number=number)
    except AlreadyBlocked:
        messages.warning(request, "Người dân này đang được tạm ngừng trả lời rồi.")
    else:
        messages.success(request, "Đã tạm ngừng trả lời; người dân được báo cách đề nghị xem lại.")
    tell_of_note(request, case)
    return redirect("desk:blocks")


@overseers_page("POST")
def lift(request: DeskRequest, pk: int) -> HttpResponse:
    return _done(request, _block(request, pk), blocks.lift, "Đã bỏ tạm ngừng; người dân được báo.")


@overseers_page("POST")
def uphold(request: DeskRequest, pk: int) -> HttpResponse:
    return _done(request, _block(request, pk), blocks.uphold, "Đã trả lời đề nghị: giữ việc tạm ngừng.")


def _block(request: DeskRequest, pk: int) -> Block:
    return get_object_or_404(visibility.blocks_for(request.user), pk=pk)


def _done(request: DeskRequest, block: Block, act: Callable[[Block, Staff], None], said: str) -> HttpResponse:
    try:
        act(block, request.user)
    except BlockOver:
        messages.warning(request, "Việc tạm ngừng này đã hết hoặc đã được xử lý. Không có gì bị thay đổi.")
    else:
        messages.success(request, said)
    return redirect("desk:blocks")
