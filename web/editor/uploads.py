"""A file of procedures: uploaded, compared with what is in use record by record, and only then taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from knowledge_base import uploads
from knowledge_base.article import ArticleContent, Content
from knowledge_base.content import ProcedureContent
from knowledge_base.errors import ReleaseProblem, UploadProblem
from knowledge_base.flags import FLAG_LABELS
from knowledge_base.importing import compared
from knowledge_base.models import Upload, UploadedRecord
from knowledge_base.planning import Outcome
from knowledge_base.publishing import rebuild
from web.editor.article_differences import article_differences
from web.editor.differences import differences, heading_differences
from web.editor.doors import EditorRequest, editor_page
from web.editor.procedures import section_views

A_PAGE = 50
RECENT = 10
#: A release upon the former one works out the changed procedures only: seconds for these, minutes for all.
MOST_AT_ONCE = 100

OUTCOME_LABELS = {
    Outcome.NEW: "Mới",
    Outcome.CHANGED: "Đổi",
    Outcome.HELD_AS_DRAFT: "Để ở bản nháp",
    Outcome.REFUSED: "Bị từ chối",
    Outcome.UNCHANGED: "Không đổi",
    Outcome.ALREADY_HELD: "Đã có nội dung",
}
FIELD_LABELS = {
    "title": "tên", "field": "lĩnh vực", "decision": "quyết định", "url": "đường dẫn", "levels": "cấp",
    "audience": "đối tượng", "aliases": "tên gọi khác", "lead": "lời dẫn", "agencies": "cơ quan",
    "receiving_address": "nơi nộp", "methods": "cách nộp, thời hạn, phí", "documents": "giấy tờ",
    "steps": "trình tự", "conditions": "điều kiện", "result": "kết quả", "forms": "mẫu đơn",
    "legal_basis": "căn cứ pháp lý", "flags": "điểm cần xem lại", "remarks": "ghi chú của nguồn",
    "signpost": "chỉ dẫn", "online_level": "mức độ trực tuyến", "attachments": "tệp mẫu",
    "provenance": "nguồn", "sections": "các mục", "links": "đường dẫn kèm theo",
    "related": "thủ tục liên quan", "valid_from": "ngày áp dụng", "valid_to": "ngày hết áp dụng",
}  # fmt: skip

NO_FILE = "Anh/chị chọn một tệp rồi bấm “Xem trước”."
TAKEN_IN = "Đã nhập {new} thủ tục mới, đổi {changed}, để {held} ở bản nháp."
IN_FORCE = "Trợ lý ảo trả lời theo nội dung mới từ bây giờ."
BUILD_LATER = (
    "Trợ lý ảo còn trả lời theo nội dung cũ cho tới khi dựng bản phát hành: "
    "anh/chị báo người vận hành chạy lệnh motcua kb build."
)
DISCARDED = "Đã bỏ tệp, nội dung đang dùng không đổi."


@editor_page("GET", "POST")
def show(request: EditorRequest) -> HttpResponse:
    """GET: the form and the latest uploads. POST: read a file and show what it would change."""
    if request.method == "GET":
        return _form(request)
    file = request.FILES.get("file")
    if file is None:
        return _form(request, problem=NO_FILE, status=422)
    try:
        upload = uploads.examine(file, by=request.user)
    except UploadProblem as problem:
        return _form(request, problem=str(problem), status=422)
    return redirect("editor:upload", upload=upload.pk)


@editor_page("GET")
def report(request: EditorRequest, upload: int) -> HttpResponse:
    """What the file would change; after it was taken in, what it did."""
    found = _upload(upload)
    counts = {outcome: found.counts.get(outcome.value, 0) for outcome in OUTCOME_LABELS}
    shown = _wanted(request.GET.get("show"), counts)
    rows = found.records.filter(outcome=shown).defer("content")
    context = {
        "room": "editor",
        "upload": found,
        "is_open": found.status == Upload.Status.EXAMINED,
        "shown": shown,
        "shown_label": OUTCOME_LABELS[shown],
        "tabs": [(outcome, label, counts[outcome]) for outcome, label in OUTCOME_LABELS.items()],
        "to_take_in": sum(counts[one] for one in (Outcome.NEW, Outcome.CHANGED, Outcome.HELD_AS_DRAFT)),
        "page": _page(rows, request.GET.get("page")),
    }
    return render(request, "editor/upload.html", context)


@editor_page("GET")
def record(request: EditorRequest, upload: int, position: int) -> HttpResponse:
    """One record: field by field against what is in use, or whole when nothing is."""
    row = get_object_or_404(UploadedRecord.objects.select_related("upload"), upload=upload, position=position)
    read = uploads.record_of(row)
    if read is None:
        raise Http404("Bản ghi này bị từ chối nên không có nội dung để xem.")
    before, after = compared(read)
    context = {
        "room": "editor",
        "row": row,
        "content": after,
        "fields": [FIELD_LABELS.get(name, name) for name in row.fields],
        "flags": _new_flags(before, after),
        **_shown(before, after),
    }
    return render(request, "editor/uploaded_record.html", context)


@editor_page("POST")
def confirm(request: EditorRequest, upload: int) -> HttpResponse:
    """Take the records in as the page showed them, without the file being sent again."""
    try:
        done = uploads.confirm(_upload(upload), by=request.user)
    except UploadProblem as problem:
        messages.warning(request, str(problem))
        return redirect("editor:upload", upload=upload)
    new, changed, held = (done.count(one) for one in (Outcome.NEW, Outcome.CHANGED, Outcome.HELD_AS_DRAFT))
    messages.success(request, TAKEN_IN.format(new=new, changed=changed, held=held))
    if new + changed + held:
        _put_in_force(request, how_many=new + changed + held)
    return redirect("editor:upload", upload=upload)


@editor_page("POST")
def discard(request: EditorRequest, upload: int) -> HttpResponse:
    try:
        uploads.discard(_upload(upload), by=request.user)
    except UploadProblem as problem:
        messages.warning(request, str(problem))
        return redirect("editor:upload", upload=upload)
    messages.success(request, DISCARDED)
    return redirect("editor:uploads")


def _form(request: EditorRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "room": "editor",
        "problem": problem,
        "kinds": ",".join(uploads.KINDS),
        "largest": uploads.LARGEST // 1_000_000,
        "recent": Upload.objects.select_related("uploaded_by")[:RECENT],
    }
    return render(request, "editor/uploads.html", context, status=status)


def _upload(key: int) -> Upload:
    found: Upload = get_object_or_404(Upload.objects.select_related("uploaded_by"), pk=key)
    return found


def _page(rows: Any, number: str | None) -> Page[Any]:
    """A page of rows, each with the names of its changed fields as the page says them."""
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(number)
    for row in page:
        row.field_labels = [FIELD_LABELS.get(name, name) for name in row.fields]
    return page


def _wanted(named: str | None, counts: dict[Outcome, int]) -> Outcome:
    """The outcome that was asked for, else the first that has any record."""
    if named in set(Outcome):
        return Outcome(named)
    return next((outcome for outcome, number in counts.items() if number), Outcome.NEW)


def _shown(before: Content | None, after: Content) -> dict[str, Any]:
    """What is compared, or the whole of what is new."""
    if isinstance(after, ArticleContent):
        known = before if isinstance(before, ArticleContent) else None
        return {"is_article": True, "differences": article_differences(known, after)}
    if not isinstance(before, ProcedureContent):
        return {"is_new": True, "sections": [view for view in section_views(after) if view.lines]}
    return {"differences": (*heading_differences(before, after), *differences(before, after))}


def _new_flags(before: Content | None, after: Content) -> list[str]:
    known = before.flags if before else ()
    return [FLAG_LABELS.get(flag, flag) for flag in after.flags if flag not in known]


def _put_in_force(request: EditorRequest, *, how_many: int) -> None:
    if how_many > MOST_AT_ONCE:
        messages.warning(request, BUILD_LATER)
        return
    try:
        rebuild()
    except ReleaseProblem:
        messages.warning(request, BUILD_LATER)
    else:
        messages.success(request, IN_FORCE)
