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
    """The assistant, or who gives it back or does not answer, puts the conversation in the queue."""
    _change(conversation, to=Owner.QUEUE, expected=tuple(Owner))


def hand_to_staff(conversation: Conversation, staff: Staff) -> None:
    """A member of staff takes over. Raises OwnerChanged when another person has the conversation."""
    free = (Owner.BOT, Owner.QUEUE, Owner.OUTSIDE)
    _change(conversation, to=Owner.STAFF, expected=free, staff=staff)


def hand_to_outside(conversation: Conversation) -> None:
    """A person of the office answers in the messenger's own app. Raises OwnerChanged when staff has it."""
    _change(conversation, to=Owner.OUTSIDE, expected=(Owner.BOT, Owner.QUEUE, Owner.OUTSIDE))


def hand_to_bot(conversation: Conversation) -> None:
    """The assistant speaks again: the case was closed, the citizen left the queue, or nobody answers."""
    _change(conversation, to=Owner.BOT, expected=tuple(Owner))


def _change(
    conversation: Conversation, *, to: Owner, expected: tuple[Owner, ...], staff: Staff | None = None
) -> None:
    held = Conversation.objects.filter(pk=conversation.pk, owner__in=expected)
    if not held.update(owner=to, owner_staff=staff, version=F("version") + 1):
        raise OwnerChanged
    conversation.refresh_from_db()
    publish(conversation_topic(conversation.public_id), DESK)
