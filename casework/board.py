"""What a supervisor looks at: who waits longest, who has how much, what nobody has taken on or is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, When

from casework import visibility
from casework.board_numbers import SHOWN, Numbers, numbers_by
from casework.models import Case, Promise, Report
from casework.overdue import overdue
from casework.unit_loads import UnitLoad, unit_loads
from office import duties
from office.models import Duty, Staff


@dataclass(frozen=True, kw_only=True)
class Load:
    """One person's part. is_present: the desk was open in the last minutes; seen_at: when it last was."""

    staff: Staff
    numbers: Numbers
    capacity: int
    is_on: bool
    is_present: bool
    seen_at: datetime | None

    @property
    def is_full(self) -> bool:
        return self.numbers.carried >= self.capacity


@dataclass(frozen=True, kw_only=True)
class Board:
    """What one supervisor oversees now. units: all of the city's for who oversees the city.

    reports_late: how many reports are past their term.
    """

    whole: Numbers
    reports_late: int
    people: Sequence[Load]
    units: Sequence[UnitLoad]


def board(staff: Staff, now: datetime) -> Board:
    """Everything but the lists. A handful of queries, however many cases there are."""
    by_holder = {
        holder: numbers
        for (holder,), numbers in numbers_by(("claimed_by",), visibility.cases_overseen(staff), now).items()
    }
    held = {holder: numbers for holder, numbers in by_holder.items() if holder is not None}
    return Board(
        whole=sum(by_holder.values(), start=Numbers()),
        reports_late=reports_late(staff, now).count(),
        people=_people(staff, now, held),
        units=unit_loads(staff, now),
    )


def listed(staff: Staff, which: Q, *, limit: int = SHOWN) -> QuerySet[Case]:
    """Cases overseen that fit, who waits longest first, then those to whom nothing is owed.

    Each with promised_at: when its citizen was told to have an answer, None for no open promise.
    """
    promises = Promise.objects.filter(Promise.OPEN, case=OuterRef("pk")).values("due_at")
    cases = visibility.cases_overseen(staff).filter(which).annotate(promised_at=Subquery(promises[:1]))
    return cases.order_by(F("owed_since").asc(nulls_last=True), "id")[:limit]


def reports_late(staff: Staff, now: datetime) -> QuerySet[Report]:
    """Reports that this person sees and whose term is over, the longest over first: listed and counted alike.

    Each with term_end: when that was.
    """
    ends = models.Case(When(state=Report.State.NEW, then=F("intake_due")), default=F("due_at"))
    late = visibility.reports_for(staff).filter(overdue(now))
    return late.annotate(term_end=ends).order_by("term_end", "id")


def _people(viewer: Staff, now: datetime, by_holder: Mapping[int, Numbers]) -> list[Load]:
    """Colleagues at the desk, and who else holds a case; the most burdened first."""
    usual, minutes = duties.CAPACITY.current(), duties.PRESENT_MINUTES.current()
    colleagues = visibility.colleagues_for(viewer).values("pk")
    people = Staff.objects.filter(Q(pk__in=colleagues) | Q(pk__in=list(by_holder))).select_related("duty")
    loads = [_load(one, now, by_holder.get(one.pk, Numbers()), usual, minutes) for one in people]
    return sorted(loads, key=_burden)


def _load(staff: Staff, now: datetime, numbers: Numbers, usual: int, minutes: int) -> Load:
    duty = getattr(staff, "duty", None) or Duty(staff=staff)
    return Load(
        staff=staff,
        numbers=numbers,
        capacity=duty.capacity or usual,
        is_on=duties.is_on(duty, now),
        is_present=duties.is_present(duty, now, minutes=minutes),
        seen_at=duty.seen_at,
    )


def _burden(load: Load) -> tuple[int, int, int, bool, str]:
    numbers = load.numbers
    return -numbers.late, -numbers.owed, -numbers.open, not load.is_on, load.staff.display_name
