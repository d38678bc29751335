"""Who speaks next: one guarded change, each raising the version."""

from __future__ import annotations

import pytest

from conversations import ownership
from conversations.errors import OwnerChanged
from conversations.models import Conversation
from office.models import Staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversation() -> Conversation:
    return Conversation.objects.create(channel="webchat", account="main", chat="citizen-1")


def test_every_change_of_owner_raises_the_version(conversation: Conversation, staff: Staff) -> None:
    ownership.hand_to_queue(conversation)
    ownership.hand_to_staff(conversation, staff)
    ownership.hand_to_bot(conversation)
    assert (conversation.owner, conversation.version) == (Conversation.Owner.BOT, 3)


def test_two_officials_cannot_both_take_a_conversation(conversation: Conversation, staff: Staff) -> None:
    other = Staff.objects.create_user("other", password=None)
    stale = Conversation.objects.get(pk=conversation.pk)
    ownership.hand_to_staff(conversation, staff)
    with pytest.raises(OwnerChanged):
        ownership.hand_to_staff(stale, other)
    assert Conversation.objects.get().owner_staff == staff
