"""Figures of cases: counts, and percentiles that agree with the values one by one."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.case_figures import FIGURES, FIRST_REPLY, HANDLING, case_tallies, total, within
from casework.models import Case
from office.units import contact_team
from tests.casework.people import citizen, official, ward
from tests.casework.test_terms import at

State = Case.State


def opened(number: int, when: datetime, **more: object) -> Case:
    facts = {"unit": contact_team(), "reason": "asked", "state": State.CLOSED, **more}
    case = Case.objects.create(number=f"HT-2026-{number:06}", conversation=citizen(), **facts)
    Case.objects.filter(pk=case.pk).update(opened_at=when)
    return case


@given(st.lists(st.integers(0, 50), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_the_value_at_its_place_in_the_row(values: list[int], share: float) -> None:
    place = math.ceil(share * len(values)) - 1
    assert within(Counter(values), share) == sorted(values)[place]


def test_of_nothing_there_is_no_percentile() -> None:
    assert within(Counter(), 0.5) is None


@pytest.mark.django_db
def test_a_week_begins_on_monday_and_tells_counts_and_times() -> None:
    ha, monday = official("ha"), at("2026-11-16 00:10")
    for number, (minutes, in_time) in enumerate([(10, True), (20, True), (300, False)], start=1):
        opened(
            number,
            monday + timedelta(days=number),
            claimed_by=ha,
            first_reply_at=monday,
            first_reply_minutes=minutes,
            first_in_time=in_time,
            handling_minutes=minutes * 2,
        )
    opened(4, monday, state=State.QUEUED)
    opened(5, monday - timedelta(hours=1))  # the Sunday before
    weeks = case_tallies(Case.objects.all(), by="week")
    assert list(weeks) == [date(2026, 11, 9), date(2026, 11, 16)]
    week = weeks[date(2026, 11, 16)]
    assert {figure.key: week.counts[figure.key] for figure in FIGURES} == {
        "opened": 4,
        "replied": 3,
        "in_time": 2,
        "late": 1,
        "not_yet": 1,
        "never": 0,
        "closed": 3,
    }
    assert week.share_in_time == pytest.approx(2 / 3)
    assert (week.minutes(FIRST_REPLY, 0.5), week.minutes(FIRST_REPLY, 0.9)) == (20, 300)
    assert week.minutes(HANDLING, 0.5) == 40


@pytest.mark.django_db
def test_the_parts_by_unit_and_topic_add_up_to_the_whole() -> None:
    units = [contact_team(), ward()]
    for number in range(12):
        opened(
            number,
            at("2026-11-18 09:00"),
            unit=units[number % 2],
            topic=("", "Hộ tịch", "chieu_sang")[number % 3],
            first_reply_minutes=number,
            first_reply_at=at("2026-11-18 10:00"),
            first_in_time=number < 6,
        )
    wholes = [total(case_tallies(Case.objects.all(), by=by).values()) for by in ("unit", "topic", "month")]
    assert wholes[0] == wholes[1] == wholes[2]
    assert wholes[0].minutes(FIRST_REPLY, 0.5) == 5
