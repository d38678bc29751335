"""Citizens' reports: the list, one report with its photos and register, and the steps an official takes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import reports, visibility
from casework.errors import NoSuchStep, NotToWhomItIsAbout, ReasonMissing, ReportMovedOn
from casework.models import Report
from office.models import Unit
from web.desk.doors import DeskRequest, desk_page
from web.desk.fragments import is_refresh, refreshed

A_PAGE = 50

State = Report.State

MOVED_ON = "Người khác vừa cập nhật phản ánh này. Không có gì bị ghi đè; anh/chị xem lại rồi quyết định."

REFUSALS = (
    "Nội dung không thuộc thẩm quyền giải quyết của thành phố",
    "Chưa đủ thông tin để xử lý (thiếu địa điểm, thời gian hoặc mô tả)",
    "Trùng với phản ánh đã được tiếp nhận",
    "Là khiếu nại hoặc tố cáo, phải thực hiện theo thủ tục riêng",
)

SAID = {
    State.TAKEN_IN: "Đã tiếp nhận phản ánh {code}. Người dân được báo trong cuộc trò chuyện.",
    State.IN_PROGRESS: "Phản ánh {code} chuyển sang đang xử lý. Người dân được báo.",
    State.ANSWERED: "Đã gửi trả lời phản ánh {code} cho người dân.",
    State.REFUSED: "Đã báo người dân lý do không tiếp nhận phản ánh {code}.",
}

LISTS = {
    "new": ("Mới gửi", (State.NEW,)),
    "open": ("Đang xử lý", (State.TAKEN_IN, State.IN_PROGRESS)),
    "done": ("Đã xong", (State.ANSWERED, State.REFUSED)),
}


@desk_page("GET")
def show_all(request: DeskRequest) -> HttpResponse:
    visible = visibility.reports_for(request.user)
    chosen = request.GET.get("list", "new")
    chosen = chosen if chosen in LISTS else "new"
    tabs = [
        {"key": key, "name": name, "number": visible.filter(state__in=states).count()}
        for key, (name, states) in LISTS.items()
    ]
    ordered = visible.filter(state__in=LISTS[chosen][1])
    ordered = ordered.order_by("-id") if chosen == "done" else ordered.order_by("-urgent", "id")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    context = {"room": "reports", "tabs": tabs, "chosen": chosen, "page": page}
    if is_refresh(request):
        return refreshed(request, "desk/_reports.html", {**context, "swap": True})
    return render(request, "desk/reports.html", context)


def _report(request: DeskRequest, code: str) -> Report:
    return get_object_or_404(visibility.reports_for(request.user), code=code)


@desk_page("GET")
def show(request: DeskRequest, code: str) -> HttpResponse:
    return render(request, "desk/report.html", _context(_report(request, code)))


def _context(report: Report, **more: Any) -> dict[str, Any]:
    return {
        "room": "reports",
        "report": report,
        "photos": report.photos.all(),
        "register": report.steps.select_related("actor"),
        "next_states": reports.NEXT_STATES[report.state],
        "refusals": REFUSALS,
        "units": Unit.objects.exclude(pk=report.unit_id),
        **more,
    }


@desk_page("POST")
def step(request: DeskRequest, code: str) -> HttpResponse:
    report = _report(request, code)
    to, words = request.POST.get("to", ""), _words(request)
    try:
        reports.move_on(report, request.user, to=to, seen=request.POST.get("seen", ""), words=words)
    except ReasonMissing:
        return _again(request, code, to=to, problem="Anh/chị viết nội dung mà người dân sẽ đọc.", status=400)
    except (ReportMovedOn, NoSuchStep):
        return _again(request, code, to=to, problem=MOVED_ON, draft=words, status=409)
    messages.success(request, SAID[State(to)].format(code=report.code))
    return redirect("desk:report", code=code)


@desk_page("POST")
def forward(request: DeskRequest, code: str) -> HttpResponse:
    report = _report(request, code)
    to = Unit.objects.filter(code=request.POST.get("unit", "")).first()
    seen = Unit.objects.filter(code=request.POST.get("seen_unit", "")).first()
    if to is None or seen is None:
        return _again(request, code, to="forward", problem="Anh/chị chọn đơn vị nhận.", status=400)
    try:
        reports.forward(report, request.user, to=to, seen=seen)
    except NotToWhomItIsAbout:
        problem = "Phản ánh về phục vụ không được chuyển cho chính đơn vị bị phản ánh."
        return _again(request, code, to="forward", problem=problem, status=400)
    except (ReportMovedOn, NoSuchStep):
        return _again(request, code, to="forward", problem=MOVED_ON, status=409)
    messages.success(request, f"Đã chuyển phản ánh {code} đến {to.name}. Người dân được báo.")
    return redirect("desk:reports")


def _words(request: DeskRequest) -> str:
    parts = (request.POST.get("reason", ""), request.POST.get("words", "").strip())
    return ". ".join(part for part in parts if part)


def _again(request: DeskRequest, code: str, *, status: int, **more: Any) -> HttpResponse:
    """The report as it is now, with what was typed kept and the reason beside it."""
    return render(request, "desk/report.html", _context(_report(request, code), **more), status=status)


@desk_page("GET")
def photo(request: DeskRequest, code: str, public_id: str) -> FileResponse:
    """A photo, to whoever may see its report and to nobody else."""
    attachment = get_object_or_404(_report(request, code).photos, public_id=public_id)
    response = FileResponse(attachment.file.open("rb"), content_type=attachment.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
