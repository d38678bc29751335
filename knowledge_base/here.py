"""What an answer depends on beside the content: the day, and what is known of the place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from knowledge_base.local_values import LocalValue
from office.calendar_days import working_calendar
from office.counters import Counter
from office.hotlines import city_hotline
from office.models import Unit
from office.service_points import counters
from office.working_calendar import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class Here:
    """Where and when an answer is read. day: as the clock in Hà Nội shows it; calendar: its working days.

    values: the local values of the release. counters: every service point. ward: code of the unit the citizen
    named, ward_name: its name; "" for none. hotline: the city's number, for what is not known here.
    """

    day: date
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    values: tuple[LocalValue, ...] = ()
    counters: tuple[Counter, ...] = ()
    ward: str = ""
    ward_name: str = ""
    hotline: str = ""


#: Nothing is known of the place and the day: only the national text is told, and nothing is computed.
NOWHERE = Here(day=date.min)


def here_and_now(*, values: tuple[LocalValue, ...] = (), ward: str = "", asks_where: bool = True) -> Here:
    """Today in Hà Nội, with its calendar. ward: a unit's code, "" for none.

    asks_where: whether the answer may tell counters, which are read only then.
    """
    unit = Unit.objects.filter(code=ward).first() if ward else None
    return Here(
        day=timezone.localdate(),
        calendar=working_calendar(),
        values=values,
        counters=counters() if asks_where else (),
        ward=unit.code if unit else "",
        ward_name=unit.name if unit else "",
        hotline=city_hotline().number,
    )
