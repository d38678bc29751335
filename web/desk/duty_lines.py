"""How each colleague stands: on duty or not, with how much, planned when; read for a whole page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from casework import topics, visibility
from casework.candidates import carried
from office import duties
from office.models import Duty, Staff, Unit
from office.opening_hours import working_clock, write_hours
from office.shifts import Week, within
from office.working_hours import ZONE, WorkingClock

#: Days of the week as a narrow table says them.
_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One person. carried: cases that count against the capacity; today: planned hours, "" for none.

    is_present: the desk was open in the last minutes. topics, week: as people read them.
    """

    staff: Staff
    is_on: bool
    is_present: bool
    since: datetime | None
    seen_at: datetime | None
    carried: int
    capacity: int
    topics: tuple[str, ...]
    today: str
    is_planned_now: bool
    week: str

    @property
    def is_full(self) -> bool:
        return self.carried >= self.capacity


def lines_by_unit(viewer: Staff, now: datetime) -> list[tuple[Unit, list[DutyLine]]]:
    """The people this person sees, below each of their units: the central team first."""
    seen = visibility.units_overseen(viewer)
    units = {unit.pk: unit for unit in seen}
    by_unit: dict[int, list[DutyLine]] = defaultdict(list)
    usual, minutes, clock = duties.CAPACITY.current(), duties.PRESENT_MINUTES.current(), working_clock()
    for staff in _people(viewer):
        line = _line(staff, now, usual=usual, minutes=minutes, clock=clock)
        for unit in staff.units.all():
            by_unit[unit.pk].append(line)
    pairs = [(units[pk], lines) for pk, lines in by_unit.items() if pk in units]
    return sorted(pairs, key=lambda pair: (pair[0].kind != Unit.Kind.CONTACT_TEAM, pair[0].name))


def _people(viewer: Staff) -> QuerySet[Staff, Staff]:
    people = visibility.colleagues_for(viewer).select_related("duty").prefetch_related("shifts", "units")
    return people.annotate(carried=carried("cases")).order_by("last_name", "first_name", "username")


def _line(staff: Staff, now: datetime, *, usual: int, minutes: int, clock: WorkingClock) -> DutyLine:
    duty = getattr(staff, "duty", None) or Duty(staff=staff)
    week, local = duties.week_of(list(staff.shifts.all())), now.astimezone(ZONE)
    today = tuple(within(week.get(local.weekday(), ()), clock.hours_of(local.date())))
    return DutyLine(
        staff=staff,
        is_on=duties.is_on(duty, now),
        is_present=duties.is_present(duty, now, minutes=minutes),
        since=duty.on_since,
        seen_at=duty.seen_at,
        carried=getattr(staff, "carried", 0),
        capacity=duty.capacity or usual,
        topics=tuple(topics.name_of(topic) for topic in duty.topics),
        today=write_hours(today),
        is_planned_now=any(span.start <= local.time() < span.end for span in today),
        week=week_words(week),
    )


def week_words(week: Week) -> str:
    """ "T2–T5 08:00-12:00, 13:00-17:00; T6 08:00-12:00": days in a row with the same hours together."""
    runs = groupby(range(len(_DAYS)), key=lambda day: week.get(day, ()))
    told = ((_days(list(days)), write_hours(hours)) for hours, days in runs if hours)
    return "; ".join(f"{days} {hours}" for days, hours in told)


def _days(days: Sequence[int]) -> str:
    first, last = _DAYS[days[0]], _DAYS[days[-1]]
    return first if first == last else f"{first}–{last}"
