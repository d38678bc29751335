"""Which unit a report goes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NoUnitInCharge
from casework.models import Report
from casework.routing import unit_in_charge
from office.models import Unit

CITY = Unit(pk=1, code="city", name="UBND thành phố")
CENTRE = Unit(pk=2, code="centre", name="Trung tâm", parent=CITY)
TEAM = Unit(pk=3, code="team", name="Tổ tiếp nhận", parent=CENTRE)
WARD = Unit(pk=4, code="ward", name="Phường Ba Đình", parent=CITY, takes_reports=True)
QUIET_WARD = Unit(pk=6, code="quiet", name="Phường Láng", parent=CITY)
ORPHAN = Unit(pk=5, code="orphan", name="Đơn vị chưa có cấp trên")
UNITS = (CITY, CENTRE, TEAM, WARD, ORPHAN)


def test_a_field_report_goes_to_its_ward_when_that_takes_reports_itself() -> None:
    assert unit_in_charge(Report.Kind.FIELD, WARD, contact_team=TEAM) == WARD


def test_wards_are_the_second_line_until_they_are_switched_on() -> None:
    assert unit_in_charge(Report.Kind.FIELD, QUIET_WARD, contact_team=TEAM) == TEAM


def test_a_report_from_nowhere_known_goes_to_the_central_team() -> None:
    assert unit_in_charge(Report.Kind.FIELD, None, contact_team=TEAM) == TEAM


def test_a_report_on_service_goes_to_who_oversees_the_unit_it_names() -> None:
    assert unit_in_charge(Report.Kind.SERVICE, None, WARD, contact_team=TEAM) == CITY


def test_a_report_on_service_in_a_ward_counts_as_about_that_ward() -> None:
    assert unit_in_charge(Report.Kind.SERVICE, WARD, contact_team=TEAM) == CITY


def test_a_report_on_the_central_team_itself_goes_above_it() -> None:
    assert unit_in_charge(Report.Kind.SERVICE, None, TEAM, contact_team=TEAM) == CENTRE


def test_a_team_that_nobody_oversees_cannot_be_complained_of_to_itself() -> None:
    alone = Unit(pk=9, code="alone", name="Tổ tiếp nhận")
    with pytest.raises(NoUnitInCharge):
        unit_in_charge(Report.Kind.SERVICE, None, alone, contact_team=alone)


@given(ward=st.sampled_from((None, *UNITS)), named=st.sampled_from(UNITS))
def test_a_report_on_service_never_goes_to_the_unit_it_names(ward: Unit | None, named: Unit) -> None:
    assert unit_in_charge(Report.Kind.SERVICE, ward, named, contact_team=TEAM) != named
