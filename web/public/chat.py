"""What a citizen sends to the chat, from the page or from the widget.

Every action works as a plain form post, too, and ends in the page or in the page with a sentence.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from bot import intake
from bot.channels import switches
from bot.channels.webchat import WebChat
from conversations import changes
from conversations.errors import PhotoRefused, TooManyPhotos
from conversations.messages import InboundMessage
from conversations.models import Conversation, Turn
from conversations.photos import MAX_BYTES, check_may_send_more, keep_photo
from office.connections import give_back
from web.public import shared, submission
from web.public.asked import wants_json
from web.public.chat_page import chat_page
from web.public.errors import ChannelOff, ChatRefusal, PhotoNotTaken, PhotosEnough, PhotoTooLarge, TooFast
from web.public.standing import standing_of
from web.public.transcript import shown
from web.public.visitor import Visitor, posted_by_visitor, remember, visitor_of

#: What one conversation may send in a minute.
MESSAGES_A_MINUTE = 20
#: Seconds a plain form post waits for the answer, so that the page it leads to already shows it.
PATIENCE = 2.0


@require_POST
@posted_by_visitor
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
@posted_by_visitor
def send_photo(request: HttpRequest) -> HttpResponse:
    """Keep a picture, freed of its metadata, and take it in as a message."""
    visitor = visitor_of(request)
    try:
        turn = _known(request.POST, visitor) or _receive_photo(request, visitor)
    except ChatRefusal as refusal:
        return _refused(request, visitor, refusal)
    return _taken_in(request, visitor, turn)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Back to the conversation from the question whether to end it."""
    return shared.let_see_answer(redirect("/#cuoi"), request)


def _known(fields: Any, visitor: Visitor) -> Turn | None:
    """The turn of a message that was already taken in: a browser that lost our answer sends it again."""
    event_id = submission.event_id_of(fields, visitor)
    address = visitor.address
    return Turn.objects.filter(channel=address.channel, account=address.account, event_id=event_id).first()


def _receive(message: InboundMessage, visitor: Visitor) -> Turn:
    _refuse_if_off()
    _check_pace(visitor.conversation())
    return intake.receive(message)


def _receive_photo(request: HttpRequest, visitor: Visitor) -> Turn:
    _refuse_if_off()
    upload = request.FILES.get("photo")
    if upload is None:
        raise PhotoNotTaken
    if (upload.size or 0) > MAX_BYTES:
        raise PhotoTooLarge
    conversation = visitor.begun_conversation()
    _check_pace(conversation)
    try:
        check_may_send_more(conversation)
        kept = keep_photo(conversation, upload.read())
    except TooManyPhotos as problem:
        raise PhotosEnough from problem
    except PhotoRefused as problem:
        raise PhotoNotTaken from problem
    return intake.receive(submission.photo_message(request.POST, visitor, kept))


def _refuse_if_off() -> None:
    if switches.is_off(WebChat.name):
        raise ChannelOff


def _check_pace(conversation: Conversation | None) -> None:
    if conversation is None:
        return
    lately = timezone.now() - timedelta(minutes=1)
    said = Turn.objects.filter(
        conversation=conversation, direction=Turn.Direction.IN, created_at__gt=lately
    ).count()
    if said >= MESSAGES_A_MINUTE:
        raise TooFast


def _taken_in(request: HttpRequest, visitor: Visitor, turn: Turn) -> HttpResponse:
    conversation = turn.conversation
    shared.note_activity(request, conversation)
    if not wants_json(request):
        _wait_for_answer(conversation)
        return _remember(shared.let_see_answer(redirect("/#cuoi"), request), request, visitor)
    taken = {"turn": shown(turn).as_json(), "standing": standing_of(conversation).as_json()}
    return _remember(JsonResponse(taken), request, visitor)


def _remember(response: HttpResponse, request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return remember(response, request, visitor, until_closed=shared.is_shared(request))


def _wait_for_answer(conversation: Conversation) -> None:
    changed = threading.Event()
    ends = timezone.now() + timedelta(seconds=PATIENCE)
    topic = changes.conversation_topic(conversation.public_id)
    with changes.subscribe(topic, listener=lambda _topic: changed.set()):
        while standing_of(conversation).answering and timezone.now() < ends:
            give_back()
            changed.wait(PATIENCE / 4)
            changed.clear()


def _refused(request: HttpRequest, visitor: Visitor, refusal: ChatRefusal) -> HttpResponse:
    if not wants_json(request):
        draft = request.POST.get("text", "")[: intake.LONGEST_TEXT]
        return chat_page(request, visitor, status=refusal.status, problem=refusal.sentence, draft=draft)
    problem = {"code": refusal.code, "message": refusal.sentence}
    response = _remember(JsonResponse({"error": problem}, status=refusal.status), request, visitor)
    if isinstance(refusal, TooFast):
        response["Retry-After"] = "60"
    return response
