"""Word to open pages of the desk that something changed; each page then fetches its own parts."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404

from casework import visibility
from conversations import changes
from web.desk.doors import DeskRequest, desk_page
from web.live import Event, event_stream


@desk_page("GET")
def stream(request: DeskRequest) -> StreamingHttpResponse:
    """Carries no content, so what a person may see is decided where the parts are made.

    ?case=HT-2026-000045: only of that case. A hundred open cases must not all look whenever one changes.
    """
    return event_stream(_topic(request), read=lambda: [Event(name="change", data={})])


def _topic(request: DeskRequest) -> str:
    number = request.GET.get("case")
    if not number:
        return changes.DESK
    case = get_object_or_404(visibility.cases_for(request.user), number=number)
    return changes.conversation_topic(case.conversation.public_id)
