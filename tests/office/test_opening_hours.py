"""The office's hours as a setting, and the clock of everything decided."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import live_settings
from office.errors import WrongSettingValue
from office.models import CalendarDay
from office.opening_hours import WORKING_HOURS, read_hours, working_clock, write_hours
from office.working_hours import AFTERNOON, MORNING, ZONE


@pytest.mark.parametrize("typed", ["08:00-12:00, 13:00-17:00", "8:00–12:00,13:00 - 17:00"])
def test_hours_are_read_as_people_type_them(typed) -> None:
    assert read_hours(typed) == (MORNING, AFTERNOON)
    assert write_hours(read_hours(typed)) == "08:00-12:00, 13:00-17:00"


@pytest.mark.parametrize(
    "typed",
    ["", "8-12", "12:00-08:00", "08:00-08:00", "13:00-17:00, 08:00-12:00", "08:00-12:00, 12:00-17:00"],
)
def test_hours_that_cannot_be_are_refused_with_an_example(typed) -> None:
    with pytest.raises(WrongSettingValue, match="ví dụ"):
        read_hours(typed)


@given(st.text(alphabet="0123456789:-–, +Z"))
def test_whatever_is_typed_is_refused_or_read_the_same_again(typed) -> None:
    try:
        hours = read_hours(typed)
    except WrongSettingValue:
        return
    assert read_hours(write_hours(hours)) == hours


@pytest.mark.django_db
def test_the_clock_goes_by_the_setting_and_by_what_was_decided_for_single_days() -> None:
    live_settings.put(WORKING_HOURS.name, "07:30-11:30, 13:30-17:30", source="QĐ 1", by=None)
    CalendarDay.objects.create(day=date(2026, 11, 27), is_working=True, hours="07:30-11:30", source="QĐ 2")
    CalendarDay.objects.create(day=date(2026, 11, 30), is_working=False, hours="", source="QĐ 2")
    start = datetime(2026, 11, 27, 10, 30, tzinfo=ZONE)
    end = datetime(2026, 12, 1, 8, 30, tzinfo=ZONE)
    assert working_clock().after(start, working=timedelta(hours=2)) == end
