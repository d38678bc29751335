"""Rules as rows: which holds, what a change would have done, who may not be charged."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connections, transaction

from casework import report_acts, reports, routing_rules
from casework.errors import CaseworkError, NamesNothing, PointsNowhere, RuleWithoutReason
from casework.models import Report, RoutingRule
from casework.routing_rules import Change
from office.models import AuditEntry, Unit
from office.units import contact_team
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db


def lights() -> Unit:
    return Unit.objects.create(code="lights", name="Công ty chiếu sáng", kind=Unit.Kind.DEPARTMENT)


def filed(category: str = "chieu_sang", here: Unit | None = None, **more: object) -> Report:
    return reports.file_report(
        conversation=citizen(), kind="field", category=category, text="đèn tắt", ward=here, **more
    ).report


def test_a_new_report_goes_by_the_rule_in_force() -> None:
    unit = lights()
    routing_rules.apply(Change(category="chieu_sang", ward=None, unit=unit), reason="phân cấp", by=None)
    assert filed().unit == unit
    assert filed(category="cay_xanh").unit == contact_team()


def test_a_rule_takes_the_place_of_the_one_for_the_same_matter_and_can_be_taken_away() -> None:
    here, unit = ward(), lights()
    routing_rules.apply(Change(category="", ward=here, unit=unit), reason="thử", by=None)
    routing_rules.apply(Change(category="", ward=here, unit=contact_team()), reason="đổi", by=None)
    assert RoutingRule.objects.get().unit == contact_team()
    routing_rules.apply(Change(category="", ward=here, unit=None), reason="bỏ", by=official())
    assert not RoutingRule.objects.exists()
    assert AuditEntry.objects.filter(action="routing.changed").count() == 3


@pytest.mark.parametrize("twice", [("chieu_sang", True), ("chieu_sang", False), ("", True)])
def test_two_rules_for_one_matter_cannot_stand_beside_each_other(twice: tuple[str, bool]) -> None:
    category, has_ward = twice
    values = {"category": category, "ward": ward() if has_ward else None, "unit": lights()}
    RoutingRule.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutingRule.objects.create(**values)


def test_a_trial_tells_which_past_reports_would_have_gone_elsewhere_and_writes_nothing() -> None:
    here, there, unit = ward("Phường Láng"), ward("Phường Vĩnh Tuy"), lights()
    moved = [filed(here=here), filed(here=here), filed(here=there)]
    filed(category="cay_xanh", here=here)
    tried = routing_rules.trial([Change(category="chieu_sang", ward=None, unit=unit)])
    assert tried.tried == 4
    assert {one.report.pk for one in tried.moved} == {report.pk for report in moved}
    assert dict(tried.by_unit) == {unit: 3, here: -2, there: -1}
    assert not RoutingRule.objects.exists()


def test_a_trial_asks_the_database_the_same_few_times_for_few_and_many_reports(
    django_assert_num_queries: object,
) -> None:
    here, unit = ward(), lights()
    contact_team()
    change = Change(category="chieu_sang", ward=here, unit=unit)
    for _ in range(3):
        filed(here=here)
    with django_assert_num_queries(4):  # type: ignore[operator]
        routing_rules.trial([change])


def test_a_rule_says_what_it_is_for_why_and_where_a_signpost_points() -> None:
    unit = lights()
    mute = Unit(code="evn", name="Điện lực", kind="department", is_signpost_only=True)
    with pytest.raises(NamesNothing):
        routing_rules.check(Change(category="", ward=None, unit=unit), reason="x")
    with pytest.raises(NamesNothing):
        routing_rules.check(Change(category="đèn", ward=None, unit=unit), reason="x")
    with pytest.raises(NamesNothing):
        routing_rules.check(Change(category="", ward=unit, unit=unit), reason="x")
    with pytest.raises(PointsNowhere):
        routing_rules.check(Change(category="chieu_sang", ward=None, unit=mute), reason="x")
    with pytest.raises(RuleWithoutReason):
        routing_rules.check(Change(category="chieu_sang", ward=None, unit=unit), reason="  ")


def test_a_unit_without_people_and_one_that_only_points_elsewhere_are_warned_of() -> None:
    unit = lights()
    (alone,) = routing_rules.cautions(Change(category="chieu_sang", ward=None, unit=unit))
    assert "chưa có cán bộ" in alone
    official("an", unit)
    assert not routing_rules.cautions(Change(category="chieu_sang", ward=None, unit=unit))


def test_a_report_has_a_unit_in_charge_or_is_no_row_at_all() -> None:
    report = filed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(unit=None)


def test_the_database_itself_refuses_a_report_in_the_charge_of_whom_it_is_about() -> None:
    here = ward(parent=city())
    report = reports.file_report(
        conversation=citizen(), kind="service", category="thai_do_phuc_vu", text="quát dân", named_unit=here
    ).report
    assert report.unit == city()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(unit=here)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_forward_at_once_one_is_told_and_one_unit_is_in_charge() -> None:
    report, staff, goals = filed(), official(), [ward("Phường Láng"), ward("Phường Vĩnh Tuy")]
    outcomes, ready = [], threading.Barrier(2)

    def forward(to: Unit) -> None:
        mine = Report.objects.get(pk=report.pk)
        ready.wait(10)
        try:
            report_acts.forward(mine, staff, seen=1, to=to, reason="Đúng địa bàn")
            outcomes.append(to)
        except CaseworkError as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=forward, args=(goal,)) for goal in goals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes.count("ReportMovedOn") == 1
    report.refresh_from_db()
    assert report.unit in outcomes
