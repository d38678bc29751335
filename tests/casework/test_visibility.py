"""Who sees which cases and reports."""

from __future__ import annotations

import pytest

from casework import cases, reports, visibility
from casework.models import Case, Report
from conversations.models import Turn
from office.models import Staff
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
