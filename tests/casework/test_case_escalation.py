"""Replies that run late: the holder is warned, then one after the other is told, once a term each."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from casework import case_escalation, cases, visibility
from casework.models import Case, DeskNotice, Report
from office.models import AuditEntry, Staff, Unit
from office.units import contact_team
from tests.casework.people import city, official, ward
from tests.casework.test_level_recount import waiting
from tests.casework.test_terms import at

Step = Case.Step
SUPERVISOR = Staff.Role.SUPERVISOR

pytestmark = pytest.mark.django_db

#: Two working hours from 9:00 on a Wednesday: warned at 10:30, late at 11:00; then 12:00 and 14:00.
CAME = at("2026-11-25 09:00")
BEFORE = at("2026-11-25 10:00")
NEARLY = at("2026-11-25 10:31")
LATE = at("2026-11-25 11:01")
LATER = at("2026-11-25 13:01")
LATEST = at("2026-11-25 14:01")


def owed(unit: Unit | None = None, holder: Staff | None = None, **more: object) -> Case:
    held = {"claimed_by": holder, "state": Case.State.CLAIMED} if holder else {}
    return waiting(since=CAME, unit=unit or contact_team(), **held, **more)


def told(staff: Staff) -> list[str]:
    return list(DeskNotice.objects.filter(staff=staff).order_by("id").values_list("text", flat=True))


def steps(case: Case) -> list[tuple[str, str | None]]:
    lines = AuditEntry.objects.filter(subject=case.number).order_by("id")
    return [(line.action, line.detail["to"]) for line in lines]


def complain_of(unit: Unit, case: Case) -> None:
    elsewhere = ward("Nơi đang giữ phản ánh")
    what = {"kind": Report.Kind.SERVICE, "category": "thai_do_phuc_vu", "text": "Thái độ", "unit": elsewhere}
    Report.objects.create(code="PA-2026-000900", conversation=case.conversation, named_unit=unit, **what)


def test_the_holder_is_warned_once_before_the_reply_is_late() -> None:
    ha = official("ha")
    case = owed(holder=ha)
    assert case_escalation.warn(BEFORE) == 0
    assert [case_escalation.warn(NEARLY), case_escalation.warn(NEARLY)] == [1, 0]
    assert told(ha) == [f"Hồ sơ {case.number}: người dân đang chờ trả lời, còn 29 phút làm việc."]
    assert steps(case) == [("case.warned", "ha")]


def test_what_nobody_has_is_warned_of_in_its_units_queue_and_the_register() -> None:
    case = owed()
    assert case_escalation.warn(NEARLY) == 1
    assert steps(case) == [("case.warned", None)]
    assert not DeskNotice.objects.exists()


def test_the_chain_goes_up_one_step_at_a_time() -> None:
    above = city()
    unit = ward(parent=above)
    ha, lan = official("ha", unit), official("lan", unit, role=SUPERVISOR)
    minh = official("minh", above, role=SUPERVISOR)
    case = owed(unit, ha)
    assert case_escalation.escalate(NEARLY) == 0
    for now, people in ((LATE, [ha]), (LATER, [ha, lan]), (LATEST, [ha, lan, minh])):
        assert [case_escalation.escalate(now), case_escalation.escalate(now)] == [1, 0]
        assert [one for one in (ha, lan, minh) if told(one)] == people
    case.refresh_from_db()
    assert (case.claimed_by, case.escalated_to, case.escalation_step) == (ha, above, Step.ABOVE)
    assert case.escalate_at is None
    assert steps(case) == [
        ("case.escalated", None),
        ("case.escalated", unit.code),
        ("case.escalated", "city"),
    ]
    assert told(lan) == [
        f"Hồ sơ {case.number}: trả lời quá hạn 1 giờ 1 phút làm việc (Ha phụ trách). Người dân vẫn đang chờ."
    ]


@pytest.mark.parametrize(
    ("held", "supervised", "overseen", "first"),
    [
        (True, True, True, Step.HOLDER),
        (False, True, True, Step.SUPERVISORS),
        (False, False, True, Step.ABOVE),
        (False, False, False, Step.ABOVE),
        (True, False, False, Step.HOLDER),
    ],
)
def test_where_nobody_is_to_be_told_the_next_step_follows_at_once(held, supervised, overseen, first) -> None:
    unit = ward(parent=city())
    holder = official("ha", unit) if held else None
    if supervised:
        official("lan", unit, role=SUPERVISOR)
    if overseen:
        official("minh", city(), role=SUPERVISOR)
    case = owed(unit, holder)
    assert case_escalation.escalate(LATE) == 1
    case.refresh_from_db()
    assert case.escalation_step == first


def test_without_anybody_above_the_central_team_is_told() -> None:
    unit = ward()
    lan = official("lan", role=SUPERVISOR)
    case = owed(unit)
    case_escalation.escalate(LATE)
    case.refresh_from_db()
    assert (case.escalated_to, len(told(lan))) == (contact_team(), 1)
    assert list(visibility.cases_for(lan)) == [case]
    assert list(visibility.cases_overseen(lan)) == [case]


def test_an_agent_there_or_a_supervisor_elsewhere_sees_nothing_of_it() -> None:
    unit = ward()
    official("lan", role=SUPERVISOR)
    agent, other = official("hoa"), official("nam", ward("Phường Khác"), role=SUPERVISOR)
    owed(unit)
    case_escalation.escalate(LATE)
    assert not visibility.cases_for(agent).exists()
    assert not visibility.cases_for(other).exists()


def test_a_case_in_which_an_office_is_complained_of_never_goes_up_to_it() -> None:
    above = city()
    unit = ward(parent=above)
    official("minh", above, role=SUPERVISOR)
    lan = official("lan", role=SUPERVISOR)
    case = owed(unit)
    complain_of(above, case)
    case_escalation.escalate(LATE)
    case.refresh_from_db()
    assert case.escalated_to == contact_team()
    assert len(told(lan)) == 1
    assert DeskNotice.objects.count() == 1


def test_a_supervisor_of_the_office_complained_of_is_not_told_by_another_office_of_hers() -> None:
    bad, unit = ward("Phường Bị Chê"), ward()
    both = official("lan", bad, unit, role=SUPERVISOR)
    case = owed(unit)
    complain_of(bad, case)
    case_escalation.escalate(LATE)
    assert told(both) == []


def test_a_reply_ends_the_chain_and_the_next_message_begins_anew() -> None:
    ha = official("ha")
    case = owed(holder=ha)
    case.conversation.owner, case.conversation.owner_staff = "staff", ha
    case.conversation.save()
    case_escalation.escalate(LATE)
    cases.reply(case, ha, "Xin lỗi đã để chị chờ.")
    assert case_escalation.escalate(LATEST) == 0
    cases.citizen_wrote(case.conversation, at=LATEST)
    case.refresh_from_db()
    assert (case.escalation_step, case.warned_at) == (Step.NOBODY, None)
    assert case.escalate_at == case.due_at > LATEST


def test_snoozing_does_not_stop_the_clock_of_a_citizen_who_waits() -> None:
    ha = official("ha")
    owed(holder=ha)
    Case.objects.update(state=Case.State.SNOOZED, snoozed_until=at("2026-11-27 09:00"))
    assert (case_escalation.warn(NEARLY), case_escalation.escalate(LATE)) == (1, 1)


@pytest.mark.parametrize("state", [Case.State.CLOSED, Case.State.WAITING])
def test_what_owes_nothing_is_left_alone(state: str) -> None:
    owed(holder=official("ha"))
    nothing = {} if state == Case.State.CLOSED else {"owed_since": None}
    Case.objects.update(state=state, **nothing)
    assert (case_escalation.warn(NEARLY), case_escalation.escalate(LATE)) == (0, 0)


def test_who_was_just_given_the_case_is_not_told_for_who_had_it_before() -> None:
    ha, lan = official("ha"), official("lan")
    case = owed(holder=ha)
    read = Case.objects.select_related("unit__parent", "claimed_by").get()
    Case.objects.update(claimed_by=lan)
    levels = case_escalation.service_levels()
    assert case_escalation._escalate(read, LATE, levels) is False
    assert case_escalation.escalate(LATE) == 1
    assert (told(ha), len(told(lan))) == ([], 1)
    assert len(steps(case)) == 1


def test_one_look_takes_so_many_and_the_next_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_escalation, "AT_ONCE", 2)
    for number in range(1, 4):
        waiting(number, since=CAME)
    official("lan", role=SUPERVISOR)
    assert [case_escalation.escalate(LATE) for _ in range(3)] == [2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_look_at_once_one_tells() -> None:
    ha = official("ha")
    for number in range(1, 9):
        waiting(number, since=CAME, claimed_by=ha, state=Case.State.CLAIMED)
    together, acted = threading.Barrier(2), []

    def look() -> None:
        together.wait(10)
        acted.append(case_escalation.escalate(LATE))
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(acted) == 8, connection.vendor
    assert len(told(ha)) == 8
