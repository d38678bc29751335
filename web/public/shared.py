"""A machine that several people use (a kiosk, an internet café): nothing of one may wait for the next.

Opened by `/?shared=1`, ended by `/?shared=0`. Then the browser is remembered until it is closed only, a page
that is loaded again shows nothing of before, and the conversation ends by itself when nobody touches it: the
page counts down in sight; should the browser be gone, the rows end a little later (`Conversation.ends_at`).
The widget has no cookies: its script says in a header that the machine is one, and keeps its token nowhere.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from conversations.models import Conversation
from web.public import cookies
from web.public.visitor import brings_token

#: What is asked for after the end, so that the page says so once.
ENDED = "da-xoa"
#: Longer than a live stream lasts before its browser comes back: an open page keeps its rows.
GRACE = timedelta(minutes=15)
#: Seconds in which a form's answer may be loaded, once.
TO_LOAD = 15
HEADER = "X-Chat-Shared"
_MODE = "shared"
_ANSWERED = "answered"


def _has(request: HttpRequest, name: str) -> bool:
    return cookies.kept(request, name) == "1"


def seconds() -> int:
    """After how many without a touch the page ends the conversation."""
    minutes: int = settings.SHARED_MINUTES
    return minutes * 60


def is_shared(request: HttpRequest) -> bool:
    if brings_token(request):
        return request.headers.get(HEADER) == "1"
    asked = request.GET.get("shared") if _is_asked_here(request) else None
    return asked == "1" or (asked != "0" and _has(request, _MODE))


def _is_asked_here(request: HttpRequest) -> bool:
    """Not by a link on another site: it would take a citizen's conversation out of his or her own sight."""
    return request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}


def may_see_before(request: HttpRequest) -> bool:
    """False for a page that is loaded anew on a shared machine: whoever loads it may be someone else."""
    return not is_shared(request) or _has(request, _ANSWERED)


def remember_mode(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Keep the mode while the browser is open; the one look at an answer is used up."""
    if is_shared(request):
        cookies.keep(response, _MODE, "1")
    elif _has(request, _MODE):
        cookies.drop(response, _MODE)
    if _has(request, _ANSWERED):
        cookies.drop(response, _ANSWERED)
    return response


def let_see_answer(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A form post leads to the page: that one load belongs to who posted it."""
    if is_shared(request):
        cookies.keep(response, _ANSWERED, "1", seconds=TO_LOAD)
    return response


def note_activity(request: HttpRequest, conversation: Conversation) -> None:
    """Move the end of this conversation on."""
    if is_shared(request):
        ends = timezone.now() + timedelta(minutes=settings.SHARED_MINUTES) + GRACE
        Conversation.objects.filter(pk=conversation.pk, erased_at=None).update(ends_at=ends)
