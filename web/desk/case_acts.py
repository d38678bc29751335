"""The acts on a case: each a plain form, refused in words, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from casework import appointments, assignments_returned, cases, drafts, errors
from casework.errors import CaseNotYours, CaseProblem
from casework.models import Case
from office.models import Staff, Unit
from web.desk.appointments import undo as undo_appointment
from web.desk.cases import case_of, shown_again, why_not
from web.desk.doors import DeskRequest
from web.desk.kept_words import case_act, tell_of_note
from web.desk.offered_acts import OfferedActs

REFUSALS: dict[type[CaseProblem], str] = {
    errors.NoOutcome: "Anh/chị chọn kết quả, hoặc ghi kết quả khác, rồi đóng hồ sơ.",
    errors.WordsUnsent: "Anh/chị còn lời chưa gửi trong ô trả lời. Gửi trước, hoặc đánh dấu ô dưới rồi đóng.",
    errors.CitizenWroteMeanwhile: "Người dân vừa nhắn thêm. Anh/chị đọc tin mới rồi bấm lại.",
    errors.NoReasonGiven: "Anh/chị ghi một dòng lý do để người nhận biết việc cần làm.",
    errors.AlreadyThere: "Hồ sơ đang ở đó rồi. Anh/chị chọn nơi khác.",
    errors.ComplainsOfThisUnit: "Người dân phản ánh về chính đơn vị này hoặc cấp trên của đơn vị. "
    "Anh/chị chọn nơi khác.",
    errors.NobodyAtThatDesk: "Đơn vị này chưa có cán bộ ở bàn làm việc. Anh/chị chọn nơi khác.",
    errors.NotForThisColleague: "Đồng nghiệp này không được xem hồ sơ. Anh/chị chuyển đến đơn vị người ấy.",
    errors.NoWayBack: "Hồ sơ này không do đơn vị khác chuyển đến.",
    errors.NotAheadOrTooFar: "Anh/chị chọn một lúc sắp tới, trong vòng 60 ngày.",
    errors.NotMergeable: "Không thấy hồ sơ đang mở nào có mã ấy. Anh/chị xem lại mã.",
    errors.StillPresent: "Người phụ trách vẫn đang ở hồ sơ. Anh/chị đợi người ấy vắng lâu hơn, hoặc nhờ "
    "người phụ trách đơn vị.",
    errors.TooLateToUndo: "Tin đã gửi đi, không hoàn tác được nữa. Anh/chị gửi một tin đính chính.",
}

NOWHERE = "Anh/chị chọn đơn vị hoặc đồng nghiệp nhận hồ sơ."


def _made(
    request: DeskRequest, case: Case, act: str, do: Callable[[], object], said: str | Callable[[Case], str]
) -> HttpResponse:
    """Do it, say so and go on to the case; refused: the page as it is now, with the form open as it was sent.

    said: may depend on what the case is afterwards.
    """
    try:
        do()
    except CaseProblem as problem:
        return _refused(request, case, act, problem)
    messages.success(request, said if isinstance(said, str) else said(case))
    return redirect("desk:case", number=case.number)


def _refused(request: DeskRequest, case: Case, act: str, problem: CaseProblem) -> HttpResponse:
    why = REFUSALS.get(type(problem)) or why_not(case_of(request, case.number), request)
    return _shown_open(request, case.number, act, why, status=409 if _came_late(problem) else 400)


def _came_late(problem: CaseProblem) -> bool:
    late = (
        CaseNotYours,
        errors.WordsUnsent,
        errors.CitizenWroteMeanwhile,
        errors.StillPresent,
        errors.TooLateToUndo,
    )
    return isinstance(problem, late)


def _shown_open(request: DeskRequest, number: str, act: str, why: str, *, status: int) -> HttpResponse:
    now = case_of(request, number)
    typed = request.POST.dict()
    offered = OfferedActs(case=now, staff=request.user, open=act, problem=why, typed=typed)
    return shown_again(request, number, offered=offered, status=status)


@case_act
def claim(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    if cases.claim(case, request.user):
        messages.success(
            request, f"Anh/chị đã nhận hồ sơ {case.number}. Trợ lý ảo ngừng trả lời người dân này."
        )
        return redirect("desk:case", number=number)
    case.refresh_from_db()
    messages.warning(request, why_not(case, request))
    return redirect("desk:case", number=number)


@case_act
def release(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    said = f"Hồ sơ {case.number} đã trở lại hàng chờ."
    reason = request.POST.get("release_reason", "")
    back = lambda: assignments_returned.give_back(case, request.user, reason=reason)  # noqa: E731
    return _left(request, case, _made(request, case, "release", back, said))


@case_act
def close(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    outcome, seen, leave = _outcome(request), _seen(request), "leave_unsent" in request.POST
    close = lambda: cases.close(case, request.user, outcome, seen=seen, leave_unsent=leave)  # noqa: E731
    return _left(request, case, _made(request, case, "close", close, _closed))


def _closed(case: Case) -> str:
    said = f"Đã đóng hồ sơ {case.number}. Người dân được mời đánh giá."
    unsent = sorted(draft.staff.display_name for draft in drafts.of_all(case))
    kept = f" Lời chưa gửi của {', '.join(unsent)} còn ở hồ sơ {drafts.KEPT_DAYS.current()} ngày."
    return said + (kept if unsent else "")


def _outcome(request: DeskRequest) -> str:
    parts = (request.POST.get("outcome", ""), request.POST.get("note", "").strip())
    return ". ".join(part for part in parts if part)


def _seen(request: DeskRequest) -> int | None:
    """The version the page showed last; None from a form that does not say."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() else None


@case_act
def transfer(request: DeskRequest, number: str) -> HttpResponse:
    """To a unit or a colleague, as one field says: "unit:ward-01" or "staff:12"."""
    case, reason = case_of(request, number), request.POST.get("transfer_reason", "")
    kind, _colon, which = request.POST.get("to", "").partition(":")
    unit = Unit.objects.filter(code=which).first() if kind == "unit" else None
    colleague = Staff.objects.filter(pk=which).first() if kind == "staff" and which.isdecimal() else None
    if unit:
        said = f"Đã chuyển hồ sơ {case.number} đến {unit.name}; người dân được báo."
        move = lambda: cases.transfer(case, request.user, unit, reason=reason)  # noqa: E731
        return _left(request, case, _made(request, case, "transfer", move, said))
    if colleague:
        said = f"Đã giao hồ sơ {case.number} cho {colleague.display_name}."
        give = lambda: cases.give_to(case, request.user, colleague, reason=reason)  # noqa: E731
        return _left(request, case, _made(request, case, "transfer", give, said))
    return _shown_open(request, number, "transfer", NOWHERE, status=400)


@case_act
def send_back(request: DeskRequest, number: str) -> HttpResponse:
    case, reason = case_of(request, number), request.POST.get("back_reason", "")
    back = lambda: cases.send_back(case, request.user, reason=reason)  # noqa: E731
    return _left(request, case, _made(request, case, "send-back", back, _sent_back))


def _sent_back(case: Case) -> str:
    if case.claimed_by:
        return f"Đã chuyển lại hồ sơ {case.number} cho {case.claimed_by.display_name}, người giữ trước đó."
    return f"Đã chuyển hồ sơ {case.number} về đơn vị trước; người dân được báo."


@case_act
def snooze(request: DeskRequest, number: str) -> HttpResponse:
    case, until = case_of(request, number), _until(request)
    said = "Đã hẹn xem lại. Người dân nhắn thêm thì hồ sơ tự trở lại sớm hơn."
    return _made(request, case, "snooze", lambda: cases.snooze(case, request.user, until=until), said)


def _until(request: DeskRequest) -> datetime:
    """The moment typed, else the one chosen; now, which is refused, where neither can be read."""
    typed = request.POST.get("at") or request.POST.get("until", "")
    try:
        moment = parse_datetime(typed)
    except ValueError:
        moment = None
    if moment is None:
        return timezone.now()
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


@case_act
def merge(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    wanted = request.POST.get("into", "").strip().upper()
    into = cases.mergeable_into(case, request.user).filter(number=wanted).first()
    if into is None:
        return _refused(request, case, "merge", errors.NotMergeable())
    said = f"Đã gộp {case.number} vào {into.number}; người dân được báo trả lời tiếp ở đâu."
    merge = lambda: cases.merge(case, request.user, into=into, seen=_seen(request))  # noqa: E731
    return _left(request, case, _made(request, case, "merge", merge, said))


@case_act
def take_over(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    said = f"Anh/chị đã nhận thay hồ sơ {case.number}. Người trước được báo, lời nháp của họ còn ở dưới."
    return _made(request, case, "take-over", lambda: cases.take_over(case, request.user), said)


@case_act
def undo(request: DeskRequest, number: str) -> HttpResponse:
    case, turn = case_of(request, number), request.POST.get("turn", "")
    said = "Đã hoàn tác: người dân chưa thấy gì. Lời anh/chị viết ở lại ô trả lời."
    turn_id = int(turn) if turn.isdecimal() else 0
    if appointments.is_told_in(case, turn_id):
        return _undo_appointment(request, case, turn_id)
    return _made(request, case, "undo", lambda: cases.undo(case, request.user, turn_id), said)


def _undo_appointment(request: DeskRequest, case: Case, turn_id: int) -> HttpResponse:
    try:
        return undo_appointment(request, case, turn_id)
    except CaseProblem as problem:
        return _refused(request, case, "undo", problem)


def _left(request: DeskRequest, case: Case, response: HttpResponse) -> HttpResponse:
    """Out of one's hands: on to the queue."""
    if response.status_code == HTTPStatus.FOUND:
        tell_of_note(request, case)
        response["Location"] = reverse("desk:queue")
    return response
