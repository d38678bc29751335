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


def lock(conversation: Conversation) -> None:
    """Hold it until the caller's transaction ends. Whoever changes what hangs on it, too, does this first:
    a message that comes in holds it before anything else, and two that wait for each other wait forever.
    """
    Conversation.objects.select_for_update(no_key=True).filter(pk=conversation.pk).first()


def hand_to_queue(conversation: Conversation) -> None:
    """The assistant, or who gives it back or does not answer, puts the conversation in the queue."""
    _change(conversation, to=Owner.QUEUE, expected=tuple(Owner))


def hand_to_staff(conversation: Conversation, staff: Staff) -> None:
    """A member of staff takes over. Raises OwnerChanged when another person has the conversation."""
    free = (Owner.BOT, Owner.QUEUE, Owner.OUTSIDE)
    _change(conversation, to=Owner.STAFF, expected=free, staff=staff)


def hand_on(conversation: Conversation, *, held_by: Staff, to: Staff) -> None:
    """From one member of staff to another. Raises OwnerChanged when the first does not have it any more."""
    _change(conversation, to=Owner.STAFF, expected=(Owner.STAFF,), staff=to, held_by=held_by)


def hand_to_outside(conversation: Conversation) -> None:
    """A person of the office answers in the messenger's own app. Raises OwnerChanged when staff has it."""
    _change(conversation, to=Owner.OUTSIDE, expected=(Owner.BOT, Owner.QUEUE, Owner.OUTSIDE))


def hand_to_bot(conversation: Conversation) -> None:
    """The assistant speaks again: the case was closed, the citizen left the queue, or nobody answers."""
    _change(conversation, to=Owner.BOT, expected=tuple(Owner))


def _change(
    conversation: Conversation,
    *,
    to: Owner,
    expected: tuple[Owner, ...],
    staff: Staff | None = None,
    held_by: Staff | None = None,
) -> None:
    held = Conversation.objects.filter(pk=conversation.pk, owner__in=expected)
    if held_by:
        held = held.filter(owner_staff=held_by)
    if not held.update(owner=to, owner_staff=staff, version=F("version") + 1):
        raise OwnerChanged
    conversation.refresh_from_db()
    publish(conversation_topic(conversation.public_id), DESK)
