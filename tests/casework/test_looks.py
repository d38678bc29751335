"""What came in a case since a person last read it."""

from __future__ import annotations

import pytest

from casework import cases, looks
from casework.models import Case, Look
from conversations.models import Turn
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db


def waiting_case() -> Case:
    return cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")


def written(case: Case, *, direction: str = "in") -> Turn:
    author = "citizen" if direction == "in" else "assistant"
    return Turn.objects.create(
        conversation=case.conversation, direction=direction, status="answered", author=author, text="Cho hỏi"
    )


def test_a_look_leaves_only_what_the_citizen_wrote_later_and_only_for_that_person() -> None:
    case, other, ha, minh = waiting_case(), waiting_case(), official("ha"), official("minh")
    looks.keep_look(case, ha, turn=written(case).pk)
    looks.keep_look(other, ha, turn=0)
    assert looks.unread([case, other], ha) == {}
    written(case)
    written(case, direction="out")
    written(case)
    written(other)
    assert looks.unread([case, other], ha) == {case.pk: 2, other.pk: 1}
    assert looks.unread([case, other], minh) == {}


def test_an_older_page_does_not_take_back_what_was_seen() -> None:
    case, ha = waiting_case(), official("ha")
    first, second = written(case), written(case)
    for turn in (first, second, first):
        looks.keep_look(case, ha, turn=turn.pk)
    assert looks.looked_until(case, ha) == second.pk
    assert Look.objects.count() == 1


def test_of_a_case_never_looked_at_nothing_is_counted_since_all_of_it_is_new() -> None:
    case, ha = waiting_case(), official("ha")
    written(case)
    assert looks.looked_until(case, ha) == 0
    assert looks.unread([case], ha) == {}
