"""Our accounts as all processes see them: one pace, one pause, one who tries first."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta
from multiprocessing.queues import Queue

import pytest
from django.db import connections
from django.utils import timezone

from bot.channels import Concerns, DeliveryProblem, accounts
from bot.channels.accounts import Standing, account_at, admit, answered, pause, standing
from bot.channels.pace import Pace
from bot.models import ChannelAccount

pytestmark = pytest.mark.django_db(transaction=True)

PACE = Pace(every=timedelta(milliseconds=20), burst=3)
PROCESSES, EACH = 3, 15
AWAY = DeliveryProblem("không nối được", concerns=Concerns.ACCOUNT)


def here() -> ChannelAccount:
    return account_at("telegram", "7000000001")


def rewind(row: ChannelAccount) -> None:
    """As if the pause were over."""
    ChannelAccount.objects.filter(pk=row.pk).update(paused_until=timezone.now() - timedelta(seconds=1))


def let_go_of_connections() -> None:
    """None is carried into another process: neither one of ours nor one that PostgreSQL's pool keeps."""
    connections.close_all()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            connection.close_pool()


def take_slots(taken: Queue[datetime | None]) -> None:
    for _ in range(EACH):
        taken.put(admit(here(), pace=PACE, now=timezone.now()))
    let_go_of_connections()


def test_several_processes_share_one_pace() -> None:
    here()
    let_go_of_connections()
    forking = multiprocessing.get_context("fork")
    taken: Queue[datetime | None] = forking.Queue()
    processes = [forking.Process(target=take_slots, args=(taken,)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    slots = sorted(slot for slot in (taken.get(timeout=60) for _ in range(PROCESSES * EACH)) if slot)
    for process in processes:
        process.join(10)
    assert len(slots) == PROCESSES * EACH
    for number, slot in enumerate(slots):
        assert slot - slots[0] >= PACE.every * (number - PACE.burst + 1)


def test_one_lost_connection_stops_nobody_and_a_second_is_an_outage() -> None:
    now = timezone.now()
    pause(here(), AWAY, now=now)
    assert standing(here(), now=now) is Standing.OPEN
    pause(here(), AWAY, now=now)
    assert standing(here(), now=now) is Standing.PAUSED
    assert here().problem == "không nối được"


def test_pauses_grow_to_a_minute_with_each_failure_and_never_beyond() -> None:
    lengths = []
    for _ in range(12):
        now = timezone.now()
        lengths.append((pause(here(), AWAY, now=now) - now).total_seconds())
    for length, longest in zip(lengths, [1, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60], strict=True):
        assert longest / 2 <= length <= longest


def test_calls_that_failed_side_by_side_are_one_failure() -> None:
    side_by_side = [here() for _ in range(8)]
    for row in side_by_side:
        pause(row, AWAY, now=timezone.now())
    assert here().failures == 1


def test_after_a_pause_one_tries_and_only_what_it_gets_through_opens_the_account() -> None:
    now = timezone.now()
    pause(here(), DeliveryProblem("429", retry_after=30, concerns=Concerns.ACCOUNT), now=now)
    assert admit(here(), pace=PACE, now=now) is None
    rewind(here())
    first, second = here(), here()
    assert admit(first, pace=PACE, now=now)
    assert admit(second, pace=PACE, now=now) is None
    answered(first)
    assert standing(here(), now=now) is Standing.OPEN
    assert admit(here(), pace=None, now=now) == now


def test_who_tried_first_and_died_is_followed_by_another() -> None:
    now = timezone.now()
    pause(here(), DeliveryProblem("429", retry_after=1, concerns=Concerns.ACCOUNT), now=now)
    rewind(here())
    assert admit(here(), pace=None, now=now)
    later = now + accounts.PROBE + timedelta(seconds=1)
    assert admit(here(), pace=None, now=later) == later


def test_what_answered_before_the_outage_does_not_end_it() -> None:
    slow = here()
    pause(here(), AWAY, now=timezone.now())
    slow_too = here()
    pause(here(), AWAY, now=timezone.now())
    answered(slow)
    answered(slow_too)
    assert standing(here(), now=timezone.now()) is Standing.PAUSED


def test_a_lost_connection_after_a_pause_is_tried_again_soon() -> None:
    now = timezone.now()
    pause(here(), DeliveryProblem("429", retry_after=1, concerns=Concerns.ACCOUNT), now=now)
    rewind(here())
    first = here()
    assert admit(first, pace=None, now=now)
    assert pause(first, AWAY, now=now) <= now + accounts.FIRST_PAUSE
    assert here().paused_until == pytest.approx(now, abs=accounts.FIRST_PAUSE)
