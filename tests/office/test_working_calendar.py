"""Working days in Việt Nam, held against the deadlines that Huế published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.calendar_days import decide_day, working_calendar
from office.models import AuditEntry
from office.working_calendar import WorkingCalendar

PLAIN = WorkingCalendar()
days = st.dates(date(2020, 1, 1), date(2045, 12, 31))

#: Submitted and due, seven working days (reference/domain.md, "Real deadline vectors").
HUE = [
    ("2022-07-19", "2022-07-28"),
    ("2024-10-27", "2024-11-06"),
    ("2025-07-01", "2025-07-10"),
    ("2025-08-23", "2025-09-05"),
    ("2025-11-21", "2025-12-02"),
    ("2026-03-02", "2026-03-11"),
]


@pytest.mark.parametrize(("submitted", "due"), HUE)
def test_the_deadlines_of_hue_come_out(submitted, due):
    assert PLAIN.after(date.fromisoformat(submitted), working_days=7) == date.fromisoformat(due)


def test_at_tet_2023_the_rule_is_one_day_later_than_hue_was():
    """Huế gave 6 February for what came on 21 January; the cause is not known, so nothing is bent to fit."""
    assert PLAIN.after(date(2023, 1, 21), working_days=7) == date(2023, 2, 7)


@given(days, st.integers(min_value=0, max_value=60))
def test_a_limit_ends_on_a_working_day_and_longer_limits_end_later(received, limit):
    due = PLAIN.after(received, working_days=limit)
    assert PLAIN.is_working(due)
    assert due >= received
    assert PLAIN.after(received, working_days=limit + 1) > due
    between = [due - timedelta(days=n) for n in range((due - PLAIN.from_day(received)).days)]
    assert sum(PLAIN.is_working(day) for day in between) == limit


@pytest.mark.django_db
def test_the_swap_the_package_does_not_know_is_shipped():
    assert PLAIN.is_working(date(2026, 1, 2))
    calendar = working_calendar()
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))


@pytest.mark.django_db
def test_what_the_office_decides_holds_and_is_registered():
    decide_day(date(2026, 1, 2), is_working=True, source="Thử", by=None)
    decide_day(date(2027, 2, 5), is_working=False, source="Quyết định 1", by=None)
    calendar = working_calendar()
    assert calendar.is_working(date(2026, 1, 2))
    assert not calendar.is_working(date(2027, 2, 5))
    entry = AuditEntry.objects.get(subject="day:2027-02-05")
    assert entry.detail == {"decided": "off", "source": "Quyết định 1"}
