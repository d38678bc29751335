"""What citizens are told of terms: nothing is promised out of hours, and lateness is said."""

from __future__ import annotations

import pytest

from bot.term_words import intake_told, term_told
from casework.models import Report
from office.models import Unit
from office.working_hours import WorkingClock
from tests.office.test_working_hours import at

CLOCK = WorkingClock()
#: A Friday and the Saturday after it.
IN_HOURS, OUT_OF_HOURS = at("2026-11-27 16:00"), at("2026-11-28 20:00")
LEVEL = Report.Level


def report(level: str = LEVEL.NORMAL, **more: object) -> Report:
    return Report(level=level, intake_due=at("2026-11-30 16:00"), due_at=at("2026-12-08 17:00"), **more)


@pytest.mark.parametrize("level", LEVEL.values)
def test_in_hours_the_receipt_names_the_end_of_taking_in(level: str) -> None:
    told = intake_told(report(level), now=IN_HOURS, clock=CLOCK)
    assert told == "Cơ quan tiếp nhận chậm nhất 16:00 thứ Hai 30/11."


def test_out_of_hours_it_also_says_when_the_office_is_back() -> None:
    told = intake_told(report(), now=OUT_OF_HOURS, clock=CLOCK)
    assert "làm việc lại lúc 08:00 thứ Hai 30/11" in told
    assert "chậm nhất 16:00 thứ Hai 30/11" in told


def test_out_of_hours_nothing_is_promised_of_what_is_urgent() -> None:
    told = intake_told(report(LEVEL.URGENT), now=OUT_OF_HOURS, clock=CLOCK)
    assert "chưa có cán bộ xem ngay" in told
    assert "08:00 thứ Hai 30/11" in told
    assert "chậm nhất" not in told


def test_the_term_that_runs_is_told_with_the_working_time_left() -> None:
    new, working = report(state=Report.State.NEW), report(state=Report.State.IN_PROGRESS)
    assert term_told(new, now=IN_HOURS, clock=CLOCK) == (
        "Việc tiếp nhận có hạn 16:00 thứ Hai 30/11 (còn 8 giờ làm việc)."
    )
    assert "Việc trả lời có hạn 17:00 thứ Ba 8/12" in term_told(working, now=IN_HOURS, clock=CLOCK)


def test_lateness_is_said_with_who_was_told() -> None:
    late = report(state=Report.State.IN_PROGRESS)
    now = at("2026-12-09 10:00")
    assert term_told(late, now=now, clock=CLOCK) == (
        "Việc trả lời có hạn 17:00 thứ Ba 8/12, đã quá hạn 2 giờ làm việc."
    )
    late.escalated_to, late.escalated_at = Unit(name="UBND thành phố"), at("2026-12-08 17:01")
    assert term_told(late, now=now, clock=CLOCK).endswith("Đã báo UBND thành phố.")


def test_nothing_is_said_of_a_term_that_does_not_run() -> None:
    assert term_told(report(state=Report.State.ANSWERED), now=IN_HOURS, clock=CLOCK) == ""
    assert intake_told(Report(level=LEVEL.NORMAL), now=IN_HOURS, clock=CLOCK) == ""
