"""Which cases owe their citizens a person's words, which of them are nearly late, and which are late."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from casework.models import Case


def owed() -> Q:
    """Open cases whose citizens wait; a snoozed one's, too."""
    return ~Q(state=Case.State.CLOSED) & Q(owed_since__isnull=False)


def late(now: datetime) -> Q:
    """Of those, the ones past their service level."""
    return owed() & Q(due_at__lt=now)


def due_soon(now: datetime) -> Q:
    """Of those, the ones near enough to it to be warned of (Case.warn_at), and not past it."""
    return owed() & Q(warn_at__lte=now, due_at__gte=now)


def told_further_up() -> Q:
    """Of those, the ones of which supervisors were told that they are late."""
    return owed() & Q(escalation_step__gte=Case.Step.SUPERVISORS)
