"""The chat at `/`: the page, what a citizen sends, and what the page reads back.

Every action works as a plain form post, too, and ends in the page or in the page with a sentence.
"""

from __future__ import annotations

import secrets
import threading
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bot import intake
from casework import visibility
from conversations import changes
from conversations.errors import PhotoRefused
from conversations.messages import InboundMessage
from conversations.models import Attachment, Conversation, Turn
from conversations.photos import MAX_BYTES, keep_photo
from office.hotlines import urgent_hotlines
from office.models import Staff
from web.live import event_stream
from web.public import submission, words
from web.public.errors import ChatRefusal, PhotoNotTaken, PhotoTooLarge, TooFast
from web.public.feed import Feed
from web.public.standing import standing_of
from web.public.transcript import ShownTurn, shown, visible_turns
from web.public.visitor import Visitor, forget, remember, visitor_of

#: Turns on one page: with its styles and script the first page stays below 100 KB.
TURNS_ON_A_PAGE = 30
#: What one conversation may send in a minute.
MESSAGES_A_MINUTE = 20
#: Seconds a plain form post waits for the answer, so that the page it leads to already shows it.
PATIENCE = 2.0


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The chat, with the newest turns or those before `?before=ID`."""
    return _page(request, visitor_of(request))


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Take in a text, a tapped choice or a position."""
    visitor = visitor_of(request)
    try:
        fields = submission.posted_fields(request)
        turn = _known(fields, visitor) or _receive(submission.message_of(fields, visitor), visitor)
    except ChatRefusal as refusal:
        return _refused(request, visitor, refusal)
    return _taken_in(request, visitor, turn)


@require_POST
def send_photo(request: HttpRequest) -> HttpResponse:
    """Keep a picture, freed of its metadata, and take it in as a message."""
    visitor = visitor_of(request)
    try:
        turn = _known(request.POST, visitor) or _receive_photo(request, visitor)
    except ChatRefusal as refusal:
        return _refused(request, visitor, refusal)
    return _taken_in(request, visitor, turn)


@require_safe
@never_cache
def turns(request: HttpRequest) -> JsonResponse:
    """What is newer than `?after=ID`, for a page whose stream is broken."""
    conversation = visitor_of(request).conversation()
    newer = visible_turns(conversation).filter(id__gt=_number(request, "after")) if conversation else ()
    return JsonResponse(
        {
            "turns": [shown(turn).as_json() for turn in newer],
            "standing": standing_of(conversation).as_json(),
        }
    )


@require_safe
def stream(request: HttpRequest) -> HttpResponseBase:
    """The live stream of this browser's conversation; 204 tells a browser without one not to come back."""
    conversation = visitor_of(request).conversation()
    if conversation is None:
        return HttpResponse(status=204)
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if last.isdecimal() else _number(request, "after")
    return event_stream(
        changes.conversation_topic(conversation.public_id), read=Feed(conversation, after=after)
    )


@require_safe
def attachment(request: HttpRequest, public_id: str) -> HttpResponse:
    """A picture, for the browser that sent it and for staff who may read its conversation."""
    found = Attachment.objects.filter(public_id=public_id).select_related("conversation").first()
    if found is None or not _may_see(request, found):
        raise Http404
    try:
        with found.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=found.media_type)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def start_over(_request: HttpRequest) -> HttpResponse:
    """Forget this browser on a shared machine. The conversation stays with the office; its key is dropped."""
    response = forget(redirect("public:chat"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _known(fields: Any, visitor: Visitor) -> Turn | None:
    """The turn of a message that was already taken in: a browser that lost our answer sends it again."""
    event_id = submission.event_id_of(fields, visitor)
    address = visitor.address
    return Turn.objects.filter(channel=address.channel, account=address.account, event_id=event_id).first()


def _receive(message: InboundMessage, visitor: Visitor) -> Turn:
    _check_pace(visitor.conversation())
    return intake.receive(message)


def _receive_photo(request: HttpRequest, visitor: Visitor) -> Turn:
    upload = request.FILES.get("photo")
    if upload is None:
        raise PhotoNotTaken
    if (upload.size or 0) > MAX_BYTES:
        raise PhotoTooLarge
    conversation = visitor.begun_conversation()
    _check_pace(conversation)
    try:
        kept = keep_photo(conversation, upload.read())
    except PhotoRefused as problem:
        raise PhotoNotTaken from problem
    return intake.receive(submission.photo_message(request.POST, visitor, kept))


def _check_pace(conversation: Conversation | None) -> None:
    if conversation is None:
        return
    lately = timezone.now() - timedelta(minutes=1)
    said = Turn.objects.filter(
        conversation=conversation, direction=Turn.Direction.IN, created_at__gt=lately
    ).count()
    if said >= MESSAGES_A_MINUTE:
        raise TooFast


def _may_see(request: HttpRequest, found: Attachment) -> bool:
    if found.conversation.chat == visitor_of(request).address.chat:
        return True
    staff = request.user
    if not isinstance(staff, Staff) or not staff.may_work_at_desk:
        return False
    return visibility.turns_for(staff).filter(conversation=found.conversation).exists()


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def _wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json" or "application/json" in request.headers.get(
        "Accept", ""
    )


def _taken_in(request: HttpRequest, visitor: Visitor, turn: Turn) -> HttpResponse:
    conversation = turn.conversation
    if not _wants_json(request):
        _wait_for_answer(conversation)
        return remember(redirect("/#cuoi"), visitor)
    taken = {"turn": shown(turn).as_json(), "standing": standing_of(conversation).as_json()}
    return remember(JsonResponse(taken), visitor)


def _wait_for_answer(conversation: Conversation) -> None:
    changed = threading.Event()
    ends = timezone.now() + timedelta(seconds=PATIENCE)
    topic = changes.conversation_topic(conversation.public_id)
    with changes.subscribe(topic, listener=lambda _topic: changed.set()):
        while standing_of(conversation).answering and timezone.now() < ends:
            changed.wait(PATIENCE / 4)
            changed.clear()


def _refused(request: HttpRequest, visitor: Visitor, refusal: ChatRefusal) -> HttpResponse:
    if not _wants_json(request):
        draft = request.POST.get("text", "")[: intake.LONGEST_TEXT]
        return _page(request, visitor, status=refusal.status, problem=refusal.sentence, draft=draft)
    problem = {"code": refusal.code, "message": refusal.sentence}
    response = remember(JsonResponse({"error": problem}, status=refusal.status), visitor)
    if isinstance(refusal, TooFast):
        response["Retry-After"] = "60"
    return response


def _page(request: HttpRequest, visitor: Visitor, *, status: int = 200, **more: str) -> HttpResponse:
    conversation = visitor.conversation()
    before = _number(request, "before")
    newest = _newest(conversation, before=before)
    context = {
        "words": words,
        "hotlines": urgent_hotlines(),
        "turns": newest[-TURNS_ON_A_PAGE:],
        "older": len(newest) > TURNS_ON_A_PAGE,
        "before": before,
        "standing": standing_of(conversation),
        "event_id": secrets.token_urlsafe(16),
        "demonstration": settings.DEMONSTRATION,
        **more,
    }
    response = render(request, "public/chat.html", context, status=status)
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    response["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
    return remember(response, visitor)


def _newest(conversation: Conversation | None, *, before: int) -> list[ShownTurn]:
    """The last turns, oldest first, and one more when there are older ones."""
    if conversation is None:
        return []
    found = visible_turns(conversation).order_by("-id")
    if before:
        found = found.filter(id__lt=before)
    return [shown(turn) for turn in reversed(found[: TURNS_ON_A_PAGE + 1])]
