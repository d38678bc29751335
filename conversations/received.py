"""The row of a message that came in: what is kept of it, and whom it waits for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from conversations.messages import Author, InboundMessage, MessageKind, Position
from conversations.models import Conversation, Turn


def row_of(message: InboundMessage, conversation: Conversation, *, text: str, redacted: str) -> Turn:
    """Not inserted yet. text: what may be kept; redacted: the guard that left out the rest, "" for none."""
    return Turn(
        conversation=conversation,
        channel=conversation.channel,
        account=conversation.account,
        event_id=message.event_id,
        direction=Turn.Direction.IN,
        status=_first_status(message, conversation),
        author=Author.CITIZEN,
        kind=message.kind,
        text=text,
        payload=_payload(message, redacted=redacted),
        redacted=redacted,
        sent_at=message.sent_at,
        external_id=message.message_id[:128],
    )


def _first_status(message: InboundMessage, conversation: Conversation) -> Turn.Status:
    if message.kind is MessageKind.DELETED:
        return Turn.Status.ANSWERED
    if conversation.owner in Conversation.PERSONS:
        return Turn.Status.LEFT_TO_PERSON
    return Turn.Status.RECEIVED


def _payload(message: InboundMessage, *, redacted: str) -> dict[str, Any]:
    media = [] if redacted else [asdict(medium) for medium in message.media]
    return {
        "choice": message.choice,
        "position": _position(message.position) if message.position else None,
        "media": media,
        "group": message.group,
        "forwarded": message.forwarded,
    }


def _position(shared: Position) -> dict[str, float]:
    return {name: value for name, value in asdict(shared).items() if value is not None}
