"""Who is on duty, and when somebody is planned to be: within the office's hours, past holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from office import duties
from office.models import AuditEntry, Duty
from office.shifts import next_shift
from office.working_calendar import WorkingCalendar
from office.working_hours import AFTERNOON, MORNING, ZONE, Span, WorkingClock
from tests.casework.people import official

CLOCK = WorkingClock()
#: A ward's counter that answers on Tuesday mornings and Thursday afternoons.
WEEK = {1: (MORNING,), 3: (AFTERNOON,)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-30 09:00", "2026-12-01 08:00"),  # Monday: planned tomorrow
        ("2026-12-01 09:15", "2026-12-01 09:15"),  # within the shift
        ("2026-12-01 12:00", "2026-12-03 13:00"),  # it has just ended
        ("2026-11-23 09:00", "2026-11-26 13:00"),  # the 24th is the Day of Culture
        ("2026-11-26 18:00", "2026-12-01 08:00"),  # over the weekend
        ("2026-12-31 18:00", "2027-01-05 08:00"),  # New Year's Day is a Friday
    ],
)
def test_the_next_shift_is_the_first_planned_hour_in_which_the_office_is_open(
    now: str, expected: str
) -> None:
    assert next_shift([WEEK], at(now), CLOCK) == at(expected)


def test_a_shift_on_a_day_decided_off_is_passed_over() -> None:
    closed = WorkingClock(calendar=WorkingCalendar(decided={date(2026, 12, 1): False}))
    assert next_shift([WEEK], at("2026-11-30 09:00"), closed) == at("2026-12-03 13:00")


def test_hours_planned_outside_those_of_the_office_do_not_count() -> None:
    early = {0: (Span(start=time(6), end=time(8, 30)),)}
    assert next_shift([early], at("2026-11-23 05:00"), CLOCK) == at("2026-11-23 08:00")


def test_of_several_people_the_first_counts_and_without_a_plan_there_is_no_shift() -> None:
    assert next_shift([WEEK, {0: (AFTERNOON,)}], at("2026-11-23 09:00"), CLOCK) == at("2026-11-23 13:00")
    assert next_shift([], at("2026-11-23 09:00"), CLOCK) is None


@pytest.mark.django_db
def test_duty_ends_with_its_day_for_who_forgets_to_leave_it() -> None:
    ha = official("ha")
    duties.go_on(ha, at("2026-11-23 08:00"))
    assert duties.is_on(duties.duty_of(ha), at("2026-11-23 23:59"))
    assert not duties.is_on(duties.duty_of(ha), at("2026-11-24 00:00"))
    duties.go_on(ha, at("2026-11-24 08:05"))
    assert Duty.objects.get().on_since == at("2026-11-24 08:05")


@pytest.mark.django_db
def test_going_on_twice_is_one_turn_with_one_line() -> None:
    ha = official("ha")
    duties.go_on(ha, at("2026-11-23 08:00"))
    duties.go_on(ha, at("2026-11-23 10:00"))
    assert Duty.objects.get().on_since == at("2026-11-23 08:00")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["duty.on"]


@pytest.mark.django_db
def test_being_seen_is_written_once_a_minute_and_only_of_who_takes_part() -> None:
    ha, now = official("ha"), at("2026-11-23 08:00")
    duties.note_seen(ha, now)
    assert not Duty.objects.exists()
    duties.go_on(ha, now)
    duties.note_seen(ha, now + timedelta(seconds=30))
    assert Duty.objects.get().seen_at == now
    duties.note_seen(ha, now + timedelta(seconds=61))
    assert Duty.objects.get().seen_at == now + timedelta(seconds=61)
