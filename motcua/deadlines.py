"""What is due by the clock: terms of reports run out, cases wake; the round of `motcua run`."""

from __future__ import annotations

import threading

import structlog
from django.utils import timezone

from bot import appointment_reminders
from bot.rounds import go_rounds
from casework import case_escalation, cases, escalation, level_recount, viewings

log = structlog.get_logger(__name__)

#: Seconds between two looks: terms are counted in hours.
LOOK_EVERY = 60.0


def watch_deadlines_until(stop: threading.Event) -> None:
    """Look for what is due until told to stop; what failed is tried again at the next look."""
    go_rounds(stop, work=_watch_once, wait=lambda: stop.wait(LOOK_EVERY))


def _watch_once() -> bool:
    """True when there is more than one look takes."""
    now = timezone.now()
    escalated, warned, woken = escalation.escalate(now), escalation.warn(now), cases.wake(now)
    begun = level_recount.begin_terms()
    late, nearly_late = case_escalation.escalate(now), case_escalation.warn(now)
    appointment_reminders.remind(now)
    viewings.forget_stale(now)
    if escalated or warned or woken or late or nearly_late:
        told = {"escalated": escalated, "warned": warned, "woken": woken}
        log.info("deadlines", **told, cases_escalated=late, cases_warned=nearly_late)
    return escalation.AT_ONCE in {escalated, warned, woken, begun, late, nearly_late}
