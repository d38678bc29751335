"""Citizens who blocked us on their messenger: nothing reaches them until they do something there again.

Replies wait meanwhile (conversations/held.py lets them go); the desk shows since when.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from conversations import held, outbox
from conversations.addresses import conversations_at
from conversations.changes import DESK, publish
from conversations.messages import Address
from conversations.models import Conversation, Turn


def blocked_us(address: Address, *, at: datetime) -> None:
    """The messenger says so by itself. at: aware. What the citizen did since then counts more."""
    known = conversations_at(address).filter(unreachable_since=None)
    known.exclude(last_interaction_at__gt=at).update(unreachable_since=at)
    publish(DESK)


def hold(turn: Turn, *, reason: str, at: datetime) -> None:
    """Hold a claimed reply that cannot reach its citizen; tried again at once if he or she came back."""
    with transaction.atomic():
        if not held.is_still_silent(turn):
            outbox.put_back(turn, due_at=at)
            return
        lost = Conversation.objects.filter(pk=turn.conversation_id, unreachable_since=None)
        lost.update(unreachable_since=at)
        outbox.wait_for_citizen(turn, reason=reason, look_again_at=None)
