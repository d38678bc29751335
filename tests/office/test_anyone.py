"""What staff ask, made once for each kind of person: it answers as the ORM does for that person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from casework import visibility
from casework.models import Case, Report
from office.anyone import AskedByStaff, Asking
from office.lookups import GivenKeys, Lookup, among, counted, word
from office.models import Staff, Unit
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db

ROLES = (Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR)


def a_case(unit: Unit, *, held_by: Staff | None = None) -> Case:
    number = f"HT-2026-{Case.objects.count():06}"
    state = Case.State.CLAIMED if held_by else Case.State.QUEUED
    return Case.objects.create(
        number=number, conversation=citizen(), reason="asked", unit=unit, state=state, claimed_by=held_by
    )


def a_report(unit: Unit, *, about: Unit | None = None, of: Case | None = None) -> Report:
    return Report.objects.create(
        code=f"PA-{Report.objects.count()}",
        text="Ổ gà",
        unit=unit,
        named_unit=about,
        conversation=of.conversation if of else None,
    )


def keys(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    return rows.order_by("pk").values_list("pk", flat=True)


CASES = AskedByStaff(lambda staff: keys(visibility.cases_for(staff)))
REPORTS = AskedByStaff(lambda staff: keys(visibility.reports_for(staff)))
TURNS = AskedByStaff(lambda staff: counted(visibility.turns_for(staff)))


def people_of(below: Unit, elsewhere: Unit) -> list[Staff]:
    """Of each role: in the ward, in another, in the central team, in two units, in none."""
    people = []
    for role in ROLES:
        for name, units in {"a": [below], "b": [elsewhere], "c": [], "d": [below, city()]}.items():
            people.append(official(f"{role}-{name}", *units, role=role))
        people.append(official(f"{role}-e", role=role))
        people[-1].units.clear()
    return [Staff.objects.get(pk=one.pk) for one in people]


def test_everyone_is_answered_as_if_the_query_were_made_for_him() -> None:
    below, elsewhere = ward(parent=city()), ward("Phường Tây Hồ", parent=city())
    people = people_of(below, elsewhere)
    mine, complained = a_case(elsewhere, held_by=people[0]), a_case(below)
    Case.objects.filter(pk=mine.pk).update(escalated_to=below)
    a_report(elsewhere, about=below, of=complained)
    was_mine = a_case(below, held_by=people[0])
    Case.objects.filter(pk=was_mine.pk).update(state=Case.State.CLOSED)
    a_report(city(), about=below, of=was_mine)
    a_report(elsewhere, about=city())
    Report.objects.filter(pk=a_report(elsewhere).pk).update(escalated_to=below)
    a_case(below)
    for staff in people:
        assert CASES.all(staff) == list(keys(visibility.cases_for(staff))), staff.username
        assert REPORTS.all(staff) == list(keys(visibility.reports_for(staff))), staff.username
        assert TURNS.number(staff) == visibility.turns_for(staff).count(), staff.username


def test_the_statement_is_made_once_for_a_kind_of_person() -> None:
    made = []

    def asked(staff: Asking) -> QuerySet[Any, int]:
        made.append(staff)
        return keys(visibility.cases_for(staff))

    asked_for = AskedByStaff(asked)
    first, second = official("ha", ward()), official("minh", ward(), ward())
    case = a_case(second.units.all()[0])
    with CaptureQueriesContext(connection) as queries:
        assert asked_for.all(first) == []
        assert asked_for.all(second) == [case.pk]
    assert len(made) == 1
    assert len(queries) == 2 * 3  # where each belongs, and what was asked


def test_who_practises_is_asked_for_anew() -> None:
    staff = official("ha")
    a_case(staff.units.all()[0])
    staff.is_practising = True
    assert CASES.all(staff) == []


def test_a_question_that_nothing_can_answer_is_answered_with_nothing() -> None:
    nothing = AskedByStaff(lambda _staff: counted(Case.objects.none()))
    assert nothing.number(official("ha")) == 0
    assert nothing.first(official("minh")) is None


def test_among_finds_the_keys_that_are_given_and_none_when_none_is() -> None:
    one, other = ward("Phường Láng"), ward("Phường Tây Hồ")
    found = Lookup(lambda: keys(Unit.objects.filter(among("pk", GivenKeys("keys")))))
    assert found.all(keys={one.pk, other.pk}) == sorted((one.pk, other.pk))
    assert found.all(keys=frozenset()) == []


def test_what_is_missing_is_not_among_any_keys_and_so_not_left_out() -> None:
    above = city()
    below, apart = ward(parent=above), ward("Phường Tây Hồ")
    elsewhere = Unit.objects.exclude(among("parent", GivenKeys("keys")))
    left = Lookup(lambda: keys(elsewhere.filter(code=word("code"))))
    assert left.all(keys=[above.pk], code=apart.code) == [apart.pk]
    assert left.all(keys=[above.pk], code=below.code) == []


def test_belonging_is_read_anew_with_the_row() -> None:
    staff, unit = official("ha"), ward()
    assert staff.belonging.is_central
    staff.units.set([unit])
    staff.refresh_from_db()
    assert staff.belonging.units == {unit.pk}
    assert not staff.belonging.is_central
