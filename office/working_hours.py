"""The clock of the office: time counted while it is open, and nothing else. Pure over calendar and hours.

Lunch, nights, weekends, holidays and days decided off do not count; what comes while the office is closed
counts from its next opening. All times are aware; the days are those of Việt Nam, which has no summer time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from zoneinfo import ZoneInfo

from office.working_calendar import ONE_DAY, WorkingCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """Open from start to end of one day, in whole minutes; end comes later than start."""

    start: time
    end: time

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end, counted from midnight."""
        return self.start.hour * 60 + self.start.minute, self.end.hour * 60 + self.end.minute


Hours = tuple[Span, ...]

MORNING = Span(start=time(8), end=time(12))
AFTERNOON = Span(start=time(13), end=time(17))


@dataclass(frozen=True, kw_only=True)
class WorkingClock:
    """hours: of a usual working day, in order and apart. on_days: of single working days, where decided."""

    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    hours: Hours = (MORNING, AFTERNOON)
    on_days: Mapping[date, Hours] = field(default_factory=lambda: MappingProxyType({}))

    def hours_of(self, day: date) -> Hours:
        """When the office is open that day; () on a day off."""
        return self.on_days.get(day, self.hours) if self.calendar.is_working(day) else ()

    def is_open(self, at: datetime) -> bool:
        """Closing time included."""
        return self.next_open(at) == at

    def next_open(self, at: datetime) -> datetime:
        """The moment itself while the office is open, else its next opening."""
        local = at.astimezone(ZONE)
        for span in self.hours_of(local.date()):
            if local.timetz().replace(tzinfo=None) <= span.end:
                return max(local, _moment(local.date(), span.start))
        day = self.calendar.from_day(local.date() + ONE_DAY)
        return _moment(day, self.hours_of(day)[0].start)

    def after(self, start: datetime, *, working: timedelta) -> datetime:
        """When so much working time has passed since start; never while the office is closed.

        What ends with a span ends at closing time, not at the next opening.
        """
        opened = self.next_open(start)
        if not working:
            return opened
        return self._moment_of(opened.year, self._passed(opened) + round(working.total_seconds()))

    def after_days(self, start: datetime, *, working_days: int) -> datetime:
        """Closing time of the day a limit in days ends. The day of receipt does not count.

        Bộ luật Dân sự 2015 art. 147(2); what comes after closing time is received on the next working day.
        """
        day = self.calendar.after(self.next_open(start).date(), working_days=working_days)
        return _moment(day, self.hours_of(day)[-1].end)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from start to end; negative when end is earlier."""
        first, last = start.astimezone(ZONE), end.astimezone(ZONE)
        years = range(min(first.year, last.year), max(first.year, last.year))
        whole = sum(self._year(year).total for year in years)
        whole = whole if first.year <= last.year else -whole
        return timedelta(seconds=whole + self._passed(last) - self._passed(first))

    def _passed(self, local: datetime) -> float:
        """Working seconds of its year before a moment."""
        year, today = self._year(local.year), 0.0
        now = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
        for span in self.hours_of(local.date()):
            opens, closes = span.minutes
            today += max(0.0, min(now, closes * 60) - opens * 60)
        return year.before[local.toordinal() - year.first] + today

    def _moment_of(self, year: int, seconds: float) -> datetime:
        """The earliest moment at which so many working seconds of the year have passed."""
        while seconds > self._year(year).total:
            seconds -= self._year(year).total
            year += 1
        passed = self._year(year)
        number = bisect_left(passed.before, seconds) - 1
        day = date.fromordinal(passed.first + number)
        left = seconds - passed.before[number]
        for span in self.hours_of(day):
            opens, closes = span.minutes
            if left <= (closes - opens) * 60:
                return _moment(day, span.start) + timedelta(seconds=left)
            left -= (closes - opens) * 60
        raise AssertionError("a day's hours are shorter than the time counted in it")

    @cached_property
    def _years(self) -> dict[int, _Year]:
        return {}

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            self._years[year] = self._counted(year)
        return self._years[year]

    def _counted(self, year: int) -> _Year:
        day, seconds = date(year, 1, 1), []
        while day.year == year:
            spans = (span.minutes for span in self.hours_of(day))
            seconds.append(sum(closes - opens for opens, closes in spans) * 60)
            day += ONE_DAY
        first = date(year, 1, 1).toordinal()
        return _Year(first=first, before=(0, *accumulate(seconds[:-1])), total=sum(seconds))


@dataclass(frozen=True, kw_only=True)
class _Year:
    """Working seconds before each of its days, and of all. first: the number of its first day (ordinal)."""

    first: int
    before: tuple[int, ...]
    total: int


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZONE)
