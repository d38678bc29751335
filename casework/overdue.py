"""Which reports are past their term: shown as overdue everywhere, to officials and to the public."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from casework.models import Report
from casework.report_life import ANSWER_OWED

State = Report.State


def overdue(now: datetime) -> Q:
    """Reports that somebody still has to take in, or to answer, and whose time for it is over."""
    not_taken_in = Q(state=State.NEW, intake_due__lt=now)
    return not_taken_in | Q(state__in=ANSWER_OWED, due_at__lt=now)


def due_soon(now: datetime) -> Q:
    """Reports so near the end of their term that their unit is warned (Report.warn_at), and not past it."""
    time_left = Q(state=State.NEW, intake_due__gte=now) | Q(state__in=ANSWER_OWED, due_at__gte=now)
    return Q(warn_at__lte=now) & time_left


def escalated(now: datetime) -> Q:
    """Of those that are overdue, the ones of which the unit above was told."""
    return overdue(now) & Q(escalated_to__isnull=False)
