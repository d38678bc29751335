"""A decision on the calendar moves the terms of open reports, with a line each, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from casework import term_recount
from casework.models import Report, ReportStep
from casework.terms import terms
from office import live_settings
from office.errors import WrongSettingValue
from office.models import CalendarDay
from office.opening_hours import Decision, working_clock
from office.working_hours import ZONE
from tests.casework.people import official, ward
from tests.casework.test_terms import at

pytestmark = pytest.mark.django_db

#: A Wednesday, three working days after the Friday on which the reports below came.
DAY_OFF = Decision(first=date(2026, 12, 2), last=date(2026, 12, 2), is_working=False, source="CV 1")
CAME = datetime(2026, 11, 27, 16, tzinfo=ZONE)


def filed(state: str = Report.State.NEW, number: int = 1, level: str = Report.Level.NORMAL) -> Report:
    counted = terms()
    running = counted.at_filing(CAME)
    if state != Report.State.NEW:
        running |= counted.at_taking_in(level, CAME)
    what = {"kind": Report.Kind.FIELD, "category": "road", "text": "Ổ gà", "unit": ward()}
    code = f"PA-2026-{number:06}"
    return Report.objects.create(code=code, state=state, level=level, **what, **running)


def test_what_moves_is_told_before_anything_is_saved() -> None:
    taken_in = filed(Report.State.TAKEN_IN)
    filed(number=2)  # its term ends on the Monday before
    [move] = term_recount.moves(working_clock(DAY_OFF)).reports
    assert (move.report, move.before, move.after) == (
        taken_in,
        at("2026-12-08 17:00"),
        at("2026-12-09 17:00"),
    )
    assert not CalendarDay.objects.exists()
    taken_in.refresh_from_db()
    assert taken_in.due_at == at("2026-12-08 17:00")


def test_a_decision_moves_the_terms_with_a_line_in_each_register() -> None:
    report, by = filed(Report.State.IN_PROGRESS), official("minh")
    warned_before = report.warn_at
    assert term_recount.decide(DAY_OFF, by=by).reports == 1
    report.refresh_from_db()
    assert report.due_at == at("2026-12-09 17:00")
    assert report.warn_at > warned_before
    step = report.steps.get()
    assert (step.act, step.actor) == (ReportStep.Act.NOTED, by)
    assert step.note == ("Hạn đổi từ 17:00 thứ Ba 8/12 thành 17:00 thứ Tư 9/12. Lịch làm việc đổi: CV 1")


def test_taking_the_decision_back_brings_the_terms_back() -> None:
    report = filed(Report.State.IN_PROGRESS)
    term_recount.decide(DAY_OFF, by=None)
    assert len(term_recount.moves(working_clock(without=DAY_OFF.first)).reports) == 1
    assert term_recount.take_back(DAY_OFF.first, by=None).reports == 1
    report.refresh_from_db()
    assert report.due_at == at("2026-12-08 17:00")
    assert report.steps.count() == 2


def test_a_half_day_counts_half() -> None:
    urgent = filed(Report.State.IN_PROGRESS, level=Report.Level.URGENT)
    assert urgent.due_at == at("2026-11-30 11:00")
    afternoon = Decision(
        first=date(2026, 11, 30), last=date(2026, 11, 30), is_working=True, hours="13:00-17:00", source="CV 2"
    )
    term_recount.decide(afternoon, by=None)
    urgent.refresh_from_db()
    assert urgent.due_at == at("2026-11-30 16:00")


@pytest.mark.parametrize("state", [Report.State.ANSWERED, Report.State.REFUSED])
def test_what_is_done_keeps_its_term(state: str) -> None:
    filed(state)
    assert not term_recount.decide(DAY_OFF, by=None)


def test_another_figure_in_the_settings_moves_no_term_that_was_given() -> None:
    report = filed(Report.State.IN_PROGRESS)
    live_settings.put("terms.normal_days", "20", source="QĐ 1", by=None)
    term_recount.decide(DAY_OFF, by=None)
    report.refresh_from_db()
    assert report.due_at == at("2026-12-08 17:00") + timedelta(days=1)


def test_other_working_hours_move_running_terms_and_other_limits_do_not() -> None:
    urgent = filed(Report.State.IN_PROGRESS, level=Report.Level.URGENT)
    assert term_recount.put_setting("terms.urgent_hours", "8", source="QĐ 1", by=None)[1].reports == 0
    hours = "07:30-11:30, 13:30-17:30"
    stands, moved = term_recount.put_setting("office.working_hours", hours, source="QĐ 2", by=None)
    assert (stands.words, moved.reports) == (hours, 1)
    urgent.refresh_from_db()
    assert urgent.due_at == at("2026-11-30 10:00")  # an hour and a half on Friday, the rest on Monday
    assert urgent.steps.get().note.endswith("Giờ làm việc đổi: QĐ 2")


def test_a_refused_value_moves_nothing() -> None:
    filed(Report.State.IN_PROGRESS, level=Report.Level.URGENT)
    with pytest.raises(WrongSettingValue):
        term_recount.put_setting("office.working_hours", "8", source="QĐ 2", by=None)
    assert not ReportStep.objects.exists()
