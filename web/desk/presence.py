"""An open page of a case: who looks at it, what is being written, and that its holder is still there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from casework import cases, drafts, viewings
from casework.errors import DraftGone
from casework.models import Case
from conversations.changes import conversation_topic, publish
from web.desk.case_gone import words_kept_if_gone
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page
from web.desk.kept_words import case_act, keep_words


@desk_page("POST")
@words_kept_if_gone
def heartbeat(request: DeskRequest, number: str) -> HttpResponse:
    """Says nothing; an open page that somebody looks at asks for it every half a minute."""
    case = case_of(request, number)
    if case.claimed_by_id == request.user.pk:
        cases.keep(case, request.user)
    _note(request, case)
    return HttpResponse(status=204)


@desk_page("POST")
@words_kept_if_gone
def save_draft(request: DeskRequest, number: str) -> HttpResponse:
    """What stands in the composer, while it is being written."""
    case = case_of(request, number)
    if keep_words(request, case):
        _note(request, case, writes=True)
    return HttpResponse(status=204)


@case_act
def take_draft(request: DeskRequest, number: str) -> HttpResponse:
    """A colleague's words become one's own draft."""
    case, draft = case_of(request, number), request.POST.get("draft", "")
    try:
        drafts.take(case, request.user, int(draft) if draft.isdecimal() else 0)
    except DraftGone:
        messages.warning(request, "Lời nháp ấy vừa được gửi, lấy đi hoặc xoá.")
    return redirect("desk:case", number=number)


def _note(request: DeskRequest, case: Case, *, writes: bool = False) -> None:
    if viewings.note(case, request.user, writes=writes):
        publish(conversation_topic(case.conversation.public_id))
