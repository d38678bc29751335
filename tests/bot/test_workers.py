"""Workers in threads: each turn answered once and in order, whether or not its nudge arrived."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from bot.responder import Responder
from bot.turn_queue import TurnQueue, embedded
from bot.workers import SWEEP_EVERY, work_until
from conversations import inbox
from conversations.models import Conversation, Turn
from tests.bot.office import Talk, message

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def working(responder: Responder, *, workers: int = 2) -> Iterator[None]:
    stop = threading.Event()
    options = {"responder": responder, "queue": embedded}
    threads = [threading.Thread(target=work_until, args=(stop,), kwargs=options) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in threads)


def all_answered(*, within: float) -> bool:
    deadline = time.monotonic() + within
    waiting = Turn.objects.filter(direction=Turn.Direction.IN).exclude(status=Turn.Status.ANSWERED)
    while waiting.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not waiting.exists()


def test_fifty_turns_of_ten_conversations_are_each_answered_once_and_in_order(responder: Responder) -> None:
    with working(responder):
        for number in range(50):
            said = message(f"xin chào lần {number}", chat=f"citizen-{number % 10}")
            if number % 2:
                Talk(responder=responder, chat=said.address.chat).send(said.text)
            else:
                inbox.record(said, text=said.text)  # its nudge is lost
        assert all_answered(within=60)
    assert Conversation.objects.count() == 10
    for conversation in Conversation.objects.all():
        replied = conversation.turns.filter(direction=Turn.Direction.OUT).order_by("id")
        asked = conversation.turns.filter(direction=Turn.Direction.IN).order_by("id")
        assert [reply.in_reply_to_id for reply in replied] == [turn.pk for turn in asked]
        assert {turn.attempt for turn in asked} == {1}


def test_a_lost_nudge_costs_no_more_than_the_sweeper_s_interval(responder: Responder) -> None:
    with working(responder, workers=1):
        time.sleep(0.1)
        said = message("xin chào")
        inbox.record(said, text=said.text)
        assert all_answered(within=SWEEP_EVERY + 5)


def test_a_retry_that_is_due_is_found_without_a_nudge(responder: Responder) -> None:
    Talk(responder=responder).send("xin chào")
    claim = inbox.claim_next(timezone.now())
    assert claim is not None
    inbox.give_back(claim, due_at=timezone.now())
    with working(responder, workers=1):
        assert all_answered(within=SWEEP_EVERY + 5)
    assert Turn.objects.get(pk=claim.turn.pk).attempt == 2


def test_a_round_that_fails_is_not_the_worker_s_last(responder: Responder) -> None:
    table = Turn._meta.db_table
    with working(responder, workers=1):
        with connection.schema_editor() as schema:
            schema.alter_db_table(Turn, table, "turns_elsewhere")
        time.sleep(SWEEP_EVERY + 0.3)
        with connection.schema_editor() as schema:
            schema.alter_db_table(Turn, "turns_elsewhere", table)
        Talk(responder=responder).send("xin chào")
        assert all_answered(within=SWEEP_EVERY + 10)


def test_a_nudge_given_before_the_wait_is_not_lost() -> None:
    queue = TurnQueue()
    queue.nudge()
    assert queue.wait(0)
    assert not queue.wait(0)
