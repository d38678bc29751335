"""What is known of who answers and how fast, for the forecast of one case; read from the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from casework import practice
from casework.candidates import candidates_in
from casework.forecast import Forecast, Paces, Staffing, forecast
from casework.models import Case
from casework.queue_place import position_in_queue
from casework.service_levels import service_levels
from office import duties
from office.models import Shift, Staff, Unit
from office.opening_hours import working_clock
from office.shifts import Week, next_shift
from office.working_hours import WorkingClock

#: Cases this old say little of today's pace.
LOOKED_BACK = timedelta(days=28)
#: The newest cases of the unit that were timed.
TIMED = 100


def forecast_for(case: Case, now: datetime) -> Forecast:
    """When the citizen of this case can expect a person's words."""
    clock = working_clock()
    return forecast(
        now,
        staffing_of(case, now, clock),
        paces_of(case.unit, now, clock),
        limit=service_levels(clock).limit(case),
        clock=clock,
    )


def staffing_of(case: Case, now: datetime, clock: WorkingClock) -> Staffing:
    """Who could answer this case now, and who as planned."""
    present = [one for one in candidates_in([case.unit_id], now) if one.is_ready]
    weeks = _weeks(case.unit)
    return Staffing(
        places=sum(one.capacity for one in present),
        free=sum(one.free for one in present),
        planned_places=_planned_places(weeks),
        ahead=max(position_in_queue(case) - 1, 0),
        shift=next_shift(list(weeks.values()), now, clock),
    )


def _weeks(unit: Unit) -> dict[int, Week]:
    """The planned weeks of those who answer for the unit, by person."""
    planned = Shift.objects.filter(staff__units=unit, staff__is_active=True, staff__role__in=Staff.DESK_ROLES)
    by_person: dict[int, list[Shift]] = {}
    for shift in planned:
        by_person.setdefault(shift.staff_id, []).append(shift)
    return {person: duties.week_of(shifts) for person, shifts in by_person.items()}


def _planned_places(weeks: dict[int, Week]) -> int:
    """What one of those planned carries at least: nobody knows who of them will be there."""
    return duties.CAPACITY.current() if weeks else 0


def paces_of(unit: Unit, now: datetime, clock: WorkingClock) -> Paces:
    """How long the unit's newest cases took from being taken, in working minutes."""
    lately = practice.of_citizens(Case.objects.filter(unit=unit, claimed_at__gte=now - LOOKED_BACK))
    lately = lately.order_by("-pk")
    return Paces(
        to_reply=_minutes(lately, "first_reply_at", clock),
        to_end=_minutes(lately.filter(state=Case.State.CLOSED), "closed_at", clock),
    )


def _minutes(cases_: QuerySet[Case], end: str, clock: WorkingClock) -> Sequence[int]:
    pairs: Iterable[tuple[datetime, datetime]] = cases_.filter(**{f"{end}__isnull": False}).values_list(
        "claimed_at", end
    )[:TIMED]
    return [max(0, round(clock.between(start, last).total_seconds() / 60)) for start, last in pairs]
