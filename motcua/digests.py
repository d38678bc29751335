"""Digests go out at their times; the round of `motcua run`."""

from __future__ import annotations

import threading

import structlog
from django.utils import timezone

from bot.rounds import go_rounds
from casework import digests

log = structlog.get_logger(__name__)

#: Seconds between two looks: a digest may be a minute late.
LOOK_EVERY = 60.0


def send_digests_until(stop: threading.Event) -> None:
    """Look for what is due until told to stop; what failed is tried again at a later look."""
    go_rounds(stop, work=_send_once, wait=lambda: stop.wait(LOOK_EVERY))


def _send_once() -> bool:
    sent = digests.send_due(timezone.now())
    if sent:
        log.info("digests", sent=sent)
    return False
