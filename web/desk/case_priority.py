"""An official says how urgent a case is, with a reason; what is owed is then due by another level."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from casework import case_priority
from casework.errors import CaseMovedOn, NoReasonGiven
from casework.models import Case
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page

NO_REASON = "Anh/chị ghi lý do rồi đổi mức khẩn; chưa có gì thay đổi."
MOVED_ON = "Hồ sơ {number} vừa được người khác trả lời, đóng hoặc đổi mức khẩn trước. Anh/chị xem lại."


@desk_page("POST")
def put(request: DeskRequest, number: str) -> HttpResponse:
    """`priority`: as it should be; `reason`: why, for colleagues."""
    case = case_of(request, number)
    urgent = request.POST.get("priority") == Case.Priority.URGENT
    priority = Case.Priority.URGENT if urgent else Case.Priority.NORMAL
    try:
        case_priority.set_priority(case, request.user, priority, reason=request.POST.get("reason", ""))
    except NoReasonGiven:
        messages.error(request, NO_REASON)
    except CaseMovedOn:
        messages.warning(request, MOVED_ON.format(number=number))
    else:
        messages.success(request, f"Hồ sơ {number}: {priority.label.lower()}. Hạn trả lời đã tính lại.")
    return redirect("desk:case", number=number)
