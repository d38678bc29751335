"""The outbox: in order within a conversation, due again later, failed and sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations import outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Conversation, Turn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversation() -> Conversation:
    return Conversation.objects.create(channel="webchat", account="main", chat="citizen-1")


def due() -> Turn | None:
    return outbox.claim_due(channel="webchat", account="main", now=timezone.now())


def test_replies_go_out_in_order_and_one_at_a_time(conversation: Conversation) -> None:
    first = outbox.queue(conversation, OutboundMessage(text="một"))
    second = outbox.queue(conversation, OutboundMessage(text="hai"))
    sending = due()
    assert sending is not None
    assert sending.pk == first.pk
    assert due() is None
    outbox.mark_sent(sending, external_id="x1")
    following = due()
    assert following is not None
    assert following.pk == second.pk


def test_a_postponed_reply_delays_only_its_own_conversation(conversation: Conversation) -> None:
    outbox.queue(conversation, OutboundMessage(text="một"))
    outbox.queue(conversation, OutboundMessage(text="hai"))
    other = Conversation.objects.create(channel="webchat", account="main", chat="citizen-2")
    elsewhere = outbox.queue(other, OutboundMessage(text="ba"))
    held = due()
    assert held is not None
    outbox.postpone(held, due_at=timezone.now() + timedelta(minutes=1), problem="429")
    now_due = due()
    assert now_due is not None
    assert now_due.pk == elsewhere.pk
    assert due() is None


def test_a_reply_whose_sender_died_is_due_again_after_its_lease(conversation: Conversation) -> None:
    outbox.queue(conversation, OutboundMessage(text="một"))
    assert due() is not None
    later = timezone.now() + outbox.LEASE + timedelta(seconds=1)
    outbox.queue_again(channel="webchat", account="main", now=timezone.now())
    assert due() is None
    outbox.queue_again(channel="webchat", account="main", now=later)
    again = outbox.claim_due(channel="webchat", account="main", now=later)
    assert again is not None
    assert again.attempt == 2


def test_a_failed_reply_keeps_its_reason_lets_the_next_go_and_can_be_sent_again(
    conversation: Conversation,
) -> None:
    outbox.queue(conversation, OutboundMessage(text="một"))
    second = outbox.queue(conversation, OutboundMessage(text="hai"))
    failing = due()
    assert failing is not None
    outbox.mark_failed(failing, problem="người dân đã chặn")
    failing.refresh_from_db()
    assert (failing.status, failing.problem) == (Turn.Status.FAILED, "người dân đã chặn")
    following = due()
    assert following is not None
    assert following.pk == second.pk
    outbox.mark_sent(following, external_id="")
    assert outbox.resend(Turn.objects.filter(pk=failing.pk))
    assert not outbox.resend(Turn.objects.filter(pk=failing.pk))
    again = due()
    assert again is not None
    assert again.pk == failing.pk


def test_another_account_does_not_send_this_one_s_replies(conversation: Conversation) -> None:
    outbox.queue(conversation, OutboundMessage(text="một"))
    assert outbox.claim_due(channel="webchat", account="other", now=timezone.now()) is None
    assert outbox.claim_due(channel="telegram", account="main", now=timezone.now()) is None


def test_a_choice_beyond_telegram_s_limit_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Choice(label="x", payload="x" * 65)
    with pytest.raises(ValueError, match="one of the two"):
        Choice(label="x")
