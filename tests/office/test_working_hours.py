"""The clock of working hours: lunch, nights, weekends, holidays and decided days do not count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from office.working_calendar import WorkingCalendar
from office.working_hours import MORNING, ZONE, Span, WorkingClock
from tests.office.test_working_calendar import HUE

CLOCK = WorkingClock()
HALF_DAY = date(2027, 3, 4)
#: A Saturday worked, a Friday off, a half day, all by decision; lunch of another length.
DECIDED = WorkingClock(
    calendar=WorkingCalendar(decided={date(2026, 1, 10): True, date(2026, 1, 2): False}),
    hours=(Span(start=time(7, 30), end=time(11, 45)), Span(start=time(13, 15), end=time(17))),
    on_days=MappingProxyType({HALF_DAY: (MORNING,)}),
)
clocks = st.sampled_from([CLOCK, DECIDED])
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 -- the zone comes beside
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(ZONE),
)
works = st.integers(0, 600 * 3600).map(lambda seconds: timedelta(seconds=seconds))


def at(words: str) -> datetime:
    """Hà Nội's time, "2026-11-27 16:30"."""
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-26 08:00", 4, "2026-11-26 12:00"),  # ends with the morning, not after lunch
        ("2026-11-26 11:00", 4, "2026-11-26 16:00"),  # lunch does not count
        ("2026-11-26 12:30", 1, "2026-11-26 14:00"),  # came at lunch
        ("2026-11-26 16:00", 4, "2026-11-27 11:00"),  # goes on next morning
        ("2026-11-27 16:00", 8, "2026-11-30 16:00"),  # over a weekend
        ("2026-11-28 10:00", 8, "2026-11-30 17:00"),  # came on a Saturday
        ("2026-11-23 16:00", 8, "2026-11-25 16:00"),  # 24 November is a holiday from 2026 on
        ("2026-12-31 16:30", 1, "2027-01-04 08:30"),  # New Year on a Friday, then a weekend
    ],
)
def test_a_limit_in_hours_counts_only_what_is_worked(start: str, hours: int, end: str) -> None:
    assert CLOCK.after(at(start), working=timedelta(hours=hours)) == at(end)


def test_decided_days_and_half_days_are_honoured() -> None:
    eight = timedelta(hours=8)
    assert DECIDED.after(at("2025-12-31 17:00"), working=eight) == at("2026-01-05 17:00")
    assert DECIDED.after(at("2026-01-09 17:00"), working=eight) == at("2026-01-10 17:00")
    assert DECIDED.between(at("2027-03-04 00:00"), at("2027-03-05 00:00")) == timedelta(hours=4)
    assert DECIDED.after_days(at("2027-03-03 09:00"), working_days=1) == at("2027-03-04 12:00")


@pytest.mark.parametrize(("submitted", "due"), HUE)
def test_six_deadlines_of_hue_come_out_of_seven_working_days(submitted: str, due: str) -> None:
    assert CLOCK.after_days(at(f"{submitted} 09:00"), working_days=7) == at(f"{due} 17:00")


def test_the_seventh_of_hue_is_one_day_off_at_tet_2023() -> None:
    """Submitted on the eve of Tết, due on 6 February as published; seven working days end on the 7th.

    State offices were off from 20 to 26 January 2023 (the package knows it), so Huế counted 27 January as
    the first of seven, as if received on a working day, while its report of 2024-10-27, a Sunday, was
    counted from the Monday as day of receipt. Both cannot come from one rule; ours follows the other six.
    """
    assert CLOCK.after_days(at("2023-01-21 09:00"), working_days=7) == at("2023-02-07 17:00")
    assert CLOCK.calendar.from_day(date(2023, 1, 21)) == date(2023, 1, 27)


def test_what_comes_after_closing_time_is_received_on_the_next_working_day() -> None:
    assert CLOCK.after_days(at("2026-11-26 17:00"), working_days=1) == at("2026-11-27 17:00")
    assert CLOCK.after_days(at("2026-11-26 17:01"), working_days=1) == at("2026-11-30 17:00")


@given(clocks, moments, works)
def test_a_term_ends_while_the_office_is_open_and_holds_exactly_its_time(clock, start, work) -> None:
    end = clock.after(start, working=work)
    assert clock.is_open(end)
    assert end >= start
    assert abs(clock.between(start, end) - work) < timedelta(milliseconds=1)


@given(clocks, moments, works, works)
def test_terms_add_up(clock, start, first, second) -> None:
    assume(start.microsecond == 0)
    in_two = clock.after(clock.after(start, working=first), working=second)
    assert clock.between(clock.after(start, working=first + second), in_two) == timedelta(0)


@given(clocks, moments, moments, works)
def test_what_starts_later_ends_no_earlier(clock, start, later, work) -> None:
    start, later = sorted((start.replace(microsecond=0), later.replace(microsecond=0)))
    assert clock.after(start, working=work) <= clock.after(later, working=work)


@given(clocks, moments, moments, moments)
def test_time_between_adds_up_and_turns_its_sign(clock, first, second, third) -> None:
    whole = clock.between(first, second) + clock.between(second, third)
    assert abs(whole - clock.between(first, third)) < timedelta(milliseconds=1)
    assert clock.between(first, second) == -clock.between(second, first)


@given(clocks, moments, st.integers(1, 60))
def test_a_limit_in_days_ends_at_closing_time_of_a_working_day(clock, start, days) -> None:
    end = clock.after_days(start, working_days=days)
    assert end.time() == clock.hours_of(end.date())[-1].end
    assert clock.calendar.is_working(end.date())
    assert end < clock.after_days(start, working_days=days + 1)
