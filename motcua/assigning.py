"""Waiting cases are given to who is on duty, and promises looked after: the round of `motcua run`."""

from __future__ import annotations

import threading
from time import monotonic

import structlog
from django.utils import timezone

from bot.rounds import go_rounds
from casework import assignment, assignments_returned, promises
from conversations.changes import DESK, subscribe

log = structlog.get_logger(__name__)

#: Seconds between two looks where nothing is heard: of what another process changed, and of what is due.
LOOK_EVERY = 15.0
#: Seconds after which a wait notices that it is to end.
STOPS_WITHIN = 1.0
#: Seconds that changes are gathered for, so that a busy minute is not one look a message.
GATHERED_FOR = 0.3


def assign_until(stop: threading.Event) -> None:
    """Look at every change on the desk until told to stop; what failed is tried again at the next look."""
    changed, looked_at = threading.Event(), -LOOK_EVERY

    def wait() -> None:
        since = monotonic()
        while not (stop.is_set() or changed.is_set() or monotonic() - since >= LOOK_EVERY):
            changed.wait(STOPS_WITHIN)
        changed.clear()
        stop.wait(GATHERED_FOR)

    def look() -> bool:
        nonlocal looked_at
        if monotonic() - looked_at >= LOOK_EVERY:
            looked_at = monotonic()
            _see_what_is_due()
        _assign()
        return False

    with subscribe(DESK, listener=lambda _topic: changed.set()):
        go_rounds(stop, work=look, wait=wait)


def _assign() -> None:
    if assigned := assignment.assign_waiting(timezone.now()):
        log.info("assigned", cases=assigned)


def _see_what_is_due() -> None:
    """By the clock, and not at every change: more than one look takes is left to the next."""
    now = timezone.now()
    returned, settled = assignments_returned.return_unopened(now), promises.settle(now)
    if returned or settled:
        log.info("assignments_due", returned=returned, promises_settled=settled)
