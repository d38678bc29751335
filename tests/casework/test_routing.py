"""Which unit a report goes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NoUnitInCharge
from casework.models import Report
from casework.routing import Because, Matter, Route, Rules, route
from office.models import Unit
from office.units import is_or_is_below

CITY = Unit(pk=1, code="city", name="UBND thành phố")
CENTRE = Unit(pk=2, code="centre", name="Trung tâm", parent=CITY)
TEAM = Unit(pk=3, code="team", name="Tổ tiếp nhận", parent=CENTRE)
WARD = Unit(pk=4, code="ward", name="Phường Ba Đình", parent=CITY, takes_reports=True)
QUIET_WARD = Unit(pk=6, code="quiet", name="Phường Láng", parent=CITY)
ORPHAN = Unit(pk=5, code="orphan", name="Đơn vị chưa có cấp trên")
LIGHTS = Unit(pk=7, code="lights", name="Công ty chiếu sáng", parent=CITY)
ELECTRICITY = Unit(pk=8, code="evn", name="Điện lực", is_signpost_only=True, signpost="gọi 19001288")
UNITS = (CITY, CENTRE, TEAM, WARD, ORPHAN)
NO_RULES = Rules()


def unit_in_charge(
    kind: str,
    ward: Unit | None,
    named_unit: Unit | None = None,
    *,
    contact_team: Unit,
    rules: Rules = NO_RULES,
) -> Unit:
    matter = Matter(kind=kind, category="chieu_sang", ward=ward, named_unit=named_unit)
    return route(matter, rules, contact_team=contact_team).unit


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


def field(ward: Unit | None = WARD, category: str = "chieu_sang") -> Matter:
    return Matter(kind=Report.Kind.FIELD, category=category, ward=ward)


def test_the_rule_that_names_category_and_ward_goes_before_category_before_ward() -> None:
    by_matter = {("", "ward"): CENTRE}
    assert route(field(), Rules(by_matter=by_matter), contact_team=TEAM).unit == CENTRE
    by_matter |= {("chieu_sang", ""): LIGHTS}
    assert route(field(), Rules(by_matter=by_matter), contact_team=TEAM).unit == LIGHTS
    by_matter |= {("chieu_sang", "ward"): WARD}
    assert route(field(), Rules(by_matter=by_matter), contact_team=TEAM) == Route(
        unit=WARD, because=Because.RULE
    )
    assert route(field(category="cay_xanh"), Rules(by_matter=by_matter), contact_team=TEAM).unit == CENTRE
    assert route(field(QUIET_WARD), Rules(by_matter=by_matter), contact_team=TEAM).unit == LIGHTS


def test_a_rule_for_a_category_everywhere_holds_where_no_ward_is_known() -> None:
    rules = Rules(by_matter={("chieu_sang", ""): LIGHTS})
    assert route(field(None), rules, contact_team=TEAM).unit == LIGHTS


def test_a_unit_that_only_points_elsewhere_is_named_as_such() -> None:
    rules = Rules(by_matter={("chieu_sang", ""): ELECTRICITY})
    assert route(field(), rules, contact_team=TEAM).is_signpost


def test_no_report_on_service_is_sent_away_to_a_signpost() -> None:
    rules = Rules(by_matter={("chieu_sang", ""): ELECTRICITY})
    assert unit_in_charge(Report.Kind.SERVICE, WARD, contact_team=TEAM, rules=rules) == CITY


@st.composite
def offices(draw: st.DrawFn) -> list[Unit]:
    """Units of which each but the first may be overseen by any, circles included."""
    number = draw(st.integers(2, 8))
    units = [Unit(pk=pk + 1, code=f"u{pk}", name=f"Đơn vị {pk}") for pk in range(number)]
    for unit in units:
        unit.parent = draw(st.sampled_from([None, *units]))
    return units


@given(data=st.data(), units=offices())
def test_no_rule_and_no_tree_of_units_sends_a_report_on_service_to_whom_it_is_about(
    data: st.DataObject, units: list[Unit]
) -> None:
    team, about, ruled = (data.draw(st.sampled_from(units)) for _ in range(3))
    matter = Matter(kind=Report.Kind.SERVICE, category="thai_do_phuc_vu", named_unit=about)
    try:
        taken = route(matter, Rules(by_matter={("thai_do_phuc_vu", ""): ruled}), contact_team=team)
    except NoUnitInCharge:
        assert team == about
    else:
        assert taken.unit != about
        assert taken.because is Because.CONTACT_TEAM or not is_or_is_below(taken.unit, about)


@given(ward=st.sampled_from((None, *UNITS)), named=st.sampled_from(UNITS))
def test_a_report_on_service_never_goes_to_the_unit_it_names(ward: Unit | None, named: Unit) -> None:
    assert unit_in_charge(Report.Kind.SERVICE, ward, named, contact_team=TEAM) != named
