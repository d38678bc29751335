"""Who could be given a case now, and what waits: read from the rows for the pure choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from casework import practice, visibility
from casework.choosing import Candidate, Waiting
from casework.models import Assignment, Case
from office import duties
from office.models import Duty, Staff


def on_duty_in(units: Collection[int], now: datetime) -> QuerySet[Duty]:
    """The duties of who is on duty for one of these units (primary keys), each once."""
    there = Staff.objects.filter(is_active=True, role__in=Staff.DESK_ROLES, units__in=units)
    return Duty.objects.filter(duties.on_duty(now), staff__in=there).select_related("staff")


def candidates_in(units: Collection[int], now: datetime) -> list[Candidate]:
    """Everybody on duty for one of these units, with how much each carries. Four queries."""
    found = on_duty_in(units, now).annotate(carried=carried("staff__cases")).prefetch_related("staff__units")
    usual, minutes = duties.CAPACITY.current(), duties.PRESENT_MINUTES.current()
    return [_candidate(duty, now, usual=usual, minutes=minutes) for duty in found]


def carried(cases: str) -> Count:
    """How many cases count against a person's capacity. cases: the way from the row to the person's."""
    invented = Q(**{f"{cases}__number__startswith": f"{practice.SERIES}-"})
    return Count(cases, filter=Q(**{f"{cases}__state__in": Case.CARRIED}) & ~invented)


def _candidate(duty: Duty, now: datetime, *, usual: int, minutes: int) -> Candidate:
    return Candidate(
        key=duty.staff_id,
        units=frozenset(unit.pk for unit in duty.staff.units.all()),
        is_ready=duties.is_present(duty, now, minutes=minutes),
        carried=getattr(duty, "carried", 0),
        capacity=duty.capacity or usual,
        topics=frozenset(duty.topics),
        last_assigned_at=duty.last_assigned_at,
    )


def as_waiting(cases: Sequence[Case], people: Collection[Staff]) -> list[Waiting]:
    """These cases as they are chosen for, and who of these people must not get them.

    Nobody gets one a second time, or one that is hidden from him or her: a complaint about one's own office.
    """
    not_for: dict[int, set[int]] = {case.pk: set() for case in cases}
    for case, staff in Assignment.objects.filter(case__in=cases).values_list("case", "staff"):
        not_for[case].add(staff)
    for person in people:
        unknown = {case for case, barred in not_for.items() if person.pk not in barred}
        if unknown:
            seen = visibility.cases_for(person).filter(pk__in=unknown).values_list("pk", flat=True)
            for hidden in unknown - set(seen):
                not_for[hidden].add(person.pk)
    return [_waiting(case, frozenset(not_for[case.pk])) for case in cases]


def _waiting(case: Case, not_for: frozenset[int]) -> Waiting:
    return Waiting(
        key=case.pk,
        unit=case.unit_id,
        since=case.owed_since or case.opened_at,
        topic=case.topic,
        is_urgent=case.priority == Case.Priority.URGENT,
        not_for=not_for,
    )
