"""The pace of messages: never more than the service takes, in any span, and no slot given away unused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.limits import PACES
from bot.channels.pace import LONGEST_WAIT, Pace

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PACE = Pace(every=timedelta(milliseconds=40), burst=5)
gaps = st.lists(st.integers(0, 3_000_000).map(lambda us: timedelta(microseconds=us)), min_size=1, max_size=60)


def slots(pace: Pace, asked: Sequence[datetime]) -> list[datetime]:
    free_at, given_out = None, []
    for now in asked:
        slot = pace.slot(free_at, now=now)
        free_at = slot.free_at
        given_out.append(slot.at)
    return given_out


def asked_after(gaps: Sequence[timedelta]) -> list[datetime]:
    moments = [NOON]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    return moments


@given(gaps, st.integers(1, 8), st.integers(1, 2_000))
def test_no_span_holds_more_than_the_burst_and_one_each_interval(
    gaps: list[timedelta], burst: int, milliseconds: int
) -> None:
    pace = Pace(every=timedelta(milliseconds=milliseconds), burst=burst)
    given_out = slots(pace, asked_after(gaps))
    for first in range(len(given_out)):
        for last in range(first, len(given_out)):
            held = last - first + 1
            assert held <= burst + (given_out[last] - given_out[first]) / pace.every


@given(gaps)
def test_a_slot_is_never_before_it_was_asked_for_and_slots_are_in_order(gaps: list[timedelta]) -> None:
    asked = asked_after(gaps)
    given_out = slots(PACE, asked)
    assert given_out == sorted(given_out)
    assert all(at >= now for at, now in zip(given_out, asked, strict=True))


def test_who_comes_slower_than_the_pace_never_waits() -> None:
    asked = [NOON + PACE.every * number for number in range(100)]
    assert slots(PACE, asked) == asked


def test_after_a_burst_each_waits_for_the_one_before() -> None:
    given_out = slots(PACE, [NOON] * 8)
    assert given_out == [NOON] * 5 + [NOON + PACE.every * number for number in (1, 2, 3)]


def test_a_state_written_by_a_clock_that_ran_ahead_holds_nothing_up() -> None:
    assert PACE.slot(NOON + timedelta(hours=3), now=NOON).at == NOON
    assert PACE.slot(NOON + LONGEST_WAIT, now=NOON).at > NOON


@pytest.mark.parametrize(
    ("channel", "span", "most"),
    [("telegram", timedelta(seconds=1), 30), ("zalo", timedelta(minutes=1), 4000)],
)
def test_what_each_service_takes_is_not_exceeded_in_its_worst_span(
    channel: str, span: timedelta, most: int
) -> None:
    pace = PACES[channel].account
    assert pace is not None
    assert pace.burst + span / pace.every <= most
