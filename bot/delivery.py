"""Delivery: one loop a channel account over its outbox rows, so that a stalled channel delays no other."""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog
from django.utils import timezone

from bot.channels import Channel, DeliveryProblem
from bot.rounds import go_rounds
from conversations import outbox
from conversations.changes import outbox_topic, subscribe
from conversations.models import Turn

log = structlog.get_logger(__name__)

#: Seconds between two looks when no nudge comes: another process may have queued a reply.
LOOK_EVERY = 1.0
#: With the waits below, a reply is given up after about an hour; the desk can send it again.
ATTEMPTS = 15
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=10)


def deliver_until(stop: threading.Event, channel: Channel) -> None:
    """Deliver due replies of this channel account until told to stop."""
    nudged = threading.Event()

    def wait() -> None:
        nudged.wait(LOOK_EVERY)
        nudged.clear()

    with subscribe(outbox_topic(channel.name, channel.account), listener=lambda _: nudged.set()):
        go_rounds(stop, work=lambda: deliver_next(channel), wait=wait)


def deliver_next(channel: Channel) -> bool:
    """Send the reply that is due next; False when there is none."""
    turn = outbox.claim_due(channel=channel.name, account=channel.account, now=timezone.now())
    if turn is None:
        return False
    try:
        delivered = channel.deliver(turn)
    except DeliveryProblem as problem:
        _after_problem(turn, problem)
    except Exception as fault:
        log.exception("delivery_failed", turn=turn.pk, channel=channel.name)
        _after_problem(turn, DeliveryProblem(f"{type(fault).__name__}: {fault}"))
    else:
        outbox.mark_sent(turn, external_id=delivered.external_id)
    return True


def _after_problem(turn: Turn, problem: DeliveryProblem) -> None:
    if problem.permanent or turn.attempt >= ATTEMPTS:
        outbox.mark_failed(turn, problem=str(problem))
        return
    outbox.postpone(turn, due_at=timezone.now() + _delay(turn.attempt, problem), problem=str(problem))


def _delay(attempt: int, problem: DeliveryProblem) -> timedelta:
    """What the service asks for, else exponential back-off."""
    if problem.retry_after is not None:
        return timedelta(seconds=problem.retry_after)
    back_off: timedelta = FIRST_RETRY * 2 ** (attempt - 1)
    return min(back_off, LONGEST_RETRY)
