"""Word to open pages of the desk that something changed; each page then fetches its own parts."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from conversations import changes
from web.desk.doors import DeskRequest, desk_page
from web.live import Event, event_stream


@desk_page("GET")
def stream(request: DeskRequest) -> StreamingHttpResponse:  # noqa: ARG001 -- the door has looked at it
    """Carries no content, so what a person may see is decided where the parts are made."""
    return event_stream(changes.DESK, read=lambda: [Event(name="change", data={})])
