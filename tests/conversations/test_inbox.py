"""The inbox: once in rows, in order, one worker at a time."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations import inbox, ownership
from conversations.errors import OutcomeSuperseded
from conversations.inbox import Claim
from conversations.messages import InboundMessage
from conversations.models import Conversation, Turn
from tests.conversations.messages import ADDRESS, text

pytestmark = pytest.mark.django_db(transaction=True)


def record(message: InboundMessage) -> Turn:
    return inbox.record(message, text=message.text).turn


def claim(now: datetime | None = None) -> Claim:
    claimed = inbox.claim_next(now or timezone.now())
    assert claimed is not None
    return claimed


def settle(claimed: Claim) -> None:
    with transaction.atomic():
        inbox.settle(claimed, state={"seen": True}, release="r1")


def test_the_same_event_is_one_turn() -> None:
    message = text("xin chào")
    first = inbox.record(message, text="xin chào")
    again = inbox.record(message, text="xin chào")
    assert (first.is_new, again.is_new) == (True, False)
    assert first.turn.pk == again.turn.pk
    assert Turn.objects.count() == 1


def test_the_same_event_id_on_another_account_is_another_turn() -> None:
    message = text("xin chào", event_id="1")
    other = type(ADDRESS)(channel="telegram", account="77", chat="5")
    record(message)
    record(text("xin chào", event_id="1", address=other))
    assert Turn.objects.count() == 2


def test_turns_of_a_conversation_are_claimed_one_after_the_other() -> None:
    first, second = record(text("một")), record(text("hai"))
    claimed = claim()
    assert claimed.turn.pk == first.pk
    assert inbox.claim_next(timezone.now()) is None
    settle(claimed)
    assert claim().turn.pk == second.pk


def test_another_conversation_does_not_wait() -> None:
    record(text("một"))
    other = type(ADDRESS)(channel="webchat", account="main", chat="citizen-2")
    elsewhere = record(text("hai", address=other))
    claim()
    assert claim().turn.pk == elsewhere.pk


def test_a_turn_whose_worker_died_is_claimed_again_after_its_lease() -> None:
    turn = record(text("một"))
    abandoned = claim()
    later = timezone.now() + inbox.LEASE + timedelta(seconds=1)
    again = claim(later)
    assert (again.turn.pk, again.attempt) == (turn.pk, abandoned.attempt + 1)


def test_an_outcome_after_the_lease_was_lost_is_refused_whole() -> None:
    record(text("một"))
    slow = claim()
    quick = claim(timezone.now() + inbox.LEASE + timedelta(seconds=1))
    settle(quick)
    with pytest.raises(OutcomeSuperseded):
        settle(slow)


def test_an_outcome_on_an_older_version_is_refused_and_the_turn_stays_claimed(staff) -> None:
    record(text("một"))
    claimed = claim()
    ownership.hand_to_staff(claimed.conversation, staff)
    with pytest.raises(OutcomeSuperseded):
        settle(claimed)
    turn = Turn.objects.get()
    assert turn.status == Turn.Status.CLAIMED
    assert Conversation.objects.get().state == {}


def test_a_turn_of_a_conversation_that_a_person_took_over_is_left_to_that_person(staff) -> None:
    record(text("một"))
    claimed = claim()
    assert not inbox.leave_to_person(claimed)
    ownership.hand_to_staff(claimed.conversation, staff)
    assert inbox.leave_to_person(claimed)
    assert Turn.objects.get().status == Turn.Status.LEFT_TO_PERSON


def test_what_comes_while_a_person_has_the_conversation_never_waits_for_the_bot(staff) -> None:
    turn = record(text("một"))
    ownership.hand_to_staff(turn.conversation, staff)
    settled_before = record(text("hai"))
    assert settled_before.status == Turn.Status.LEFT_TO_PERSON


def test_a_turn_given_back_waits_until_it_is_due() -> None:
    record(text("một"))
    soon = timezone.now() + timedelta(seconds=30)
    inbox.give_back(claim(), due_at=soon)
    assert inbox.claim_next(timezone.now()) is None
    assert claim(soon).attempt == 2


def test_a_turn_set_aside_lets_the_conversation_go_on() -> None:
    record(text("một"))
    second = record(text("hai"))
    assert inbox.set_aside(claim(), problem="hỏng")
    assert claim().turn.pk == second.pk


def test_many_workers_claim_each_turn_once() -> None:
    for number in range(24):
        address = type(ADDRESS)(channel="webchat", account="main", chat=f"citizen-{number % 6}")
        record(text(str(number), address=address))
    answered: list[int] = []
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        while True:
            claimed = inbox.claim_next(timezone.now())
            if claimed:
                settle(claimed)
                answered.append(claimed.turn.pk)
            elif not Turn.objects.filter(status__in=inbox.OPEN).exists():
                break
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answered) == sorted(Turn.objects.values_list("pk", flat=True))
    for chat in Conversation.objects.all():
        own = [pk for pk in answered if pk in set(chat.turns.values_list("pk", flat=True))]
        assert own == sorted(own)


def test_a_turn_that_is_held_longer_is_not_claimed_by_another_until_then() -> None:
    record(text("một"))
    claimed = claim()
    later = timezone.now() + inbox.LEASE + timedelta(seconds=1)
    inbox.extend(claimed, until=later + timedelta(seconds=1))
    assert inbox.claim_next(later) is None


def test_a_turn_that_another_has_now_cannot_be_held_longer() -> None:
    record(text("một"))
    slow = claim()
    claim(timezone.now() + inbox.LEASE + timedelta(seconds=1))
    with pytest.raises(OutcomeSuperseded):
        inbox.extend(slow, until=timezone.now() + inbox.LEASE)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is told in SQLite's words")
def test_a_claim_reads_past_all_that_was_ever_answered() -> None:
    """Or every look would cost more with each message of the past."""
    with CaptureQueriesContext(connection) as queries:
        inbox.claim_next(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        plan = [str(step[3]) for step in cursor.fetchall()]
    assert plan[0] == "SEARCH conversations_turn USING INDEX turn_to_do (direction=? AND status=?)"
