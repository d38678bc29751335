"""Workers: threads that claim turns and have them answered."""

from __future__ import annotations

import threading

from django.utils import timezone

from bot.responder import Responder
from bot.rounds import go_rounds
from bot.turn_queue import TurnQueue
from conversations import inbox

#: Seconds after which a worker looks without a nudge. This is the sweeper: it finds what lies too long,
#: be it a lost nudge, a retry that is due, or a turn whose worker died with its lease.
SWEEP_EVERY = 1.0


def work_until(stop: threading.Event, *, responder: Responder, queue: TurnQueue) -> None:
    """Answer turns until told to stop."""
    go_rounds(stop, work=lambda: answer_next(responder), wait=lambda: queue.wait(SWEEP_EVERY))


def answer_next(responder: Responder) -> bool:
    """Claim and answer the oldest turn that waits; False when there is none."""
    claim = inbox.claim_next(timezone.now())
    if claim is None:
        return False
    responder.respond(claim)
    return True
