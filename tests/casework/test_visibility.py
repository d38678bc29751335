"""Who sees which cases and reports."""

from __future__ import annotations

import pytest

from casework import cases, reports, visibility
from casework.models import Case, Report
from conversations.models import Conversation, Turn
from office.models import Staff, Unit
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db


def test_every_agent_sees_the_central_queue() -> None:
    case = cases.open_case(citizen(), reason="asked", summary="")
    assert case in visibility.cases_for(official("phuong", ward()))


def test_an_agent_sees_no_case_of_another_ward() -> None:
    case = cases.open_case(citizen(), reason="asked", summary="")
    Case.objects.filter(pk=case.pk).update(unit=ward("Phường Tây Hồ"))
    assert case not in visibility.cases_for(official("phuong", ward()))
    assert case in visibility.cases_for(official("quantri", role=Staff.Role.ADMINISTRATOR))


def test_a_ward_does_not_see_the_complaint_about_it_and_its_overseer_does() -> None:
    ba_dinh = ward(parent=city())
    complaint = reports.file_report(
        conversation=citizen(),
        kind=Report.Kind.SERVICE,
        category="thai_do_phuc_vu",
        text="Cán bộ nói nặng lời",
        ward=ba_dinh,
    ).report
    assert complaint not in visibility.reports_for(official("phuong", ba_dinh))
    assert complaint in visibility.reports_for(official("phutrach", city(), role=Staff.Role.SUPERVISOR))


def test_a_supervisor_sees_the_reports_of_the_wards_below() -> None:
    ba_dinh = ward(parent=city())
    report = reports.file_report(
        conversation=citizen(), kind=Report.Kind.FIELD, category="cay_xanh", text="Cây đổ", ward=ba_dinh
    ).report
    assert report in visibility.reports_for(official("phutrach", city(), role=Staff.Role.SUPERVISOR))
    assert report not in visibility.reports_for(official("tay-ho", ward("Phường Tây Hồ")))


def test_a_ward_sees_failed_messages_of_its_own_cases_only() -> None:
    ba_dinh, conversation = ward(), citizen()
    turn = Turn.objects.create(
        conversation=conversation, direction="out", status="failed", author="assistant"
    )
    agent = official("phuong", ba_dinh)
    assert turn not in visibility.turns_for(agent)
    reports.file_report(
        conversation=conversation, kind=Report.Kind.FIELD, category="khac", text="Cây đổ", ward=ba_dinh
    )
    assert turn in visibility.turns_for(agent)
    assert turn in visibility.turns_for(official("ha"))


def complaint_about(unit: Unit, conversation: Conversation | None = None) -> Report:
    return reports.file_report(
        conversation=conversation or citizen(),
        kind=Report.Kind.SERVICE,
        category="thai_do_phuc_vu",
        text="Cán bộ nói nặng lời",
        named_unit=unit,
    ).report


def test_who_belongs_to_two_units_does_not_read_what_was_said_of_one_of_them() -> None:
    ba_dinh = ward(parent=city())
    report = complaint_about(ba_dinh)
    assert report.unit == city()
    for role in (Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR):
        both = official(f"ca-hai-{role}", ba_dinh, city(), role=role)
        assert report not in visibility.reports_for(both)
    assert report in visibility.reports_for(official("ubnd", city()))
    assert report in visibility.reports_for(official("quantri", role=Staff.Role.ADMINISTRATOR))


def test_who_belongs_to_a_unit_below_the_one_complained_of_does_not_read_it_either() -> None:
    ba_dinh = ward(parent=city())
    station = ward("Điểm phục vụ số 2", parent=ba_dinh)
    report = complaint_about(ba_dinh)
    assert report not in visibility.reports_for(official("diem2", station, city()))


def test_a_complaint_in_a_conversation_hides_its_case_from_whom_it_is_about() -> None:
    ba_dinh, here = ward(parent=city()), citizen()
    turn = Turn.objects.create(conversation=here, direction="out", status="failed", author="assistant")
    case = cases.open_case(here, reason="asked", summary="")
    about_it, other = official("phuong", ba_dinh), official("tay-ho", ward("Phường Tây Hồ"))
    assert case in visibility.cases_for(about_it)
    complaint_about(ba_dinh, here)
    assert case not in visibility.cases_for(about_it)
    assert turn not in visibility.turns_for(about_it)
    assert case in visibility.cases_for(other)


def test_who_has_claimed_a_case_keeps_it_whatever_is_filed_meanwhile() -> None:
    ba_dinh, here = ward(parent=city()), citizen()
    case, mine = cases.open_case(here, reason="asked", summary=""), official("phuong", ba_dinh)
    assert cases.claim(case, mine)
    complaint_about(ba_dinh, here)
    assert case in visibility.cases_for(mine)


def test_once_it_is_closed_who_was_complained_of_meanwhile_finds_it_no_more() -> None:
    ba_dinh, here = ward(parent=city()), citizen()
    mine = official("phuong", ba_dinh, role=Staff.Role.SUPERVISOR)
    case = cases.open_case(here, reason="asked", summary="")
    assert cases.claim(case, mine)
    complaint_about(ba_dinh, here)
    assert case in visibility.cases_for(mine)
    cases.close(case, mine, "Xong")
    assert case not in visibility.cases_for(mine)
    assert visibility.case_seen(mine, case.number) is None
    assert not visibility.turns_for(mine).filter(conversation=here)
    assert case in visibility.cases_for(official("ha"))


def test_an_old_case_is_no_way_to_read_a_complaint_that_came_after_it() -> None:
    ba_dinh, here = ward(parent=city()), citizen()
    case, mine = cases.open_case(here, reason="asked", summary=""), official("phuong", ba_dinh)
    assert cases.claim(case, mine)
    cases.close(case, mine, "Xong")
    assert case in visibility.cases_for(mine)
    complaint_about(ba_dinh, here)
    newer = cases.open_case(here, reason="asked", summary="")
    assert not visibility.cases_for(mine).filter(pk__in=(case.pk, newer.pk))


def test_a_report_of_the_same_citizen_is_no_way_to_read_the_complaint_either() -> None:
    ba_dinh, here = ward(parent=city()), citizen()
    report = reports.file_report(
        conversation=here, kind=Report.Kind.FIELD, category="cay_xanh", text="Cây đổ", ward=ba_dinh
    ).report
    turn = Turn.objects.create(conversation=here, direction="in", status="set_aside", author="citizen")
    mine = official("phuong", ba_dinh)
    assert turn in visibility.turns_for(mine)
    complaint_about(ba_dinh, here)
    assert report in visibility.reports_for(mine)
    assert turn not in visibility.turns_for(mine)
