"""The calendar in force: what starter/working_days.yaml ships, and what the office set since."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import MappingProxyType

import yaml
from django.db import transaction

import starter
from office.audit import note
from office.models import CalendarDay, Staff
from office.working_calendar import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """The calendar with every decision known now. One query."""
    rows = dict(CalendarDay.objects.values_list("day", "is_working"))
    return WorkingCalendar(decided=MappingProxyType({**_shipped(), **rows}))


def decide_day(day: date, *, is_working: bool, source: str, by: Staff | None) -> None:
    """Keep a decision on one day, in place of an earlier one, with a line in the register."""
    with transaction.atomic():
        CalendarDay.objects.update_or_create(day=day, defaults={"is_working": is_working, "source": source})
        word = "working" if is_working else "off"
        note("calendar.decided", f"day:{day.isoformat()}", by, decided=word, source=source)


@cache
def _shipped() -> dict[date, bool]:
    entries = yaml.safe_load(starter.WORKING_DAYS.read_text(encoding="utf-8"))
    return {entry["day"]: entry["is_working"] for entry in entries}
