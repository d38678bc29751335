"""What the public sees of reports: those that wait for a decision, one beside its proposal, the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import public_photos, publication_queue, publications, visibility
from casework.errors import (
    NamesAPerson,
    NoReasonNotToShow,
    NotForThePublic,
    NothingToShow,
    PhotoGone,
    ReportMovedOn,
)
from casework.models import Publication, Report
from casework.public_photos import ChosenPhoto, covers_in
from casework.publication_queue import LISTS
from casework.publications import Approval, Precision
from web.desk.doors import DeskRequest, overseers_page
from web.desk.masked import parts
from web.public.asked import number_in

A_PAGE = 50

LIST_NAMES = {
    "undecided": "Chờ quyết định",
    "answered": "Có trả lời mới",
    "shown": "Đang công khai",
    "kept-back": "Không công khai",
}
REASONS = (
    "Nội dung hoặc ảnh làm lộ người khác",
    "Liên quan trẻ em hoặc người cần được bảo vệ",
    "Lời lẽ không phù hợp",
    "Trùng với phản ánh đã công khai",
    "Không liên quan việc chung",
)
MOVED_ON = "Phản ánh vừa được người khác cập nhật. Chưa có gì được công khai; anh/chị xem lại rồi quyết định."
PROBLEMS = {
    NotForThePublic: "Phản ánh phải được tiếp nhận rồi mới công khai được.",
    NothingToShow: "Nội dung công khai đang trống. Anh/chị ghi nội dung, hoặc chọn không công khai.",
    NamesAPerson: "Nội dung còn tên người. Phản ánh loại này chỉ công khai khi không nêu tên ai: "
    "anh/chị thay tên bằng “cán bộ”, “người này”.",
    PhotoGone: "Có ảnh không mở được nữa. Anh/chị chọn lại ảnh.",
}


@overseers_page("GET")
def show_all(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("list", "undecided")
    chosen = chosen if chosen in LISTS else "undecided"
    context = {
        "room": "publications",
        "tabs": LIST_NAMES.items(),
        "chosen": chosen,
        "page": Paginator(LISTS[chosen](request.user), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/publications.html", context)


@overseers_page("GET")
def show(request: DeskRequest, code: str) -> HttpResponse:
    report = _report(request, code)
    return render(request, "desk/publication.html", _context(report, _drafted(report)))


@overseers_page("POST")
def approve(request: DeskRequest, code: str) -> HttpResponse:
    """Show it as the form says; asks once more when the words still hold what masking would take out."""
    report = _report(request, code)
    approval = _approval(request)
    if "look" in request.POST or (doubts := _doubts(report, approval, request)):
        doubted = {} if "look" in request.POST else doubts
        return render(
            request,
            "desk/publication.html",
            _context(report, approval, covers=_covers(request), **doubted),
            status=200 if "look" in request.POST else 409,
        )
    try:
        publications.approve(report, request.user, approval, seen=number_in(request.POST.get("seen", "")))
    except (NotForThePublic, NothingToShow, NamesAPerson, PhotoGone) as problem:
        return _again(request, code, approval, PROBLEMS[type(problem)], status=400)
    except ReportMovedOn:
        return _again(request, code, approval, MOVED_ON, status=409)
    return _next(request, code, f"Đã công khai phản ánh {code}.")


@overseers_page("POST")
def keep_back(request: DeskRequest, code: str) -> HttpResponse:
    report = _report(request, code)
    chosen = (request.POST.get("reason", ""), request.POST.get("words", "").strip())
    because = ". ".join(part for part in chosen if part)
    seen = number_in(request.POST.get("seen", ""))
    try:
        publications.keep_back(report, request.user, because=because, seen=seen)
    except NoReasonNotToShow:
        return _again(
            request, code, _drafted(report), "Anh/chị chọn hoặc ghi lý do không công khai.", status=400
        )
    except ReportMovedOn:
        return _again(request, code, _drafted(report), MOVED_ON, status=409)
    return _next(request, code, f"Phản ánh {code} không được công khai; lý do đã vào sổ.")


@overseers_page("GET")
def photo(request: DeskRequest, code: str, public_id: str) -> HttpResponse:
    """A photo as the public would see it, with `?covers=` covered."""
    original = get_object_or_404(_report(request, code).photos, public_id=public_id)
    try:
        jpeg = public_photos.covered(original, covers_in(request.GET.get("covers", "")))
    except PhotoGone as problem:
        raise Http404 from problem
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _report(request: DeskRequest, code: str) -> Report:
    return get_object_or_404(visibility.reports_to_publish_for(request.user), code=code)


def _drafted(report: Report) -> Approval:
    """What the form begins with: what is shown, else what is proposed; never a photo."""
    proposal = publications.propose(report)
    shown = Publication.objects.filter(report=report, withdrawn_at=None).first()
    if shown is None:
        return Approval(
            text=proposal.text, place=proposal.place, answer=proposal.answer, precision=Precision.ABOUT
        )
    is_new = bool(proposal.answer) and shown.answer_of != report.answered_at
    return Approval(
        text=shown.text,
        place=shown.place,
        answer=proposal.answer if is_new else shown.answer,
        precision=publications.precision_of(shown, report),
    )


def _approval(request: HttpRequest) -> Approval:
    form = request.POST
    wanted = form.get("precision", "")
    return Approval(
        text=form.get("text", ""),
        place=form.get("place", ""),
        answer=form.get("answer", ""),
        precision=Precision(wanted) if wanted in list(Precision) else Precision.NONE,
        photos=tuple(
            ChosenPhoto(public_id=public_id, covers=covers_in(form.get(f"covers-{public_id}", "")))
            for public_id in form.getlist("photo")
        ),
    )


def _covers(request: HttpRequest) -> dict[str, str]:
    """What was typed for each photo, chosen or not."""
    return {
        name.removeprefix("covers-"): value
        for name, value in request.POST.items()
        if name.startswith("covers-") and isinstance(value, str)
    }


def _doubts(report: Report, approval: Approval, request: HttpRequest) -> dict[str, Any]:
    """What a person should look at twice; {} when there is nothing, or it was looked at."""
    if request.POST.get("sure"):
        return {}
    shown = (approval.text, approval.place, approval.answer)
    left = publications.personal_data_in(*shown)
    names = report.kind not in publications.WITHOUT_NAMES and publications.names_somebody(*shown)
    return {"left": left, "names": names} if left or names else {}


def _context(report: Report, draft: Approval, **more: Any) -> dict[str, Any]:
    proposal = publications.propose(report)
    typed: dict[str, str] = more.pop("covers", {})
    chosen = {photo.public_id for photo in draft.photos}
    return {
        "room": "publications",
        "report": report,
        "publication": Publication.objects.filter(report=report).first(),
        "draft": draft,
        "text": parts(report.text, proposal.text),
        "place": parts(report.place, proposal.place),
        "answer": parts(report.answer, proposal.answer) if proposal.answer else (),
        "photos": [
            {
                "public_id": photo.public_id,
                "is_chosen": photo.public_id in chosen,
                "covers": typed.get(photo.public_id, ""),
            }
            for photo in report.photos.order_by("id")
        ],
        "reasons": REASONS,
        **more,
    }


def _again(request: DeskRequest, code: str, draft: Approval, problem: str, *, status: int) -> HttpResponse:
    """The report as it is now, with what was typed kept and the reason beside it."""
    context = _context(_report(request, code), draft, problem=problem, covers=_covers(request))
    return render(request, "desk/publication.html", context, status=status)


def _next(request: DeskRequest, code: str, said: str) -> HttpResponse:
    """On to the next that waits, so that a whole list is worked through without going back to it."""
    messages.success(request, said)
    waiting = publication_queue.next_to_decide(request.user, after=code)
    return redirect("desk:publication", code=waiting.code) if waiting else redirect("desk:publications")
