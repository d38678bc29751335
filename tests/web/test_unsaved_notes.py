"""A note stands in its box while another button of the page is pressed: it is neither saved nor lost."""

from __future__ import annotations

import pytest
from django.test import Client

from casework import cases, unsaved_notes
from casework.models import Case, CaseNote
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, page, waiting_case

pytestmark = pytest.mark.django_db

NOTE = "Chị Mai nói chiều mai mới có giấy gốc"
IN_ITS_BOX = f"{NOTE}</textarea>"
STAYS: dict[str, dict[str, str]] = {
    "reply": {"text": "Chào chị Mai.", "last_sent": "0"},
    "compose": {"text": "Chào chị Mai.", "do": "drop"},
    "labels": {"put_on": "0"},
    "priority": {"priority": "urgent", "priority_reason": "Bà cụ ở một mình"},
    "snooze": {"at": "2999-01-01T09:00"},
    "ask-number": {"last_sent": "0"},
    "appointments": {"place": "", "day": ""},
    "keep": {},
}


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def case(ha: Staff) -> Case:
    case = waiting_case()
    cases.claim(case, ha)
    return case


def post(desk: Client, case: Case, act: str, **form: str) -> str:
    """The page that comes of it, where the browser is led on after all redirects."""
    answer = desk.post(f"/desk/cases/{case.number}/{act}", {"private_note": NOTE, **form}, follow=True)
    return str(answer.content.decode())


@pytest.mark.parametrize("act", STAYS)
def test_a_note_stands_in_its_box_again_after_any_other_act(case: Case, ha: Staff, act: str) -> None:
    shown = post(desk_of(ha), case, act, **STAYS[act])
    assert IN_ITS_BOX in shown
    assert "Ghi chú này chưa được lưu." in shown
    assert IN_ITS_BOX in page(desk_of(ha), f"/desk/cases/{case.number}")
    assert not CaseNote.objects.exists()


def test_all_that_was_typed_beside_a_reply_that_is_refused_stands_there_again(case: Case, ha: Staff) -> None:
    typed = {"transfer_reason": "Việc của phường", "note": "Hẹn thứ Hai", "papers": "căn cước"}
    for words in ("", "Chị xem https://la.example/khai-sinh"):
        shown = post(desk_of(ha), case, "reply", text=words, last_sent="0", **typed)
        assert [one for one in (IN_ITS_BOX, *typed.values()) if one not in shown] == []


def test_a_colleague_does_not_read_it(case: Case, ha: Staff) -> None:
    post(desk_of(ha), case, "keep")
    assert NOTE not in page(desk_of(official("minh")), f"/desk/cases/{case.number}")


def test_who_closes_the_case_reads_that_a_note_was_not_saved_and_finds_it_there(
    case: Case, ha: Staff
) -> None:
    shown = post(desk_of(ha), case, "close", outcome="Đã trả lời xong")
    assert f"Ghi chú anh/chị viết ở hồ sơ {case.number} chưa được lưu; mở lại hồ sơ" in shown
    assert IN_ITS_BOX in page(desk_of(ha), f"/desk/cases/{case.number}")


def test_who_sends_the_case_out_of_sight_has_the_note_to_take_along(case: Case, ha: Staff) -> None:
    lan = official("lan", ward("Phường Ba Đình"))
    far = official("minh", ward("Phường Tây Hồ")).units.get()
    cases.transfer(case, ha, lan.units.get(), reason="Nộp tại phường")
    cases.claim(case, lan)
    shown = post(desk_of(lan), case, "transfer", to=f"unit:{far.code}", transfer_reason="Nhầm phường")
    assert "Đã chuyển hồ sơ" in shown
    assert "anh/chị không còn xem được hồ sơ ấy" in shown
    assert NOTE in shown


def test_who_pauses_the_citizen_reads_that_a_note_was_not_saved(case: Case) -> None:
    boss = official("boss", role=Staff.Role.SUPERVISOR)
    shown = post(desk_of(boss), case, "block", block_reason="threats", days="3")
    assert f"Ghi chú anh/chị viết ở hồ sơ {case.number} chưa được lưu" in shown


def test_a_note_that_was_saved_is_in_its_box_no_more(case: Case, ha: Staff) -> None:
    post(desk_of(ha), case, "keep")
    assert IN_ITS_BOX not in post(desk_of(ha), case, "notes")
    assert unsaved_notes.of(case, ha) == ""
    assert "chưa được lưu" not in post(desk_of(ha), case, "release")
