"""What an official does with a report: one form an act, each naming the version it was decided on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from casework import errors, merging, named_units, report_acts, visibility
from casework.models import Report
from casework.report_acts import Classification
from office.models import Unit
from web.desk.doors import DeskRequest, desk_page
from web.desk.foreign_links import link_warning
from web.desk.reach import also_held
from web.desk.reports import context_of, visible

MOVED_ON = "Người khác vừa cập nhật phản ánh này. Không có gì bị ghi đè; anh/chị xem lại rồi quyết định."

#: What went wrong, as the official reads it, and the status of the page that says so.
_PROBLEMS: dict[type[errors.StepProblem], tuple[str, int]] = {
    errors.ReportMovedOn: (MOVED_ON, 409),
    errors.NoSuchStep: (MOVED_ON, 409),
    errors.ReasonMissing: ("Anh/chị viết nội dung mà người dân sẽ đọc.", 400),
    errors.NotOffered: ("Anh/chị chọn một mục trong danh sách.", 400),
    errors.NotToWhomItIsAbout: (
        "Phản ánh về phục vụ không được chuyển cho chính đơn vị bị phản ánh, hoặc đơn vị trực thuộc.", 400,
    ),
    errors.UnitTakesNoReports: (
        "Đơn vị này không nhận phản ánh tại đây. Anh/chị chọn “Không tiếp nhận” và nơi giải quyết.", 400,
    ),
    errors.NotTheSameMatter: (
        "Chỉ gộp vào một phản ánh khác đang xử lý, cùng loại, mà anh/chị xem được. Anh/chị xem lại mã.", 400,
    ),
    errors.OnlyOverseers: ("Chỉ người phụ trách và quản trị viên tách được phản ánh đã gộp.", 403),
}  # fmt: skip


@desk_page("POST")
def act(request: DeskRequest, code: str, act: str) -> HttpResponse:
    """Do it and say so; or the page as it is now, with the reason and what was typed.

    A report that the official may not see any more, or never could, gets one and the same page: it keeps
    what was typed and tells nothing of the report.
    """
    if act not in _ACTS:
        raise Http404
    try:
        report = visible(request, code)
    except Http404:
        return _gone(request, code)
    if warned := link_warning(request, request.POST.get("words", "")):
        return _again(request, code, act, status=409, **warned)
    try:
        said = _ACTS[act](request, report, _seen(request))
    except errors.StepProblem as problem:
        words, status = _PROBLEMS[type(problem)]
        return _again(request, code, act, status=status, problem=words)
    messages.success(request, f"{said}{also_held(report.conversation)}")
    still_mine = visibility.reports_for(request.user).filter(pk=report.pk).exists()
    return redirect("desk:report", code=code) if still_mine else redirect("desk:reports")


def _seen(request: DeskRequest) -> int:
    """The version the form was made of; one that no report has where it was tampered with."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def _again(request: DeskRequest, code: str, act: str, *, status: int, **more: str) -> HttpResponse:
    context = context_of(request, visible(request, code), tried=act, typed=request.POST, **more)
    return render(request, "desk/report.html", context, status=status)


def _gone(request: DeskRequest, code: str) -> HttpResponse:
    context = {"room": "reports", "code": code, "typed": request.POST}
    return render(request, "desk/report_gone.html", context, status=404)


def _take_in(request: DeskRequest, report: Report, seen: int) -> str:
    before, to = report.unit, _unit(request)
    report_acts.take_in_and_assign(report, request.user, seen=seen, as_=_classification(request), to=to)
    passed_on = f" và chuyển đến {report.unit.name}" if report.unit != before else ""
    return f"Đã tiếp nhận phản ánh {report.code}{passed_on}. Người dân được báo trong cuộc trò chuyện."


def _classify(request: DeskRequest, report: Report, seen: int) -> str:
    report_acts.classify(report, request.user, seen=seen, as_=_classification(request))
    return f"Đã phân loại phản ánh {report.code}: {report.get_level_display().lower()}."


def _start(request: DeskRequest, report: Report, seen: int) -> str:
    report_acts.start(report, request.user, seen=seen)
    return f"Phản ánh {report.code} chuyển sang đang xử lý."


def _answer(request: DeskRequest, report: Report, seen: int) -> str:
    report_acts.answer(
        report,
        request.user,
        seen=seen,
        outcome=request.POST.get("outcome", ""),
        words=request.POST.get("words", ""),
        for_followers="for_followers" in request.POST,
    )
    return f"Đã gửi trả lời phản ánh {report.code} cho người dân."


def _forward(request: DeskRequest, report: Report, seen: int) -> str:
    to = _unit(request)
    if to is None:
        raise errors.NotOffered
    report_acts.forward(report, request.user, seen=seen, to=to, reason=request.POST.get("words", ""))
    return f"Đã chuyển phản ánh {report.code} đến {to.name}. Người dân được báo."


def _name_unit(request: DeskRequest, report: Report, seen: int) -> str:
    about = _unit(request)
    if about is None:
        raise errors.NotOffered
    named_units.name_unit(report, request.user, seen=seen, about=about)
    return f"Đã ghi phản ánh {report.code} là về {about.name}. Đơn vị xử lý: {report.unit.name}."


def _refuse(request: DeskRequest, report: Report, seen: int) -> str:
    report_acts.refuse(
        report,
        request.user,
        seen=seen,
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", ""),
        signpost=Unit.objects.filter(code=request.POST.get("signpost", ""), is_signpost_only=True).first(),
    )
    return f"Đã báo người dân lý do không tiếp nhận phản ánh {report.code} và nơi giải quyết."


def _merge(request: DeskRequest, report: Report, seen: int) -> str:
    code = request.POST.get("into", "").strip().upper()
    into = visibility.reports_for(request.user).filter(code=code).first()
    if into is None:
        raise errors.NotTheSameMatter
    merging.merge(report, request.user, seen=seen, into=into)
    return f"Đã gộp phản ánh {report.code} vào {into.code}. Người gửi được báo theo {into.code}."


def _split_off(request: DeskRequest, report: Report, seen: int) -> str:
    merging.split_off(report, request.user, seen=seen, reason=request.POST.get("words", ""))
    return f"Đã tách phản ánh {report.code} ra xử lý riêng. Người gửi được báo."


def _classification(request: DeskRequest) -> Classification:
    return Classification(level=request.POST.get("level", ""), category=request.POST.get("category", ""))


def _unit(request: DeskRequest) -> Unit | None:
    return Unit.objects.filter(code=request.POST.get("unit", "")).first()


_ACTS: dict[str, Callable[[DeskRequest, Report, int], str]] = {
    "take-in": _take_in,
    "classify": _classify,
    "start": _start,
    "answer": _answer,
    "forward": _forward,
    "name-unit": _name_unit,
    "refuse": _refuse,
    "merge": _merge,
    "split-off": _split_off,
}
