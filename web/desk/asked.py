"""What the address of a list asks for: days, a page, and the same list again for its links."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date


def first_moment(asked: QueryDict, name: str) -> datetime | None:
    """When the named day begins in Hà Nội; None for no day."""
    day = _day(asked.get(name, ""))
    return _midnight(day) if day else None


def last_moment(asked: QueryDict, name: str) -> datetime | None:
    """When the named day is over; None for no day."""
    day = _day(asked.get(name, ""))
    return _midnight(day + timedelta(days=1)) if day else None


def page_number(asked: QueryDict) -> int:
    """1 for the first, and for what is no number."""
    typed = asked.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def key(asked: QueryDict, name: str) -> int | None:
    """Of a row; None for what cannot be one."""
    typed = asked.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None


def without(asked: QueryDict, *names: str) -> str:
    """The address of what is shown, for the links beside it."""
    kept = asked.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _day(typed: str) -> date | None:
    try:
        day = parse_date(typed)
    except ValueError:
        return None
    return day if day and date.min < day < date.max - timedelta(days=1) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
