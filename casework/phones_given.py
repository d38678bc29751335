"""The telephone numbers a citizen gave in a conversation, for when nothing reaches him or her there."""

from __future__ import annotations

from django.utils import timezone

from conversations.models import Conversation, Turn
from nlu.entities import Kind, entities

#: Messages looked through, the newest first.
LOOKED_THROUGH = 100
NUMBERS_SHOWN = 3


def phones_given(conversation: Conversation) -> tuple[str, ...]:
    """The last few, newest first, as they are dialled ("0912345678"); in messages and in reports."""
    said = conversation.turns.filter(direction=Turn.Direction.IN, text__regex=r"[0-9]{3}")
    texts = [*said.order_by("-id").values_list("text", flat=True)[:LOOKED_THROUGH]]
    texts += conversation.reports.order_by("-id").values_list("text", flat=True)
    today = timezone.localdate()
    found = (
        named.value for text in texts for named in entities(text, today=today) if named.kind is Kind.PHONE
    )
    return tuple(dict.fromkeys(found))[:NUMBERS_SHOWN]
