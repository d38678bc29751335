"""The one door by which messages come in: guards first, then the row, then a nudge after the commit."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from bot import choices, turn_queue
from conversations import inbox
from conversations.messages import LONGEST_PAYLOAD, InboundMessage
from conversations.models import Turn
from nlu import guards
from nlu.text import clean

#: What one message may hold; more is cut in the row and the citizen is told.
LONGEST_TEXT = 10_000


def receive(message: InboundMessage) -> Turn:
    """Record a message once, without what must not be kept, and nudge a worker. Returns after the commit."""
    text = clean(message.text)[:LONGEST_TEXT]
    finding = guards.look(text)
    redacted = finding is not None and not finding.keep
    recorded = inbox.record(
        replace(message, choice=_choice_of_ours(message.choice)),
        text=finding.redacted_text if finding and redacted else text,
        redacted=finding.kind.value if finding and redacted else "",
    )
    if recorded.is_new:
        transaction.on_commit(turn_queue.embedded.nudge)
    return recorded.turn


def _choice_of_ours(payload: str) -> str:
    """The payload of a button, or "": no guard looks at it, so nothing else may pass for one."""
    fits = payload.isprintable() and len(payload.encode()) <= LONGEST_PAYLOAD
    return payload if fits and choices.parse(payload) else ""
