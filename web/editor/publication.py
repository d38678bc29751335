"""A revision, the one before it, putting it into use or back into use, and what the editor is told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from knowledge_base import publishing
from knowledge_base.errors import NotADraft, PublishingProblem, ReleaseProblem, StaleDraft
from knowledge_base.models import Revision
from web.editor.doors import EditorRequest

IN_FORCE = "Câu trả lời mới có hiệu lực từ bây giờ."
NOT_IN_FORCE = (
    "Bản mới đã được lưu nhưng chưa dựng được bản phát hành, nên trợ lý ảo vẫn trả lời theo bản cũ. "
    "Anh/chị báo người vận hành chạy lệnh motcua kb build."
)
NEVER_LIVE = "Bản này chưa từng được dùng nên không thể dùng lại. Anh/chị chọn một bản đã thay."
ALREADY_DONE = "Bản này không còn là bản nháp, có thể đã được công bố. Anh/chị xem tình trạng bên dưới."


def revision_of(code: str, number: int) -> Revision:
    """The numbered revision of a procedure or article. Raises Http404."""
    revisions = Revision.objects.select_related("procedure", "author", "based_on")
    revision: Revision = get_object_or_404(revisions, procedure__code=code, number=number)
    return revision


def live_before(revision: Revision) -> Revision | None:
    """The one that was live before this one."""
    earlier = revision.procedure.revisions.filter(number__lt=revision.number, published_at__isnull=False)
    former: Revision | None = earlier.order_by("-number").first()
    return former


def put_in_use(request: EditorRequest, draft: Revision, *, preview: str, content: str) -> HttpResponse:
    """Publish the draft and lead to the address `content`; to `preview` when it is no longer fit to be."""
    try:
        publishing.publish(draft, by=request.user)
    except StaleDraft:  # the preview shows what was published meanwhile
        return redirect(preview)
    except NotADraft:
        messages.warning(request, ALREADY_DONE)
        return redirect(preview)
    except ReleaseProblem:
        messages.error(request, NOT_IN_FORCE)
    else:
        messages.success(request, IN_FORCE)
    return redirect(content)


def use_again(request: EditorRequest, former: Revision, *, content: str) -> HttpResponse:
    """Publish a former revision once more and lead to the address `content`."""
    try:
        publishing.bring_back(former, by=request.user)
    except PublishingProblem:
        messages.error(request, NEVER_LIVE)
    except ReleaseProblem:
        messages.error(request, NOT_IN_FORCE)
    else:
        messages.success(request, f"Đã dùng lại bản số {former.number}. {IN_FORCE}")
    return redirect(content)
