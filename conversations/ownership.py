"""Who speaks next in a conversation. Only this module changes the owner, and each change raises the version,
so that whatever the assistant was computing meanwhile is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from conversations.changes import DESK, conversation_topic, publish
from conversations.errors import OwnerChanged
from conversations.models import Conversation

if TYPE_CHECKING:
    from office.models import Staff

Owner = Conversation.Owner


def hand_to_queue(conversation: Conversation) -> None:
    """The assistant, or the member of staff who gives it back, puts the conversation in the queue."""
    _change(conversation, to=Owner.QUEUE, expected=(Owner.BOT, Owner.STAFF, Owner.QUEUE))


def hand_to_staff(conversation: Conversation, staff: Staff) -> None:
    """A member of staff takes over. Raises OwnerChanged when another person has the conversation."""
    _change(conversation, to=Owner.STAFF, expected=(Owner.BOT, Owner.QUEUE), staff=staff)


def hand_to_bot(conversation: Conversation) -> None:
    """The assistant speaks again: the case was closed or the citizen left the queue."""
    _change(conversation, to=Owner.BOT, expected=(Owner.BOT, Owner.QUEUE, Owner.STAFF))


def _change(
    conversation: Conversation, *, to: Owner, expected: tuple[Owner, ...], staff: Staff | None = None
) -> None:
    held = Conversation.objects.filter(pk=conversation.pk, owner__in=expected)
    if not held.update(owner=to, owner_staff=staff, version=F("version") + 1):
        raise OwnerChanged
    conversation.refresh_from_db()
    publish(conversation_topic(conversation.public_id), DESK)
