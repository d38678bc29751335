"""When a citizen who asks for a person will have an answer, from who is really there. Pure.

A length of time is told only where enough cases before were timed; the moment by which an answer is promised
is never earlier than what is to be expected, and never earlier than the service level allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil
from statistics import quantiles

from office.working_hours import WorkingClock

#: Minutes that a told length of time is rounded up to.
ROUNDED_TO = 5
#: Fewer cases than these say nothing of the next.
FEWEST = 10


class Staffed(Enum):
    """FREE: somebody on duty has room. BUSY: all on duty have as much as they can carry. SHIFT: nobody is on
    duty, somebody is planned. CLOSED: nobody is, the office is closed. NOBODY: nobody is, though it is open.
    """

    FREE = "free"
    BUSY = "busy"
    SHIFT = "shift"
    CLOSED = "closed"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Range:
    """Working minutes: half of the cases before took from low to high; most took at most `most`."""

    low: int
    high: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """places: how many conversations those on duty and present carry at once; free: of these now.

    planned_places: the same of those who are planned. ahead: who waits before. shift: the next planned
    moment, None without a plan.
    """

    places: int
    free: int
    planned_places: int
    ahead: int
    shift: datetime | None


@dataclass(frozen=True, kw_only=True)
class Paces:
    """Working minutes of cases lately: from taking one to the first reply, and to its end."""

    to_reply: Sequence[int] = ()
    to_end: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """begins: from when somebody answers. takes: working minutes from then on, None where too little is
    known. due: by when an answer is promised.
    """

    staffed: Staffed
    ahead: int
    begins: datetime
    takes: Range | None
    due: datetime


def forecast(
    now: datetime, staffing: Staffing, paces: Paces, *, limit: timedelta, clock: WorkingClock
) -> Forecast:
    """What to expect of a wait that begins now. limit: the service level, in working time."""
    staffed = staffed_at(now, staffing, clock)
    begins = _begins(now, staffed, staffing, clock)
    takes = _takes(staffed, staffing, paces)
    expected = timedelta(minutes=takes.most) if takes else timedelta()
    due = clock.after(begins, working=max(limit, expected))
    return Forecast(staffed=staffed, ahead=staffing.ahead, begins=begins, takes=takes, due=_rounded(due))


def staffed_at(now: datetime, staffing: Staffing, clock: WorkingClock) -> Staffed:
    """Who there is now. While the office is closed nobody is, whoever forgot to leave."""
    is_open = clock.is_open(now)
    if is_open and staffing.places:
        return Staffed.FREE if staffing.free > staffing.ahead else Staffed.BUSY
    if staffing.shift:
        return Staffed.SHIFT
    return Staffed.NOBODY if is_open else Staffed.CLOSED


def _begins(now: datetime, staffed: Staffed, staffing: Staffing, clock: WorkingClock) -> datetime:
    if staffed is Staffed.SHIFT and staffing.shift:
        return staffing.shift
    return clock.next_open(now)


def _takes(staffed: Staffed, staffing: Staffing, paces: Paces) -> Range | None:
    """Until the first reply: the rounds in which places become free, then the reply itself."""
    places, free = staffing.places, staffing.free
    if staffed in (Staffed.SHIFT, Staffed.CLOSED, Staffed.NOBODY):
        places = free = staffing.planned_places
    to_reply, to_end = spread(paces.to_reply), spread(paces.to_end)
    if not (places and to_reply and to_end):
        return None
    rounds = max(0, ceil((staffing.ahead + 1 - free) / places))
    return Range(
        low=_up(rounds * to_end.low + to_reply.low),
        high=_up(rounds * to_end.high + to_reply.high),
        most=_up(rounds * to_end.most + to_reply.most),
    )


def spread(minutes: Sequence[int]) -> Range | None:
    """The quarters of these, and nine of ten; None of fewer than FEWEST."""
    if len(minutes) < FEWEST:
        return None
    cuts = quantiles(minutes, n=20, method="inclusive")
    return Range(low=ceil(cuts[4]), high=ceil(cuts[14]), most=ceil(cuts[17]))


def _up(minutes: int) -> int:
    return max(ROUNDED_TO, ceil(minutes / ROUNDED_TO) * ROUNDED_TO)


def _rounded(due: datetime) -> datetime:
    """The next full five minutes, which may be a moment past closing time and never earlier than meant."""
    over = timedelta(minutes=due.minute % ROUNDED_TO, seconds=due.second, microseconds=due.microsecond)
    return due + (timedelta(minutes=ROUNDED_TO) - over) if over else due
