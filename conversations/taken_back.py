"""A message that the citizen deleted at the other end: its words and pictures go here, too; its row stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F

from conversations import inbox
from conversations.bursts import earlier_versions
from conversations.changes import DESK, conversation_topic, publish
from conversations.models import Conversation, Turn

#: What a row says instead of the words: shown to staff.
DELETED = "deleted"
#: What a row keeps of its message: nothing.
_NOTHING = {"text": "", "payload": {"choice": "", "position": None, "media": []}, "search": {}}


def take_back(deletion: Turn) -> tuple[Turn, ...]:
    """Empty the rows of the message that `deletion` names; returns them as they were, newest last.

    One that was not answered yet is not answered any more, unless it is to answer for others, too.
    """
    found = tuple(earlier_versions(deletion))
    for turn in found:
        emptied = Turn.objects.filter(pk=turn.pk)
        emptied.update(**_NOTHING, redacted=DELETED)
        if not turn.joined.exists():
            open_still = emptied.filter(status__in=inbox.OPEN)
            open_still.update(status=Turn.Status.ANSWERED, lease_until=None)
    publish(conversation_topic(deletion.conversation.public_id), DESK)
    return found


def change_state(conversation: Conversation, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change what is remembered; an outcome that is being computed from the former state is dropped."""
    changed = False
    while not changed:
        conversation.refresh_from_db()
        unchanged = Conversation.objects.filter(pk=conversation.pk, version=conversation.version)
        changed = bool(unchanged.update(state=change(conversation.state), version=F("version") + 1))
