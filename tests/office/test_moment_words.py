"""How deadlines are said."""

from __future__ import annotations

import pytest

from office.moment_words import due_words, left_words, moment_words
from office.working_hours import WorkingClock
from tests.office.test_working_hours import at

CLOCK = WorkingClock()
DUE = at("2026-11-27 16:30")


def test_a_deadline_is_said_with_its_weekday_and_the_working_time_left() -> None:
    said = due_words(DUE, now=at("2026-11-27 09:30"), clock=CLOCK)
    assert said == "hạn 16:30 thứ Sáu 27/11 (còn 6 giờ làm việc)"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-25 08:00", "còn 2 ngày làm việc"),
        ("2026-11-26 16:00", "còn 1 ngày làm việc"),
        ("2026-11-26 16:30", "còn 8 giờ làm việc"),
        ("2026-11-26 22:00", "còn 7 giờ 30 phút làm việc"),  # the night does not count
        ("2026-11-27 15:40", "còn 50 phút làm việc"),
        ("2026-11-27 16:30", "vừa đến hạn"),
        ("2026-11-30 08:45", "quá hạn 1 giờ 15 phút làm việc"),
        ("2026-12-02 17:00", "quá hạn 3 ngày làm việc"),
    ],
)
def test_the_time_left_is_working_time_and_never_rounded_up(now: str, said: str) -> None:
    assert left_words(DUE, now=at(now), clock=CLOCK) == said


def test_another_year_is_named() -> None:
    assert moment_words(at("2027-01-04 08:00"), now=at("2026-12-31 08:00")) == "08:00 thứ Hai 4/1/2027"
    assert moment_words(at("2026-12-06 08:00"), now=at("2026-12-31 08:00")) == "08:00 Chủ nhật 6/12"
