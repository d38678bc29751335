"""Revisions that begin or end today, brought about by themselves: the round of `motcua run`."""

from __future__ import annotations

import threading

import structlog

from bot.rounds import go_rounds
from knowledge_base.effective_dates import apply_dates

log = structlog.get_logger(__name__)

#: Seconds between two looks: so long after midnight a new content may come; answers go by the day at once.
LOOK_EVERY = 30.0


def apply_dates_until(stop: threading.Event) -> None:
    """Look for what is due until told to stop; a release that fails is tried again at the next look."""
    go_rounds(stop, work=_apply_once, wait=lambda: stop.wait(LOOK_EVERY))


def _apply_once() -> bool:
    applied = apply_dates()
    if applied.built:
        log.info("effective_dates_applied", begun=applied.begun, ended=applied.ended)
    return False
