"""How a report stands, in disjoint cases that the database tells apart: what every figure is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db.models import Case, F, IntegerChoices, IntegerField, Q, Value, When

from casework.models import Report, ReportRating

State = Report.State


class Standing(IntegerChoices):
    """MERGED: counted as the one it was merged into. WITHOUT_TERM: answered, and had none."""

    MERGED = 0
    REFERENCE_ONLY = 1
    REFUSED = 2
    ON_TIME = 3
    LATE = 4
    WITHOUT_TERM = 5
    OVERDUE = 6
    WAITING = 7


class Intake(IntegerChoices):
    """UNKNOWN: neither taken in nor overdue for it, or without a term."""

    UNKNOWN = 0
    ON_TIME = 1
    LATE = 2
    OVERDUE = 3


class Opinion(IntegerChoices):
    """DISSATISFIED: by the last rating; or one was for lateness, also where a later answer made up for it."""

    NONE = 0
    SATISFIED = 1
    DISSATISFIED = 2


def standing(now: datetime) -> Case:
    """Exactly one of `Standing`, as it is now. The commonest first: most reports are asked no further."""
    answered = Q(state=State.ANSWERED, is_reference_only=False)
    return _case(
        (answered & Q(answered_at__lte=F("due_at")), Standing.ON_TIME),
        (answered & Q(due_at__isnull=False), Standing.LATE),
        (answered, Standing.WITHOUT_TERM),
        (Q(state=State.MERGED), Standing.MERGED),
        (Q(is_reference_only=True), Standing.REFERENCE_ONLY),
        (Q(state=State.REFUSED), Standing.REFUSED),
        (Q(due_at__lt=now), Standing.OVERDUE),
        default=Standing.WAITING,
    )


def intake(now: datetime) -> Case:
    """Exactly one of `Intake`, as it is now."""
    return _case(
        (Q(taken_in_at__lte=F("intake_due")), Intake.ON_TIME),
        (Q(taken_in_at__gt=F("intake_due")), Intake.LATE),
        (Q(state=State.NEW, taken_in_at=None, intake_due__lt=now), Intake.OVERDUE),
        default=Intake.UNKNOWN,
    )


def opinion(_: datetime) -> Case:
    """Exactly one of `Opinion`. Most reports are not rated, and are asked no further."""
    ratings = ReportRating.objects.all()
    unsatisfied = ratings.filter(is_satisfied=False)
    last = unsatisfied.exclude(report__ratings__pk__gt=F("pk"))
    late = unsatisfied.filter(reason=ReportRating.Reason.LATE)
    return _case(
        (~Q(pk__in=ratings.values("report")), Opinion.NONE),
        (Q(pk__in=last.values("report")) | Q(pk__in=late.values("report")), Opinion.DISSATISFIED),
        default=Opinion.SATISFIED,
    )


FACETS: Mapping[str, Callable[[datetime], Case]] = MappingProxyType(
    {"standing": standing, "intake": intake, "opinion": opinion}
)


def _case(*cases: tuple[Q, int], default: int) -> Case:
    whens = (When(condition, then=Value(value)) for condition, value in cases)
    return Case(*whens, default=Value(default), output_field=IntegerField())
