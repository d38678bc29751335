"""What the rows tell beyond the state: the buttons in sight, and when the citizen last wrote."""

from __future__ import annotations

import pytest

from conversations import outbox
from conversations.inbox import record
from conversations.messages import Choice, OutboundMessage
from conversations.transcript import heard_before, last_offer
from tests.conversations.messages import text

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = Choice(label="Lệ phí", payload="part:1:fee"), Choice(label="Gặp cán bộ", payload="staff")
LINK = Choice(label="Bản để in", url="/in")


def test_the_buttons_in_sight_are_those_of_the_newest_reply_that_has_some_to_tap() -> None:
    conversation = record(text("xin chào"), text="xin chào").turn.conversation
    assert last_offer(conversation) is None
    outbox.queue(conversation, OutboundMessage(text="hai nút", choices=(FIRST, LINK, SECOND)))
    outbox.queue(conversation, OutboundMessage(text="chỉ có địa chỉ", choices=(LINK,)))
    outbox.queue(conversation, OutboundMessage(text="không nút"))
    offer = last_offer(conversation)
    assert offer is not None
    assert (offer.text, offer.choices) == ("hai nút", (FIRST, SECOND))


def test_the_first_message_was_preceded_by_none_and_the_second_by_the_first() -> None:
    first, second = (record(text(words), text=words).turn for words in ("một", "hai"))
    assert heard_before(first) is None
    assert heard_before(second) == first.created_at
