"""Terms that run out: warned before, told above after, the author told once; the unit stays in charge."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework import escalation, visibility
from casework.models import DeskNotice, Report, ReportStep
from casework.terms import terms
from conversations.models import Turn
from office.models import Staff, Unit
from office.units import contact_team
from tests.casework.people import citizen, city, official, ward
from tests.casework.test_term_recount import filed
from tests.casework.test_terms import at

Act = ReportStep.Act
State = Report.State
SUPERVISOR = Staff.Role.SUPERVISOR

pytestmark = pytest.mark.django_db

#: Taken in on Friday 27 November at 16:00: 7 working days end on 8 December; filed then: 8 hours on the 30th.
BEFORE = at("2026-12-03 09:00")
NEARLY = at("2026-12-07 16:00")
OVER = at("2026-12-09 08:00")


def answer_due(unit: Unit | None = None, **more: object) -> Report:
    report = filed(State.IN_PROGRESS)
    conversation = citizen()
    Report.objects.filter(pk=report.pk).update(
        conversation=conversation, unit=unit or ward(parent=city()), **more
    )
    report.refresh_from_db()
    return report


def acts(report: Report) -> list[str]:
    return list(report.steps.values_list("act", flat=True))


def notices_of(staff: Staff) -> list[str]:
    return list(DeskNotice.objects.filter(staff=staff).values_list("text", flat=True))


def told(report: Report) -> list[str]:
    return list(Turn.objects.filter(conversation=report.conversation).values_list("text", flat=True))


def test_a_unit_is_warned_once_when_three_quarters_of_the_term_are_over() -> None:
    report = answer_due()
    assert escalation.warn(BEFORE) == 0
    assert [escalation.warn(NEARLY), escalation.warn(NEARLY + timedelta(hours=1))] == [1, 0]
    step = report.steps.get()
    assert (step.act, step.unit, step.actor) == (Act.WARNED, report.unit, None)
    assert step.note == "Sắp đến hạn 17:00 thứ Ba 8/12 (còn 1 ngày làm việc)."
    assert told(report) == []


def test_what_is_overdue_is_told_above_and_its_author_once_and_the_unit_stays() -> None:
    report = answer_due()
    unit = report.unit
    official("lan", city(), role=SUPERVISOR)
    assert [escalation.escalate(OVER), escalation.escalate(OVER + timedelta(days=3))] == [1, 0]
    report.refresh_from_db()
    assert (report.unit, report.escalated_to, report.escalated_at) == (unit, city(), OVER)
    assert report.steps.get().note == "Quá hạn 17:00 thứ Ba 8/12. Đã báo UBND thành phố Hà Nội."
    [message] = told(report)
    assert report.code in message
    assert "17:00 thứ Ba 8/12" in message
    assert "UBND thành phố Hà Nội" in message


def test_the_holder_is_told_before_the_term_is_over() -> None:
    unit = ward()
    ha = official("ha", unit)
    report = answer_due(unit, holder=ha)
    escalation.warn(NEARLY)
    assert notices_of(ha) == [f"Phản ánh {report.code}: sắp đến hạn 17:00 thứ Ba 8/12 (còn 1 ngày làm việc)."]


def test_a_holder_who_has_left_the_unit_is_told_nothing() -> None:
    left = official("ha", ward("Phường Khác"))
    answer_due(holder=left)
    escalation.warn(NEARLY)
    escalation.escalate(OVER)
    assert not DeskNotice.objects.exists()


def test_who_has_it_its_supervisors_and_those_above_are_told_that_it_is_overdue() -> None:
    unit = ward("Phường Láng", parent=city())
    ha, lan = official("ha", unit), official("lan", unit, role=SUPERVISOR)
    minh = official("minh", city(), role=SUPERVISOR)
    others = official("hoa", unit), official("nam", contact_team(), role=SUPERVISOR)
    report = answer_due(unit, holder=ha)
    escalation.escalate(OVER)
    words = f"Phản ánh {report.code}: quá hạn trả lời 17:00 thứ Ba 8/12 (Phường Láng, Ha đang xử lý)."
    assert [notices_of(one) for one in (ha, lan, minh)] == [[words]] * 3
    assert not any(notices_of(one) for one in others)
    assert "Tôi đã báo phụ trách Phường Láng và UBND thành phố Hà Nội." in told(report)[0]


def test_where_nobody_works_in_the_unit_above_the_next_one_with_somebody_is_told() -> None:
    team = contact_team()
    nam = official("nam", team, role=SUPERVISOR)
    official("hoa", city())  # not one who oversees
    report = answer_due(ward(parent=city()))
    escalation.escalate(OVER)
    report.refresh_from_db()
    assert report.escalated_to == team
    assert len(notices_of(nam)) == 1
    assert f"Tôi đã báo {team.name}." in told(report)[0]


def test_the_central_teams_own_supervisors_are_told_of_its_late_reports() -> None:
    team = contact_team()
    Unit.objects.filter(pk=team.pk).update(parent=city())
    nam = official("nam", team, role=SUPERVISOR)
    report = answer_due(contact_team())
    escalation.escalate(OVER)
    report.refresh_from_db()
    assert report.escalated_to is None
    assert len(notices_of(nam)) == 1
    assert f"Tôi đã báo phụ trách {team.name}." in told(report)[0]


def test_where_nobody_can_be_told_the_citizen_reads_of_nobody() -> None:
    report = answer_due()
    escalation.escalate(OVER)
    report.refresh_from_db()
    assert (report.escalated_to, acts(report)) == (None, [Act.ESCALATED])
    assert report.steps.get().note == "Quá hạn 17:00 thứ Ba 8/12. Chưa có ai để báo."
    assert "đã báo" not in told(report)[0]


def test_nobody_of_the_office_complained_of_is_told() -> None:
    about, above = ward("Phường Láng"), city()
    both = official("lan", about, above, role=SUPERVISOR)
    nam = official("nam", contact_team(), role=SUPERVISOR)
    report = answer_due(above, kind=Report.Kind.SERVICE, named_unit=about)
    escalation.escalate(OVER)
    assert (notices_of(both), len(notices_of(nam))) == ([], 1)
    assert f"Tôi đã báo {contact_team().name}." in told(report)[0]


def test_an_overdue_report_is_not_warned_of_as_if_time_were_left() -> None:
    answer_due()
    assert escalation.warn(OVER) == 0


def test_not_taken_in_in_time_is_told_and_so_is_the_answer_later() -> None:
    report = filed()
    assert escalation.escalate(at("2026-11-30 16:01")) == 1
    taken_in = at("2026-12-01 09:00")
    running = terms().at_taking_in(report.level, taken_in)
    Report.objects.update(state=State.TAKEN_IN, taken_in_at=taken_in, **running)
    assert escalation.escalate(at("2026-12-08 16:00")) == 0
    assert escalation.warn(at("2026-12-10 12:00")) == 1
    assert escalation.escalate(at("2026-12-11 08:00")) == 1
    assert acts(report) == [Act.ESCALATED, Act.WARNED, Act.ESCALATED]


@pytest.mark.parametrize("state", [State.ANSWERED, State.REFUSED])
def test_what_is_done_is_left_alone(state: str) -> None:
    filed(state)
    assert (escalation.warn(NEARLY), escalation.escalate(OVER)) == (0, 0)


def test_a_report_that_moved_on_since_it_was_read_is_left_to_the_next_look() -> None:
    report = answer_due()
    Report.objects.update(version=report.version + 1)
    assert escalation._escalate(report, OVER) is False
    assert escalation.escalate(OVER) == 1


def test_of_two_processes_that_read_the_same_report_one_acts() -> None:
    report = answer_due()
    read_by_both = Report.objects.get(pk=report.pk), Report.objects.get(pk=report.pk)
    assert [escalation._escalate(one, OVER) for one in read_by_both] == [True, False]
    assert acts(report) == [Act.ESCALATED]
    assert len(told(report)) == 1


def test_supervisors_of_the_unit_above_see_it_and_of_others_do_not() -> None:
    team = contact_team()
    report = answer_due(ward())  # nothing oversees this ward: the central team is told
    above = official("lan", team, role=SUPERVISOR)
    agent = official("hoa", team)
    other = official("nam", ward("Phường Khác"), role=SUPERVISOR)
    assert not visibility.reports_for(above).exists()
    escalation.escalate(OVER)
    assert list(visibility.reports_for(above)) == [report]
    assert not visibility.reports_for(agent).exists()
    assert not visibility.reports_for(other).exists()


def test_whom_a_report_is_about_is_never_told_of_it() -> None:
    team = contact_team()
    report = answer_due(city(), kind=Report.Kind.SERVICE, named_unit=team)
    lan = official("lan", team, role=SUPERVISOR)
    escalation.escalate(OVER)
    assert notices_of(lan) == []
    report.refresh_from_db()
    assert report.escalated_to is None
    assert report.steps.get().note == "Quá hạn 17:00 thứ Ba 8/12. Chưa có ai để báo."
    assert "đã báo" not in told(report)[0]


def test_one_look_takes_so_many_and_the_next_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalation, "AT_ONCE", 2)
    for number in range(1, 4):
        filed(State.IN_PROGRESS, number=number)
    assert [escalation.escalate(OVER) for _ in range(3)] == [2, 1, 0]
