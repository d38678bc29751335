"""Messages as a citizen would send them, for the tests of every room above."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from conversations.messages import Address, InboundMessage, MessageKind

ADDRESS = Address(channel="webchat", account="main", chat="citizen-1")


def text(words: str, **changes: Any) -> InboundMessage:
    """A text message from one citizen; each call is a new event."""
    values: dict[str, Any] = {
        "address": ADDRESS,
        "event_id": uuid4().hex,
        "kind": MessageKind.TEXT,
        "text": words,
        "sent_at": timezone.now(),
    }
    return InboundMessage(**{**values, **changes})
