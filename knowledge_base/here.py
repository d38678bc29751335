"""What an answer depends on beside the content: the day, and which days the office works."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from office.calendar_days import working_calendar
from office.working_calendar import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class Here:
    """Where and when an answer is read. day: as the clock in Hà Nội shows it; calendar: its working days."""

    day: date
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)


#: Nothing is known of the place and the day: only the national text is told, and nothing is computed.
NOWHERE = Here(day=date.min)


def here_and_now() -> Here:
    """Today in Hà Nội, with the calendar in force."""
    return Here(day=timezone.localdate(), calendar=working_calendar())
