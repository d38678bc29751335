"""A person leaves the desk or a unit: nothing that he or she had in hand lies where nobody looks."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from casework import cases, leaving, report_acts
from casework.leaving import InHand
from casework.models import Report
from casework.report_acts import Classification
from office import accounts
from office.models import Duty, Staff, Unit
from tests.casework.people import official, ward
from tests.casework.test_queues import desk_of, filed, listed, waiting_case

pytestmark = pytest.mark.django_db

Role = Staff.Role


@pytest.fixture
def anh() -> Staff:
    return official("anh", role=Role.ADMINISTRATOR)


def taken_in(staff: Staff, unit: Unit) -> Report:
    report = filed(unit=unit)
    report_acts.take_in(report, staff, seen=report.version)
    return report


def put(staff: Staff, *units: Unit, by: Staff, role: Role = Role.AGENT) -> InHand:
    to = replace(accounts.particulars_of(staff), role=role, units=units)
    return leaving.change(staff, to, seen=accounts.state_of(staff), by=by)


def unassigned(staff: Staff) -> set[str]:
    return set(listed("unassigned", desk_of(staff)))


def test_what_a_person_held_who_is_switched_off_is_nobodys_again(anh: Staff) -> None:
    here = ward()
    ha, minh = official("ha", here), official("minh", here)
    report, case = taken_in(ha, here), waiting_case(unit=here)
    cases.claim(case, ha)
    assert leaving.held_by(ha) == InHand(cases=1, reports=1)
    assert unassigned(minh) == set()
    assert leaving.switch_off(ha, reason="Nghỉ hưu", by=anh) == InHand(cases=1, reports=1)
    assert unassigned(minh) == {report.code, case.number}
    assert leaving.held_by(ha) == InHand()


def test_the_register_of_the_report_says_who_let_it_go_and_nobodys_act_is_refused_for_it(anh: Staff) -> None:
    here = ward()
    ha, minh = official("ha", here), official("minh", here)
    report = taken_in(ha, here)
    seen = report.version
    leaving.switch_off(ha, reason="Nghỉ hưu", by=anh)
    last = report.steps.last()
    assert last is not None
    assert (last.act, last.actor, last.note) == ("noted", anh, leaving.LET_GO)
    report_acts.classify(report, minh, seen=seen, as_=Classification(level="normal"))
    assert report.holder == minh


def test_who_goes_to_another_unit_leaves_the_reports_and_takes_the_conversations_along(anh: Staff) -> None:
    here, there = ward(), ward("Phường Tây Hồ")
    ha, minh = official("ha", here), official("minh", here)
    report, case = taken_in(ha, here), waiting_case(unit=here)
    cases.claim(case, ha)
    assert put(ha, there, by=anh) == InHand(reports=1)
    assert unassigned(minh) == {report.code}
    assert listed("mine", desk_of(Staff.objects.get(pk=ha.pk))) == [case.number]


def test_who_gets_one_unit_more_keeps_everything(anh: Staff) -> None:
    here, there = ward(), ward("Phường Tây Hồ")
    ha = official("ha", here)
    report = taken_in(ha, here)
    assert put(ha, here, there, by=anh) == InHand()
    assert listed("mine", desk_of(ha)) == [report.code]


def test_who_becomes_an_editor_leaves_the_desk_with_everything_in_the_queue(anh: Staff) -> None:
    here = ward()
    ha, minh = official("ha", here), official("minh", here)
    Duty.objects.create(staff=ha, on_since=desk_of(ha).now)
    report, case = taken_in(ha, here), waiting_case(unit=here)
    cases.claim(case, ha)
    assert put(ha, here, by=anh, role=Role.EDITOR) == InHand(cases=1, reports=1)
    assert unassigned(minh) == {report.code, case.number}
    assert Duty.objects.get(staff=ha).on_since is None


def test_a_report_reopened_after_who_answered_it_left_waits_for_somebody(anh: Staff) -> None:
    here = ward()
    ha, minh = official("ha", here), official("minh", here)
    gone, stays = taken_in(ha, here), taken_in(minh, here)
    for report, staff in ((gone, ha), (stays, minh)):
        report_acts.classify(report, staff, seen=report.version, as_=Classification(level="normal"))
        report_acts.answer(report, staff, seen=report.version, outcome="fixed", words="Đã thay bóng")
    leaving.switch_off(ha, reason="Nghỉ hưu", by=anh)
    gone.refresh_from_db()
    assert gone.holder == ha
    for report in (gone, stays):
        report_acts.reopen(report, reason="Vẫn tối")
    assert unassigned(minh) == {gone.code}
    assert listed("mine", desk_of(minh)) == [stays.code]


def test_the_update_frees_what_lay_with_who_had_left_before_it(anh: Staff) -> None:
    city_, here = ward("Sở"), ward()
    under = ward("Phường dưới", parent=city_)
    ha, minh = official("ha", here), official("minh", here)
    above = official("sep", city_, role=Role.SUPERVISOR)
    lost, moved, kept = (filed(unit=here, holder=one) for one in (ha, above, minh))
    overseen, administered = filed(unit=under, holder=above), filed(unit=here, holder=anh)
    Staff.objects.filter(pk=ha.pk).update(is_active=False)
    migration = import_module("casework.migrations.0031_reports_of_who_left_wait_again")
    migration.free(apps, connection.schema_editor())
    free = {report.code for report in Report.objects.filter(holder=None)}
    assert free == {lost.code, moved.code}
    assert {kept.code, overseen.code, administered.code}.isdisjoint(free)
