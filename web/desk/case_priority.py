"""An official says how urgent a case is, with a reason; what is owed is then due by another level."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from casework import case_priority
from casework.errors import CaseMovedOn, NoReasonGiven
from casework.models import Case
from web.desk.cases import case_of
from web.desk.doors import DeskRequest
from web.desk.kept_words import case_act

NO_REASON = "Anh/chị ghi lý do rồi đổi mức khẩn; chưa có gì thay đổi."
MOVED_ON = "Hồ sơ {number} vừa được người khác trả lời, đóng hoặc đổi mức khẩn trước. Anh/chị xem lại."


@case_act
def put(request: DeskRequest, number: str) -> HttpResponse:
    """`priority`: as it should be; `priority_reason`: why, for colleagues."""
    case = case_of(request, number)
    urgent = request.POST.get("priority") == Case.Priority.URGENT
    priority = Case.Priority.URGENT if urgent else Case.Priority.NORMAL
    try:
        reason = request.POST.get("priority_reason", "")
        case_priority.set_priority(case, request.user, priority, reason=reason)
    except NoReasonGiven:
        messages.error(request, NO_REASON)
    except CaseMovedOn:
        messages.warning(request, MOVED_ON.format(number=number))
    else:
        messages.success(request, f"Hồ sơ {number}: {priority.label.lower()}. Hạn trả lời đã tính lại.")
    return redirect("desk:case", number=number)
