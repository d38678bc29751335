"""Which days the office works, and a limit in working days counted on them. Pure over a calendar value.

Holidays, days in lieu and the swaps it knows come from the package `holidays` (VN). What the Government
decided beyond that, year by year, stands in the calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import holidays

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """decided: days that are working days (True) or off (False) by decision, whatever else is known."""

    decided: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def is_working(self, day: date) -> bool:
        """Whether state offices work: Monday to Friday but for holidays (40-hour week), or as was decided."""
        decided = self.decided.get(day)
        return day in _usually_worked(day.year) if decided is None else decided

    def from_day(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after(self, received: date, *, working_days: int) -> date:
        """The day a limit ends. What comes on a day off counts as received on the next working day.

        The rule reproduces six of the seven deadlines published by Huế (reference/domain.md, Working days).
        """
        day = self.from_day(received)
        for _ in range(working_days):
            day = self.from_day(day + ONE_DAY)
        return day


def holiday_name(day: date) -> str:
    """What a public holiday of Việt Nam, or the day in lieu of one, is called; "" for no holiday."""
    name: str = _vietnam(day.year).get(day, "")
    return name


@cache
def _usually_worked(year: int) -> frozenset[date]:
    """Asked for every day of a term: the package takes long over each."""
    known = _vietnam(year)
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return frozenset(day for day in days if day.year == year and known.is_working_day(day))


@cache
def _vietnam(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi")
