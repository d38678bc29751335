"""What a service's troubles cost: waits for whom they concern, no reply lost, none out of order."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from bot.channels import Concerns, Delivered, DeliveryProblem, accounts
from bot.channels.accounts import account_at
from bot.channels.limits import paces_of
from bot.delivery import deliver_next
from bot.models import ChannelAccount
from bot.sending import ATTEMPTS
from conversations import outbox
from conversations.models import Turn
from tests.bot.office import RecordingChannel, make_due
from tests.bot.test_delivery import conversation, deliver_all, delivering, queued, soon

pytestmark = pytest.mark.django_db(transaction=True)


def away() -> DeliveryProblem:
    return DeliveryProblem("không nối được", concerns=Concerns.ACCOUNT)


def flood(seconds: float = 30) -> DeliveryProblem:
    return DeliveryProblem("429", retry_after=seconds, concerns=Concerns.CHAT)


@pytest.fixture
def telegram() -> RecordingChannel:
    return RecordingChannel(name="telegram")


def after_the_pause() -> None:
    """As if an hour had gone by."""
    ago = timedelta(hours=1)
    ChannelAccount.objects.update(paused_until=F("paused_until") - ago)
    Turn.objects.filter(status=Turn.Status.QUEUED).update(due_at=F("due_at") - ago)


def test_a_flood_in_one_chat_delays_that_chat_and_costs_it_no_try(telegram: RecordingChannel) -> None:
    slow, other = conversation("slow", channel="telegram"), conversation("other", channel="telegram")
    first = queued(slow, "một")
    queued(slow, "hai")
    queued(other, "ba")
    telegram.problems = [flood()]
    deliver_all(telegram)
    assert [turn.text for turn in telegram.sent] == ["ba"]
    first.refresh_from_db()
    assert first.attempt == 0
    assert first.due_at > timezone.now() + timedelta(seconds=20)
    make_due()
    deliver_all(telegram)
    assert [turn.text for turn in telegram.sent] == ["ba", "một", "hai"]


def test_floods_in_two_chats_at_once_are_a_flood_of_the_account(telegram: RecordingChannel) -> None:
    for chat in ("một", "hai", "ba"):
        queued(conversation(chat, channel="telegram"), chat)
    telegram.problems = [flood(), flood(20)]
    deliver_all(telegram)
    assert not telegram.sent
    paused = account_at("telegram", "main").paused_until
    assert paused is not None
    assert timedelta(seconds=15) < paused - timezone.now() <= timedelta(seconds=20)
    after_the_pause()
    deliver_all(telegram)
    assert {turn.text for turn in telegram.sent} == {"một", "hai", "ba"}


def test_an_outage_of_many_hours_fails_no_reply_and_keeps_the_order(telegram: RecordingChannel) -> None:
    talks = [conversation(chat, channel="telegram") for chat in ("a", "b")]
    turns = [queued(talk, text) for text in ("một", "hai") for talk in talks]
    for _ in range(4 * ATTEMPTS):
        telegram.problems = [away()]
        deliver_next(telegram)
        after_the_pause()
    assert not telegram.sent
    telegram.problems = []
    while Turn.objects.filter(status=Turn.Status.QUEUED).exists():
        deliver_all(telegram)
        after_the_pause()
    assert Turn.objects.filter(status=Turn.Status.SENT).count() == len(turns)
    for talk in talks:
        texts = [turn.text for turn in telegram.sent if turn.conversation_id == talk.pk]
        assert texts == ["một", "hai"]


def test_a_refusal_shows_that_the_service_is_back(telegram: RecordingChannel) -> None:
    for number in range(5):
        queued(conversation(f"citizen-{number}", channel="telegram"))
    telegram.problems = [away(), away(), DeliveryProblem("người dân đã chặn", permanent=True)]
    deliver_all(telegram)
    after_the_pause()
    deliver_all(telegram)
    assert len(telegram.sent) == 4


@pytest.mark.parametrize("answer", [Delivered(messages=2), flood()])
def test_what_was_under_way_when_all_were_told_to_wait_does_not_end_the_wait(
    telegram: RecordingChannel, answer: Delivered | DeliveryProblem
) -> None:
    def meanwhile(turn: Turn) -> Delivered:
        row = account_at("telegram", "main")
        accounts.admit(row, pace=paces_of("telegram").account, now=timezone.now())
        accounts.pause(row, DeliveryProblem("429", retry_after=30), now=timezone.now())
        if isinstance(answer, DeliveryProblem):
            raise answer
        return answer

    telegram.deliver = meanwhile  # type: ignore[method-assign]
    queued(conversation(channel="telegram"))
    deliver_next(telegram)
    assert account_at("telegram", "main").paused_until is not None


def test_while_the_service_is_away_one_reply_tries_and_the_others_wait(telegram: RecordingChannel) -> None:
    for number in range(5):
        queued(conversation(f"citizen-{number}", channel="telegram"))
    telegram.problems = [away() for _ in range(10)]
    deliver_all(telegram)
    assert len(telegram.problems) == 8  # two lost connections, and it is an outage
    after_the_pause()
    deliver_all(telegram)
    assert len(telegram.problems) == 7


def test_a_reply_that_the_service_does_not_bear_is_given_up_while_others_get_through(
    telegram: RecordingChannel,
) -> None:
    poison = queued(conversation("poison", channel="telegram"), "độc")

    def bear(turn: Turn) -> Delivered:
        if turn.pk == poison.pk:
            raise away()
        return Delivered()

    telegram.deliver = bear  # type: ignore[method-assign]
    for number in range(ATTEMPTS + 1):
        queued(conversation(f"citizen-{number}", channel="telegram"))
        for _ in range(3):
            deliver_all(telegram)
            after_the_pause()
    poison.refresh_from_db()
    assert poison.status == Turn.Status.FAILED
    assert Turn.objects.filter(status=Turn.Status.SENT).count() == ATTEMPTS + 1


def test_a_third_message_at_once_into_a_chat_is_the_last_and_the_next_waits_a_second(
    telegram: RecordingChannel,
) -> None:
    here = conversation(channel="telegram")
    turns = [queued(here, str(number)) for number in range(5)]
    queued(conversation("other", channel="telegram"), "khác")
    deliver_all(telegram)
    assert [turn.text for turn in telegram.sent] == ["0", "1", "2", "khác"]
    turns[3].refresh_from_db()
    assert turns[3].attempt == 0
    assert timezone.now() < turns[3].due_at <= timezone.now() + timedelta(seconds=1)


@dataclass(kw_only=True)
class SlowChannel(RecordingChannel):
    """A far end that takes its time, and how many calls were under way at once."""

    seconds: float = 0.3
    under_way: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    together: list[int] = field(default_factory=list)

    def deliver(self, turn: Turn) -> Delivered:
        with self.lock:
            assert turn.conversation_id not in self.together
            self.together.append(turn.conversation_id)
            self.most = max(self.most, len(self.together))
        time.sleep(self.seconds)
        with self.lock:
            self.together.remove(turn.conversation_id)
            return super().deliver(turn)


def test_slow_calls_go_side_by_side_but_never_two_into_one_chat() -> None:
    slow = SlowChannel(name="telegram")
    talks = [conversation(f"citizen-{number}", channel="telegram") for number in range(8)]
    for text in ("một", "hai"):
        for talk in talks:
            queued(talk, text)
    begun = time.monotonic()
    with delivering(slow):
        assert soon(lambda: len(slow.sent) == 16, seconds=20)
    assert time.monotonic() - begun < 16 * slow.seconds
    assert 4 <= slow.most <= 8
    for talk in talks:
        assert [turn.text for turn in slow.sent if turn.conversation_id == talk.pk] == ["một", "hai"]


def test_what_is_under_way_when_the_program_ends_is_waited_for() -> None:
    slow = SlowChannel(name="telegram", seconds=0.5)
    turn = queued(conversation(channel="telegram"))
    with delivering(slow):
        assert soon(lambda: bool(slow.together))
    turn.refresh_from_db()
    assert turn.status == Turn.Status.SENT


def test_a_call_that_the_ending_program_cuts_off_leaves_the_reply_as_it_was() -> None:
    ending = threading.Event()

    class CutOff(RecordingChannel):
        def deliver(self, turn: Turn) -> Delivered:
            ending.wait(10)
            raise away()

    turn = queued(conversation(channel="telegram"))
    with delivering(CutOff(name="telegram")):
        assert soon(lambda: Turn.objects.get(pk=turn.pk).status == Turn.Status.SENDING)
        threading.Timer(0.3, ending.set).start()
    turn.refresh_from_db()
    assert (turn.status, turn.attempt) == (Turn.Status.QUEUED, 0)
    assert account_at("telegram", "main").failures == 0


def test_a_reply_on_its_way_for_longer_than_its_lease_is_not_sent_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=2))
    slow, other = SlowChannel(name="telegram", seconds=4), RecordingChannel(name="telegram")
    queued(conversation(channel="telegram"))
    with delivering(slow):
        assert soon(lambda: bool(slow.together))
        with delivering(other):
            assert soon(lambda: len(slow.sent) == 1)
    assert not other.sent
