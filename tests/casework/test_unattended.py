"""Who writes to an official who is not there reads by when it is answered, once, and nobody else does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework import cases, promises
from casework.models import Case, Promise
from conversations.models import Turn
from office import duties
from office.models import Staff
from office.moment_words import moment_words
from tests.casework.people import official
from tests.casework.test_assignment import at, told, waiting

pytestmark = pytest.mark.django_db

#: Within the working hours of a Friday, and after them.
MORNING, EVENING = at("27 09:30"), at("27 18:00")


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def case(ha: Staff) -> Case:
    """Hà replied on the day before and has not looked at it since."""
    case = waiting()
    assert cases.claim(case, ha)
    reply(case, ha, at("26 10:00"))
    return case


def reply(case: Case, staff: Staff, moment: datetime) -> None:
    """An official's words, as if written then."""
    turn = cases.reply(case, staff, "Chị cho xin ngày hẹn.")
    Turn.objects.filter(pk=turn.pk).update(created_at=moment)
    Case.objects.filter(pk=case.pk).update(lease_until=moment + timedelta(minutes=10))


def heard(case: Case, *moments: datetime) -> list[str]:
    """What the citizen reads after writing at each of these moments."""
    before = len(told(case))
    for moment in moments:
        cases.citizen_wrote(case.conversation, at=moment)
    return told(case)[before:]


def test_who_writes_after_hours_reads_once_by_when_it_is_answered(case: Case) -> None:
    (said,) = heard(case, EVENING, EVENING + timedelta(minutes=5))
    promise = Promise.objects.get(Promise.OPEN, case=case)
    assert promise.due_at > at("30 08:00")
    assert "ngoài giờ làm việc" in said
    assert moment_words(promise.due_at, now=EVENING) in said


def test_an_official_who_forgot_to_leave_his_page_is_not_there_after_hours(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(lease_until=EVENING + timedelta(minutes=10))
    assert len(heard(case, EVENING)) == 1


def test_who_writes_to_an_official_who_is_away_reads_so_within_working_hours(case: Case) -> None:
    (said,) = heard(case, MORNING)
    assert "hiện không trực" in said
    assert "muộn nhất" in said


def test_nothing_is_said_while_the_official_is_on_duty(case: Case, ha: Staff) -> None:
    duties.go_on(ha, MORNING)
    assert heard(case, MORNING) == []
    assert not Promise.objects.exists()


def test_nothing_is_said_while_the_official_has_the_case_open(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(lease_until=MORNING + timedelta(minutes=10))
    assert heard(case, MORNING) == []


def test_two_who_talk_after_hours_are_not_interrupted(case: Case, ha: Staff) -> None:
    reply(case, ha, EVENING - timedelta(minutes=2))
    assert heard(case, EVENING) == []


def test_the_next_term_is_told_of_again_and_the_promise_before_it_was_kept(case: Case, ha: Staff) -> None:
    heard(case, MORNING)
    reply(case, ha, MORNING + timedelta(minutes=30))
    assert len(heard(case, EVENING)) == 1
    kept, made = Promise.objects.order_by("pk")
    assert kept.kept_at == MORNING + timedelta(minutes=30)
    assert promises.open_promise(case) == made


def test_danger_after_hours_is_answered_with_the_numbers_to_call(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(priority=Case.Priority.URGENT)
    assert "gọi 113, 114, 115" in heard(case, EVENING)[0]
