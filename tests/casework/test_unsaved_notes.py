"""A note that was typed and not saved: kept for its writer alone, and gone when it is to go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import case_notes, cases, own_data, retention, unsaved_notes
from casework.models import Case, CaseNote, UnsavedNote
from conversations.retention import KeepFor
from office.models import Staff
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db

NOTE = "Chị Mai nói chiều mai mới có giấy gốc"
KEEP = KeepFor(transcripts=timedelta(days=90), photos=timedelta(days=7), redacted=timedelta(days=7))


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def case(ha: Staff) -> Case:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    cases.claim(case, ha)
    return case


def test_it_is_kept_by_case_and_person_as_it_was_typed_last(case: Case, ha: Staff) -> None:
    minh = official("minh")
    for words in ("Chị Mai", f"  {NOTE}\n"):
        unsaved_notes.keep(case, ha, words)
    unsaved_notes.keep(case, minh, "Của Minh")
    assert unsaved_notes.of(case, ha) == f"  {NOTE}\n"
    assert unsaved_notes.of(case, minh) == "Của Minh"
    assert not CaseNote.objects.exists()


def test_an_emptied_one_is_none(case: Case, ha: Staff) -> None:
    unsaved_notes.keep(case, ha, NOTE)
    unsaved_notes.keep(case, ha, " \n")
    assert not UnsavedNote.objects.exists()


def test_one_that_is_saved_is_none_even_where_an_older_page_sends_it_again(case: Case, ha: Staff) -> None:
    unsaved_notes.keep(case, ha, NOTE)
    case_notes.add_note(case, ha, NOTE)
    assert unsaved_notes.of(case, ha) == ""
    unsaved_notes.keep(case, ha, f"{NOTE} ")
    assert unsaved_notes.of(case, ha) == ""


def test_it_does_not_stop_who_closes_and_goes_some_days_later(case: Case, ha: Staff) -> None:
    unsaved_notes.keep(case, ha, NOTE)
    cases.close(case, ha, "Đã trả lời xong")
    retention.prune(timezone.now() + timedelta(days=6), KEEP)
    assert unsaved_notes.of(case, ha) == NOTE
    retention.prune(timezone.now() + timedelta(days=8), KEEP)
    assert unsaved_notes.of(case, ha) == ""


def test_it_goes_with_the_data_of_its_citizen_and_does_not_come_back(case: Case, ha: Staff) -> None:
    unsaved_notes.keep(case, ha, NOTE)
    own_data.erase(case.conversation)
    unsaved_notes.keep(Case.objects.get(pk=case.pk), ha, NOTE)
    assert not UnsavedNote.objects.exists()
