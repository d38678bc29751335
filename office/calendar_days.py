"""The calendar in force: what starter/working_days.yaml ships, and what the office decided since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import yaml
from django.db import transaction

import starter
from office.audit import note
from office.models import CalendarDay, Staff
from office.working_calendar import ONE_DAY, WorkingCalendar, holiday_name


@dataclass(frozen=True, kw_only=True)
class CalendarLine:
    """A day that is not as its weekday says. hours: where they are not the usual, as typed; why: a holiday's
    name, or the source of the decision; is_ours: decided by the office, so that it can take it back.
    """

    day: date
    is_working: bool
    hours: str
    why: str
    is_ours: bool


def working_calendar() -> WorkingCalendar:
    """The calendar with every decision known now. One query."""
    return calendar_of_rows(CalendarDay.objects.values_list("day", "is_working"))


def calendar_of_rows(rows: Iterable[tuple[date, bool]]) -> WorkingCalendar:
    """With these decisions on top of what is shipped."""
    shipped = {day: is_working for day, (is_working, _) in _shipped().items()}
    return WorkingCalendar(decided=MappingProxyType({**shipped, **dict(rows)}))


def lines_of(year: int) -> list[CalendarLine]:
    """The days of a year that are not as their weekdays say, or were decided. Two queries."""
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    calendar, day, lines = working_calendar(), date(year, 1, 1), []
    while day.year == year:
        if day in rows or calendar.is_working(day) != (day.weekday() < 5):
            lines.append(_line(day, calendar, rows.get(day)))
        day += ONE_DAY
    return lines


def _line(day: date, calendar: WorkingCalendar, row: CalendarDay | None) -> CalendarLine:
    shipped = _shipped().get(day)
    return CalendarLine(
        day=day,
        is_working=calendar.is_working(day),
        hours=row.hours if row else "",
        why=row.source if row else shipped[1] if shipped else holiday_name(day) or "Ngày làm bù",
        is_ours=row is not None,
    )


def decide_day(day: date, *, is_working: bool, source: str, by: Staff | None, hours: str = "") -> None:
    """Keep a decision on one day, in place of an earlier one, with a line in the register.

    hours: of a working day that is not as others, as office.opening_hours writes them.
    """
    kept = {"is_working": is_working, "hours": hours, "source": source}
    with transaction.atomic():
        CalendarDay.objects.update_or_create(day=day, defaults=kept)
        word = "working" if is_working else "off"
        detail = {"decided": word, "hours": hours, "source": source}
        told = {name: words for name, words in detail.items() if words}
        note("calendar.decided", subject_of(day), by, **told)


def take_back(day: date, *, by: Staff | None) -> None:
    """Let go of the office's decision on one day, if there is one, with a line in the register."""
    with transaction.atomic():
        if CalendarDay.objects.filter(day=day).delete()[0]:
            note("calendar.taken_back", subject_of(day), by)


def subject_of(day: date) -> str:
    """What the register calls it."""
    return f"day:{day.isoformat()}"


@cache
def _shipped() -> Mapping[date, tuple[bool, str]]:
    entries = yaml.safe_load(starter.WORKING_DAYS.read_text(encoding="utf-8"))
    return {entry["day"]: (entry["is_working"], entry["source"]) for entry in entries}
