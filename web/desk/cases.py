"""One case: its transcript, and what the official can do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casework import blocks, cases, visibility
from casework.errors import CaseNotYours, EmptyReply, NoOutcome
from casework.models import Block, Case
from casework.notices import NUMBER_ASKED
from conversations.documents import MAX_BYTES, keep_document, sent
from conversations.errors import FileRefused
from conversations.models import Attachment
from office.models import AuditEntry
from web.desk.doors import DeskRequest, desk_page
from web.desk.foreign_links import link_warning
from web.desk.fragments import is_refresh, refreshed
from web.desk.reach import prospect
from web.desk.transcript import lines

OUTCOMES = (
    "Đã trả lời xong",
    "Đã hướng dẫn đến đúng nơi giải quyết",
    "Đã ghi nhận thành phản ánh",
    "Người dân không trả lời thêm",
)

NO_WORDS = "Anh/chị viết câu trả lời trước khi gửi."
NO_SUCH_FILE = (
    "Tệp này không gửi được: chỉ PDF, Word (.docx) không có macro hoặc ảnh, tối đa 5 MB. Lời trả lời chưa "
    "được gửi, vẫn còn ở ô dưới."
)
LOST = "Hồ sơ này không còn do anh/chị phụ trách. Nội dung vừa soạn chưa được gửi."


@desk_page("GET")
def show(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    if is_refresh(request):
        return refreshed(request, "desk/_case_live.html", {**_context(request, case), "swap": True})
    return render(request, "desk/case.html", _context(request, case))


def _case(request: DeskRequest, number: str) -> Case:
    return get_object_or_404(visibility.cases_for(request.user), number=number)


def _context(request: DeskRequest, case: Case, **more: Any) -> dict[str, Any]:
    held = blocks.block_of(case.conversation, at=timezone.now())
    sent = case.conversation.turns.filter(staff=request.user).last()
    return {
        "last_sent": sent.pk if sent else 0,
        "room": "queue",
        "case": case,
        "is_mine": case.is_held and case.claimed_by_id == request.user.pk,
        "position": cases.position_in_queue(case),
        "lines": lines(case.conversation),
        "reports": visibility.reports_for(request.user).filter(conversation=case.conversation),
        "register": AuditEntry.objects.filter(subject=case.number).select_related("actor").order_by("id"),
        "data_requests": case.conversation.data_requests.filter(fulfilled_at=None, link_until=None),
        "outcomes": OUTCOMES,
        "blocked_until": held.until if held and held.by_id else None,
        "block_reasons": Block.Reason.choices,
        "block_days": blocks.DAYS,
        "block_days_at_first": blocks.DAYS_AT_FIRST,
        "reply_length": cases.REPLY_LENGTH,
        "prospect": None if case.state == Case.State.CLOSED else prospect(case.conversation, timezone.now()),
        **more,
    }


@desk_page("POST")
def claim(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    if cases.claim(case, request.user):
        messages.success(
            request, f"Anh/chị đã nhận hồ sơ {case.number}. Trợ lý ảo ngừng trả lời người dân này."
        )
        return redirect("desk:case", number=number)
    case.refresh_from_db()
    messages.warning(request, _why_not(case, request))
    return redirect("desk:case", number=number)


def _why_not(case: Case, request: DeskRequest) -> str:
    if case.state == Case.State.CLOSED:
        return f"Hồ sơ {case.number} vừa được đóng: {case.outcome}."
    if case.claimed_by_id == request.user.pk:
        return f"Anh/chị đã nhận hồ sơ {case.number} từ trước."
    name = case.claimed_by.display_name if case.claimed_by else "Người khác"
    return f"{name} đã nhận hồ sơ {case.number} trước anh/chị. Không có gì bị thay đổi."


@desk_page("POST")
def reply(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    text = request.POST.get("text", "")
    if _was_sent_already(request, case, text):
        return redirect("desk:case", number=number)
    if warned := link_warning(request, text):
        return _again(request, number, draft=text, status=409, **warned)
    try:
        _send(request, case, text)
    except EmptyReply:
        return _again(request, number, reply_problem=NO_WORDS, status=400)
    except FileRefused:
        return _again(request, number, draft=text, reply_problem=NO_SUCH_FILE, status=400)
    except CaseNotYours:
        return _again(request, number, draft=text, reply_problem=LOST, status=409)
    return redirect("desk:case", number=number)


def _send(request: DeskRequest, case: Case, text: str) -> None:
    """The words, and the file with them: both or none."""
    upload = request.FILES.get("file")
    with transaction.atomic():
        files = (sent(_kept(case, upload)),) if upload else ()
        cases.reply(case, request.user, text, files=files)


def _kept(case: Case, upload: UploadedFile[bytes]) -> Attachment:
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused
    return keep_document(case.conversation, upload.read(), name=upload.name or "")


def _was_sent_already(request: DeskRequest, case: Case, text: str) -> bool:
    """The same words from the same form: a second tap, or the page sent again."""
    sent = case.conversation.turns.filter(staff=request.user).last()
    before = request.POST.get("last_sent", "")
    return sent is not None and before.isdigit() and sent.pk > int(before) and sent.text == text.strip()


@desk_page("POST")
def ask_number(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    if _was_sent_already(request, case, NUMBER_ASKED):
        return redirect("desk:case", number=number)
    try:
        cases.ask_number(case, request.user)
    except CaseNotYours:
        return _again(request, number, action_problem=_why_not(_case(request, number), request), status=409)
    return redirect("desk:case", number=number)


@desk_page("POST")
def release(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    try:
        cases.release_case(case, request.user)
    except CaseNotYours:
        return _again(request, number, action_problem=_why_not(_case(request, number), request), status=409)
    messages.success(request, f"Hồ sơ {case.number} đã trở lại hàng chờ.")
    return redirect("desk:queue")


@desk_page("POST")
def close(request: DeskRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    try:
        cases.close(case, request.user, _outcome(request))
    except NoOutcome:
        problem = "Anh/chị chọn kết quả, hoặc ghi kết quả khác, rồi đóng hồ sơ."
        return _again(request, number, close_problem=problem, status=400)
    except CaseNotYours:
        return _again(request, number, close_problem=_why_not(_case(request, number), request), status=409)
    messages.success(request, f"Đã đóng hồ sơ {case.number}. Người dân được mời đánh giá.")
    return redirect("desk:queue")


def _outcome(request: DeskRequest) -> str:
    parts = (request.POST.get("outcome", ""), request.POST.get("note", "").strip())
    return ". ".join(part for part in parts if part)


def _again(request: DeskRequest, number: str, *, status: int, **more: Any) -> HttpResponse:
    """The page as it is now, with what was typed kept and the reason beside it."""
    case = _case(request, number)
    return render(request, "desk/case.html", _context(request, case, **more), status=status)
