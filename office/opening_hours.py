"""When the office is open: hours as people type them, the live setting, the clock of all decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from types import MappingProxyType

from office import live_settings
from office.calendar_days import calendar_of_rows, decide_day
from office.errors import WrongSettingValue
from office.lookups import Lookup
from office.models import CalendarDay, Staff
from office.setting_kinds import Kind
from office.working_calendar import ONE_DAY
from office.working_hours import AFTERNOON, MORNING, Hours, Span, WorkingClock

#: A minute of the day, as `time` prints it and as people type it.
_MINUTE = "%H:%M"
HOW_TO_TYPE = "Ghi các buổi theo thứ tự, không chồng nhau, ví dụ 08:00-12:00, 13:00-17:00."


def read_hours(typed: str) -> Hours:
    """The hours of a day from "08:00-12:00, 13:00-17:00". Raises WrongSettingValue."""
    try:
        hours = tuple(_span(part) for part in typed.split(","))
    except ValueError as problem:
        raise WrongSettingValue(HOW_TO_TYPE) from problem
    if any(later.start <= earlier.end for earlier, later in pairwise(hours)):
        raise WrongSettingValue(HOW_TO_TYPE)
    return hours


def write_hours(hours: Hours) -> str:
    """As `read_hours` reads them."""
    return ", ".join(f"{span.start:{_MINUTE}}-{span.end:{_MINUTE}}" for span in hours)


def _span(typed: str) -> Span:
    """Raises ValueError."""
    start, end = (time.fromisoformat(word.strip().zfill(5)) for word in typed.replace("–", "-").split("-"))
    if start >= end or start.second or end.second or start.tzinfo or end.tzinfo:
        raise ValueError(typed)
    return Span(start=start, end=end)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided on the days from first to last. hours: of working days that are not as others."""

    first: date
    last: date
    is_working: bool
    source: str
    hours: str = ""

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY

    def keep(self, by: Staff | None) -> None:
        """Each day with a line in the register."""
        for day in self.days():
            decide_day(day, is_working=self.is_working, source=self.source, by=by, hours=self.hours)


class DailyHours(Kind[Hours]):
    """The hours of a usual working day."""

    def read(self, typed: str) -> Hours:
        return read_hours(typed)

    def write(self, value: Hours) -> str:
        return write_hours(value)


WORKING_HOURS = live_settings.declare(
    name="office.working_hours",
    group="Giờ làm việc",
    title="Giờ làm việc trong ngày",
    hint=f"{HOW_TO_TYPE} Đổi thì hạn của phản ánh đang xử lý được tính lại. "
    "Ngày nghỉ, ngày làm bù, ngày làm nửa buổi: ở trang Lịch làm việc.",
    kind=DailyHours(),
    default=(MORNING, AFTERNOON),
    source="Chưa có nguồn: cơ quan cần xác nhận. Giờ hành chính thường gặp, tám giờ một ngày",
    is_undecided=True,
)


_DECIDED = Lookup(lambda: CalendarDay.objects.values_list("day", "is_working", "hours"))


def working_clock(*decisions: Decision, without: date | None = None) -> WorkingClock:
    """The clock with the hours and every decision known now. Two queries: make one for many moments.

    decisions: as if they were made, too; without: as if nothing were decided on that day.
    """
    rows = {day: (is_working, hours) for day, is_working, hours in _DECIDED.all() if day != without}
    rows |= {day: (one.is_working, one.hours) for one in decisions for day in one.days()}
    return WorkingClock(
        calendar=calendar_of_rows([(day, is_working) for day, (is_working, _) in rows.items()]),
        hours=WORKING_HOURS.current(),
        on_days=MappingProxyType({day: read_hours(hours) for day, (_, hours) in rows.items() if hours}),
    )
