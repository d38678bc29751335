"""Pictures and files in the chat: for the browser whose chat it is and for staff who may read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from casework import visibility
from conversations.models import Attachment
from office.models import Staff
from web.public.visitor import VISITOR_HEADER, visitor_of


@require_safe
def attachment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One picture or file; for everyone else it does not exist. An official's file is saved, not shown."""
    found = Attachment.objects.filter(public_id=public_id).select_related("conversation").first()
    if found is None or not _may_see(request, found):
        raise Http404
    try:
        with found.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=found.media_type)
    except FileNotFoundError as problem:
        raise Http404 from problem
    if found.name:
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_vary_headers(response, ("Cookie", VISITOR_HEADER))
    return response


def _may_see(request: HttpRequest, found: Attachment) -> bool:
    if found.conversation.chat == visitor_of(request).address.chat:
        return True
    staff = request.user
    if not isinstance(staff, Staff) or not staff.may_work_at_desk:
        return False
    return visibility.turns_for(staff).filter(conversation=found.conversation).exists()
