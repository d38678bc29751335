"""Workers: threads that claim and answer turns, each turn between two looks at its database connections."""

from __future__ import annotations

import threading

import structlog
from django.db import close_old_connections
from django.utils import timezone

from bot.responder import Responder
from bot.turn_queue import TurnQueue
from conversations import inbox

log = structlog.get_logger(__name__)

#: Seconds after which a worker looks without a nudge. This is the sweeper: it finds what lies too long,
#: be it a lost nudge, a retry that is due, or a turn whose worker died with its lease.
SWEEP_EVERY = 1.0


def work_until(stop: threading.Event, *, responder: Responder, queue: TurnQueue) -> None:
    """Answer turns until told to stop."""
    while not stop.is_set():
        queue.wait(SWEEP_EVERY)
        _answer_all(responder, stop)


def _answer_all(responder: Responder, stop: threading.Event) -> None:
    close_old_connections()
    try:
        while not stop.is_set() and answer_next(responder):
            pass
    except Exception:
        log.exception("worker_failed")
    finally:
        close_old_connections()


def answer_next(responder: Responder) -> bool:
    """Claim and answer the oldest turn that waits; False when there is none."""
    claim = inbox.claim_next(timezone.now())
    if claim is None:
        return False
    responder.respond(claim)
    return True
