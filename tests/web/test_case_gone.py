"""A case went to others while somebody wrote in it: the words are shown, and nothing is told of the case."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import cases
from casework.models import Case, Draft
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, waiting_case

pytestmark = pytest.mark.django_db

NOTE = "Chị Mai nói chiều mai mới có giấy gốc"
WORDS = "Chào chị, chị mang giấy chứng sinh đến."
ACTS = [
    *("claim", "reply", "compose", "keep", "ask-number", "release", "close", "transfer", "send-back"),
    *("snooze", "merge", "take-over", "undo", "notes", "labels", "priority", "appointments", "draft/take"),
]


@pytest.fixture
def lan() -> Staff:
    """Of a ward; the case that she had open went to another."""
    return official("lan", ward("Phường Ba Đình"))


@pytest.fixture
def moved(lan: Staff) -> Case:
    case = waiting_case("Hỏi về khai sinh")
    boss = official("boss", role=Staff.Role.ADMINISTRATOR)
    cases.transfer(case, boss, lan.units.get(), reason="Nộp tại phường")
    far = official("minh", ward("Phường Tây Hồ")).units.get()
    cases.transfer(case, boss, far, reason="Nhầm phường")
    return case


def post(desk: Client, number: str, act: str, **form: object) -> str:
    answer = desk.post(f"/desk/cases/{number}/{act}", form)
    assert answer.status_code == 404
    return str(answer.content.decode())


@pytest.mark.parametrize("act", ACTS)
def test_who_acts_on_a_case_that_was_moved_has_all_words_back(lan: Staff, moved: Case, act: str) -> None:
    shown = post(desk_of(lan), moved.number, act, text=WORDS, private_note=NOTE, transfer_reason="Sai nơi")
    assert f'Anh/chị không xem được hồ sơ <span class="code">{moved.number}' in shown
    assert all(words in shown for words in (WORDS, NOTE, "Sai nơi"))
    assert "Hỏi về khai sinh" not in shown
    assert "Phường Tây Hồ" not in shown
    assert not Draft.objects.exists()


def test_a_supervisor_who_pauses_a_citizen_of_a_case_that_was_moved_has_the_words_back(moved: Case) -> None:
    boss = official("thu", ward("Phường Hà Đông"), role=Staff.Role.SUPERVISOR)
    assert WORDS in post(desk_of(boss), moved.number, "block", text=WORDS)


def test_a_case_that_never_was_is_answered_in_the_same_words(lan: Staff, moved: Case) -> None:
    desk = desk_of(lan)
    never = post(desk, "HT-2026-999999", "reply", text=WORDS).partition("<main")[2]
    gone = post(desk, moved.number, "reply", text=WORDS).partition("<main")[2]
    assert never.replace("HT-2026-999999", moved.number) == gone


def test_a_file_chosen_is_said_not_to_have_gone(lan: Staff, moved: Case) -> None:
    file = SimpleUploadedFile("mau-don.pdf", b"%PDF-1.4", content_type="application/pdf")
    assert "Tệp đã chọn chưa được gửi" in post(desk_of(lan), moved.number, "reply", text=WORDS, file=file)


def test_to_look_at_such_a_case_stays_the_page_that_is_not_found(lan: Staff, moved: Case) -> None:
    answer = desk_of(lan).get(f"/desk/cases/{moved.number}")
    assert answer.status_code == 404
    assert "Anh/chị không xem được" not in answer.content.decode()
