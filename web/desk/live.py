"""Word to open pages of the desk that something changed; each page then fetches its own parts."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import StreamingHttpResponse

from conversations import changes
from office import sessions
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page
from web.live import Event, Listener, Read, event_stream


@desk_page("GET")
def stream(request: DeskRequest) -> StreamingHttpResponse:
    """Carries no content, so what a person may see is decided where the parts are made.

    ?case=HT-2026-000045: only of that case. A hundred open cases must not all look whenever one changes.
    ?since=: the mark that the page was given with its rows; without it the first word comes at once.
    """
    topic = _topic(request)
    read = _news(topic, since=request.GET.get("since", ""))
    return event_stream(topic, read=read, listener=_listener(request))


def _news(topic: str, *, since: str) -> Read:
    """Word of a change where there was one since the page was made, or since the last word."""

    def read() -> Sequence[Event]:
        nonlocal since
        before, since = since, changes.mark()
        return [Event(name="change", data={})] if changes.changed_since(before, topic) else ()

    return read


def _listener(request: DeskRequest) -> Listener:
    """Stays while the session goes on with the same role and units: else the door decides anew."""
    staff, key = request.user, request.session.session_key or ""
    at_first = sessions.standing(staff, key)

    def may_stay() -> bool:
        return sessions.standing(staff, key) == at_first != frozenset()

    return Listener(staff_id=staff.pk, may_stay=may_stay)


def _topic(request: DeskRequest) -> str:
    number = request.GET.get("case")
    if not number:
        return changes.DESK
    return changes.conversation_topic(case_of(request, number).conversation.public_id)
