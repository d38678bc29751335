"""When somebody is planned to be on duty: shifts of the week within the office's own hours. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from office.working_calendar import ONE_DAY
from office.working_hours import ZONE, Hours, Span, WorkingClock

#: The hours planned on each day of the week, 0 for Monday; a day without any is missing.
Week = Mapping[int, Hours]

#: How far ahead a planned shift is looked for: past the longest holidays (Tết).
LOOKED_AHEAD = 30


def next_shift(weeks: Sequence[Week], at: datetime, clock: WorkingClock) -> datetime | None:
    """The first moment from `at` on at which somebody is planned and the office is open.

    `at` itself while that is so; None where no shift lies within LOOKED_AHEAD days.
    """
    local = at.astimezone(ZONE)
    for number in range(LOOKED_AHEAD + 1):
        day = local.date() + number * ONE_DAY
        spans = [span for week in weeks for span in within(week.get(day.weekday(), ()), clock.hours_of(day))]
        moments = (
            max(local, datetime.combine(day, span.start, tzinfo=ZONE))
            for span in spans
            if number or local.time() < span.end
        )
        if first := min(moments, default=None):
            return first
    return None


def within(planned: Hours, opened: Hours) -> Iterator[Span]:
    """What of the planned hours lies in those of the office, in order."""
    for shift in planned:
        for span in opened:
            start, end = max(shift.start, span.start), min(shift.end, span.end)
            if start < end:
                yield Span(start=start, end=end)


def length(week: Week) -> timedelta:
    """The planned time of a week."""
    spans = (span.minutes for hours in week.values() for span in hours)
    return timedelta(minutes=sum(end - start for start, end in spans))
