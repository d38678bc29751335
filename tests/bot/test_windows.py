"""Reply windows: free, billed, closed, counted from what the citizen did last; other channels have no end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.windows import ZALO, Reach, ReplyWindow, reply_window

LAST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.timedeltas(min_value=timedelta(days=-3000), max_value=timedelta(days=3000)).map(LAST.__add__)


def zalo(now: datetime, last: datetime | None = LAST) -> ReplyWindow:
    return reply_window("zalo", last_interaction=last, now=now)


@pytest.mark.parametrize(
    ("after", "reach"),
    [
        (timedelta(), Reach.FREE),
        (timedelta(hours=48), Reach.FREE),
        (timedelta(hours=48) + SECOND, Reach.BILLED),
        (timedelta(days=7), Reach.BILLED),
        (timedelta(days=7) + SECOND, Reach.CLOSED),
    ],
)
def test_zalo_takes_replies_free_for_48_hours_billed_for_7_days_and_then_not_at_all(
    after: timedelta, reach: Reach
) -> None:
    window = zalo(LAST + after)
    assert window.reach is reach
    assert window.free_until == LAST + timedelta(hours=48)
    assert window.open_until == LAST + timedelta(days=7)


def test_who_never_did_anything_there_cannot_be_written_to() -> None:
    assert zalo(LAST, last=None) == ReplyWindow(reach=Reach.CLOSED)


@pytest.mark.parametrize(
    ("channel", "reach"),
    [("telegram", Reach.ALWAYS), ("terminal", Reach.ALWAYS), ("webchat", Reach.ON_RETURN)],
)
@given(last=st.none() | moments, now=moments)
def test_a_channel_without_a_window_has_no_end(
    channel: str, reach: Reach, last: datetime | None, now: datetime
) -> None:
    window = reply_window(channel, last_interaction=last, now=now)
    assert window == ReplyWindow(reach=reach)
    assert not window.has_end


@given(
    last=moments, earlier=moments, waited=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=30))
)
def test_waiting_never_opens_a_window(last: datetime, earlier: datetime, waited: timedelta) -> None:
    order = [Reach.FREE, Reach.BILLED, Reach.CLOSED]
    before, after = zalo(earlier, last).reach, zalo(earlier + waited, last).reach
    assert order.index(before) <= order.index(after)


@given(now=moments, last=moments, later=moments)
def test_what_the_citizen_does_later_never_closes_it(now: datetime, last: datetime, later: datetime) -> None:
    order = [Reach.FREE, Reach.BILLED, Reach.CLOSED]
    first, second = sorted((last, later))
    assert order.index(zalo(now, second).reach) <= order.index(zalo(now, first).reach)


@given(now=moments, last=moments)
def test_the_ends_agree_with_what_is_said_of_now(now: datetime, last: datetime) -> None:
    window = zalo(now, last)
    assert window.free_until is not None
    assert window.open_until is not None
    assert (window.reach is Reach.FREE) == (now <= window.free_until)
    assert (window.reach is Reach.CLOSED) == (now > window.open_until)
    assert window.open_until - window.free_until == ZALO.billed - ZALO.free
