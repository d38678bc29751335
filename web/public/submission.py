"""From what a browser posted to one InboundMessage, or to the refusal a citizen can act on."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils import timezone

from bot.intake import LONGEST_TEXT
from conversations import transcript
from conversations.messages import InboundMessage, MediaReference, MessageKind, Position
from conversations.models import Attachment, Conversation
from web.public import words
from web.public.entrance import offered_as
from web.public.errors import ChoiceUnknown, NothingSaid, NotUnderstood, TooLong
from web.public.visitor import Visitor

EVENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def posted_fields(request: HttpRequest) -> Mapping[str, Any]:
    """The fields of a JSON body or of a plain form. Raises TooLong or NotUnderstood."""
    if request.content_type != "application/json":
        return request.POST
    try:
        fields = json.loads(request.body)
    except RequestDataTooBig as problem:
        raise TooLong from problem
    except (ValueError, RecursionError) as problem:
        raise NotUnderstood from problem
    if not isinstance(fields, dict):
        raise NotUnderstood
    return fields


def event_id_of(fields: Mapping[str, Any], visitor: Visitor) -> str:
    """The browser's id of this message, bound to the browser: nobody can take another's."""
    given = fields.get("event_id")
    if not isinstance(given, str) or not EVENT_ID.fullmatch(given):
        raise NotUnderstood
    return f"{visitor.address.chat[:32]}:{given}"


def message_of(fields: Mapping[str, Any], visitor: Visitor) -> InboundMessage:
    """A position, a tapped choice, or a text: the first of them that was sent. Raises ChatRefusal."""
    if fields.get("position"):
        return _inbound(fields, visitor, kind=MessageKind.POSITION, position=_position(fields["position"]))
    if payload := _words(fields, "choice"):
        label = _label_offered(visitor.conversation(), payload)
        return _inbound(fields, visitor, kind=MessageKind.CHOICE, choice=payload, text=label)
    return _inbound(fields, visitor, kind=MessageKind.TEXT, text=_text(fields))


def photo_message(fields: Mapping[str, Any], visitor: Visitor, attachment: Attachment) -> InboundMessage:
    medium = MediaReference(
        reference=attachment.public_id, media_type=attachment.media_type, size=attachment.size
    )
    return _inbound(fields, visitor, kind=MessageKind.PHOTO, media=(medium,), group=_group(fields))


def _group(fields: Mapping[str, Any]) -> str:
    """What pictures chosen together have in common, by the browser's own id; "" for one alone."""
    given = fields.get("group", "")
    return given if isinstance(given, str) and EVENT_ID.fullmatch(given) else ""


def _inbound(
    fields: Mapping[str, Any], visitor: Visitor, *, kind: MessageKind, **said: Any
) -> InboundMessage:
    return InboundMessage(
        address=visitor.address,
        event_id=event_id_of(fields, visitor),
        kind=kind,
        sent_at=timezone.now(),
        **said,
    )


def _words(fields: Mapping[str, Any], name: str) -> str:
    said = fields.get(name) or ""
    if not isinstance(said, str):
        raise NotUnderstood
    # JSON can carry half a surrogate pair, which no database stores.
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _text(fields: Mapping[str, Any]) -> str:
    text = _words(fields, "question") or _words(fields, "text")
    if not text.strip():
        raise NothingSaid
    if len(text) > LONGEST_TEXT:
        raise TooLong
    return text


def _position(given: Any) -> Position:
    try:
        position = Position(latitude=float(given["latitude"]), longitude=float(given["longitude"]))
    except (TypeError, KeyError, ValueError, OverflowError) as problem:
        raise NotUnderstood from problem
    degrees = (position.latitude, position.longitude)
    if not all(map(math.isfinite, degrees)) or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
        raise NotUnderstood
    return position


def _label_offered(conversation: Conversation | None, payload: str) -> str:
    """The words on the button: only what was offered here can be chosen. Raises ChoiceUnknown."""
    offered = {choice.payload: choice.label for choice in words.ALWAYS_OFFERED}
    if payload in offered:
        return offered[payload]
    if entrance := offered_as(payload):
        return entrance.label
    label = transcript.label_offered(conversation, payload)
    if not label:
        raise ChoiceUnknown
    return label
