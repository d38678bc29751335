"""When somebody can expect an answer: from who is there, never better than it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.forecast import FEWEST, Forecast, Paces, Staffed, Staffing, forecast
from office.working_hours import ZONE, WorkingClock

CLOCK = WorkingClock()
LIMIT = timedelta(hours=2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


#: A Monday; the 24th is a holiday.
MONDAY = at("23 09:02")
NIGHT = at("23 20:00")
ONE_FREE = Staffing(places=4, free=1, planned_places=0, ahead=0, shift=None)
ALL_BUSY = replace(ONE_FREE, free=0, ahead=3)
NOBODY = Staffing(places=0, free=0, planned_places=0, ahead=0, shift=None)
TIMED = Paces(to_reply=[4, 6, 8, 10, 12] * 2, to_end=[20, 25, 30, 35, 40] * 2)


def expected(now: datetime, staffing: Staffing, paces: Paces = TIMED) -> Forecast:
    return forecast(now, staffing, paces, limit=LIMIT, clock=CLOCK)


def test_somebody_who_is_free_answers_as_fast_as_lately() -> None:
    told = expected(MONDAY, ONE_FREE)
    assert (told.staffed, told.begins, told.due) == (Staffed.FREE, MONDAY, at("23 11:05"))
    assert told.takes
    assert (told.takes.low, told.takes.high) == (10, 10)


def test_while_all_are_busy_the_queue_is_counted_in_rounds() -> None:
    told = expected(MONDAY, ALL_BUSY)
    assert told.staffed is Staffed.BUSY
    assert told.takes
    assert (told.takes.low, told.takes.high) == (35, 45)
    further_back = expected(MONDAY, replace(ALL_BUSY, ahead=4))
    assert further_back.takes
    assert (further_back.takes.low, further_back.takes.high) == (60, 80)


def test_a_free_place_is_for_who_waits_longest() -> None:
    assert expected(MONDAY, replace(ONE_FREE, ahead=1)).staffed is Staffed.BUSY


def test_a_promise_waits_for_a_long_queue_rather_than_being_broken() -> None:
    told = expected(MONDAY, replace(ALL_BUSY, ahead=39))
    assert told.takes
    assert told.takes.most == 415
    assert told.due == at("23 17:00")


def test_too_few_cases_before_tell_no_length_of_time() -> None:
    few = Paces(to_reply=TIMED.to_reply[: FEWEST - 1], to_end=TIMED.to_end)
    assert expected(MONDAY, ONE_FREE, few).takes is None
    assert expected(MONDAY, ONE_FREE, few).due == at("23 11:05")


@pytest.mark.parametrize(
    ("now", "staffing", "staffed", "begins", "due"),
    [
        (NIGHT, NOBODY, Staffed.CLOSED, "25 08:00", "25 10:00"),
        (MONDAY, NOBODY, Staffed.NOBODY, "23 09:02", "23 11:05"),
        (NIGHT, replace(ONE_FREE, free=4), Staffed.CLOSED, "25 08:00", "25 10:00"),
        (MONDAY, replace(NOBODY, shift=at("23 13:00")), Staffed.SHIFT, "23 13:00", "23 15:00"),
        (NIGHT, replace(NOBODY, shift=at("26 13:30")), Staffed.SHIFT, "26 13:30", "26 15:30"),
    ],
)
def test_while_nobody_is_there_the_next_shift_counts_or_the_opening(
    now: datetime, staffing: Staffing, staffed: Staffed, begins: str, due: str
) -> None:
    told = expected(now, staffing, Paces())
    assert (told.staffed, told.begins, told.due) == (staffed, at(begins), at(due))


STAFFING = st.builds(
    Staffing,
    places=st.integers(0, 20),
    free=st.integers(0, 20),
    planned_places=st.integers(0, 10),
    ahead=st.integers(0, 60),
    shift=st.none() | st.integers(0, 90).map(lambda hours: CLOCK.next_open(MONDAY + timedelta(hours=hours))),
)
MINUTES = st.lists(st.integers(0, 300), max_size=30)


@given(
    staffing=STAFFING,
    paces=st.builds(Paces, to_reply=MINUTES, to_end=MINUTES),
    now=st.integers(0, 14 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
)
def test_no_promise_is_earlier_than_what_is_expected_or_the_service_level(
    staffing: Staffing, paces: Paces, now: datetime
) -> None:
    told = expected(now, staffing, paces)
    assert told.due >= CLOCK.after(now, working=LIMIT) or told.staffed is Staffed.SHIFT
    assert told.due >= told.begins + timedelta(minutes=told.takes.most if told.takes else 0)
    assert told.due - CLOCK.after(told.begins, working=LIMIT) >= timedelta()
    assert (told.takes is None) or told.takes.low <= told.takes.high <= told.takes.most
