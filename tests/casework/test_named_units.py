"""Whom a report on service is about, said by an official."""

from __future__ import annotations

import pytest

from casework import cases, named_units, report_acts, visibility
from casework.errors import NoSuchStep, NotOffered, ReportMovedOn
from casework.models import Report
from office.models import AuditEntry, Unit
from office.units import contact_team
from tests.casework.lives import taken_in
from tests.casework.people import citizen, city, official, ward
from tests.casework.test_report_acts import filed, lines, told

pytestmark = pytest.mark.django_db


def complaint() -> Report:
    return filed(citizen(), kind=Report.Kind.SERVICE, category="thai_do_phuc_vu")


def team_below(centre: Unit) -> Unit:
    Unit.objects.filter(pk=contact_team().pk).update(parent=centre)
    return contact_team()


def test_it_goes_to_who_oversees_the_unit_whose_people_see_neither_it_nor_its_citizens_case() -> None:
    centre = Unit.objects.create(code="centre", name="Trung tâm", kind="department", parent=city())
    team_below(centre)
    report, ha = complaint(), official("ha")
    assert report.conversation
    case = cases.open_case(report.conversation, reason="asked", summary="")
    assert report in visibility.reports_for(ha)
    assert case in visibility.cases_for(ha)
    named_units.name_unit(report, ha, seen=report.version, about=centre)
    assert (report.named_unit, report.unit, report.holder) == (centre, city(), None)
    assert report not in visibility.reports_for(ha)
    assert case not in visibility.cases_for(ha)
    assert report in visibility.reports_for(official("ubnd", city()))
    assert lines(report)[-1] == ("named", "new")
    assert AuditEntry.objects.filter(action="report.named", subject=report.code).exists()
    assert "UBND thành phố Hà Nội" in told(report.conversation)[-1]


def test_one_that_was_classified_waits_with_the_unit_it_is_passed_on_to() -> None:
    report = taken_in(complaint(), official("ha"))
    lang = ward("Phường Láng", parent=city())
    named_units.name_unit(report, official("minh"), seen=report.version, about=lang)
    assert (report.state, report.unit, report.holder) == ("with_unit", city(), None)


def test_the_unit_in_charge_keeps_what_it_oversees_and_nobody_is_told() -> None:
    lang, report = ward("Phường Láng", parent=contact_team()), complaint()
    before = told(report.conversation)
    named_units.name_unit(report, official("ha"), seen=report.version, about=lang)
    assert (report.named_unit, report.unit, report.state) == (lang, contact_team(), "new")
    assert told(report.conversation) == before


def test_it_is_said_once_and_only_of_what_somebody_oversees() -> None:
    lang, ha, report = ward("Phường Láng", parent=city()), official("ha"), complaint()
    with pytest.raises(NotOffered):
        named_units.name_unit(report, ha, seen=report.version, about=city())
    seen = report.version
    named_units.name_unit(report, ha, seen=seen, about=lang)
    with pytest.raises(ReportMovedOn):
        named_units.name_unit(report, ha, seen=seen, about=lang)
    with pytest.raises(NoSuchStep):
        named_units.name_unit(report, ha, seen=report.version, about=lang)
    assert lang not in report_acts.units_for(report)
