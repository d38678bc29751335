"""Whoever comes in by a QR code is where it leads: at a ward's counter, or at a procedure."""

from __future__ import annotations

import pytest

from bot import state
from bot.state import State
from office import entrances
from office.errors import EntranceNamesNothing
from office.models import AuditEntry, Staff, Unit
from tests.bot.office import BIRTH, Talk
from tests.casework.test_publications import shown, taken_in

GREETING = "Chào anh/chị. Tôi là trợ lý ảo"


@pytest.fixture
def lang(transactional_db: None) -> Unit:
    return Unit.objects.create(code="phuong-lang", name="Phường Láng", kind=Unit.Kind.WARD)


def remembered(talk: Talk) -> State:
    return state.from_json(talk.conversation.state)


def test_at_a_wards_counter_the_ward_is_known_and_said_in_one_line(talk: Talk, lang: Unit) -> None:
    entrance = entrances.make(ward=lang, by=None)
    (greeting,) = talk.say(f"/start {entrance.key}")
    assert greeting.text.startswith(GREETING)
    assert greeting.text.splitlines()[-1].startswith("Anh/chị đang hỏi từ Phường Láng")
    assert remembered(talk).ward == "phuong-lang"
    talk.say("đăng ký khai sinh nộp ở đâu")
    assert remembered(talk).ward == "phuong-lang"


def test_beside_a_procedure_it_is_answered_at_once(talk: Talk) -> None:
    entrance = entrances.make(procedure=BIRTH, by=None)
    (answer,) = talk.say(f"/start {entrance.key}")
    assert answer.payload["citation"]["code"] == BIRTH
    assert remembered(talk).procedure == BIRTH


def test_a_procedure_that_is_held_no_more_is_said_to_be_gone(talk: Talk) -> None:
    entrance = entrances.make(procedure="9.999999", by=None)
    (answer,) = talk.say(f"/start {entrance.key}")
    assert answer.text.startswith("Thủ tục này không còn")


@pytest.mark.parametrize(
    "text", ["/start", "/start unknown", "/start " + "x" * 64, "/start ../../etc", "start:unknown"]
)
def test_without_a_key_or_with_one_that_is_not_ours_everybody_is_greeted(talk: Talk, text: str) -> None:
    (greeting,) = talk.say(text)
    assert greeting.text.startswith(GREETING)
    assert remembered(talk).ward == ""


def test_a_revoked_key_greets_as_usual(talk: Talk, lang: Unit) -> None:
    entrance = entrances.make(ward=lang, by=None)
    assert entrances.revoke(entrance.key, by=None)
    assert not entrances.revoke(entrance.key, by=None)
    (greeting,) = talk.say(f"/start {entrance.key}")
    assert greeting.text.startswith(GREETING)
    assert "Láng" not in greeting.text
    assert remembered(talk).ward == ""


def test_a_code_scanned_in_the_middle_of_a_report_keeps_the_report(talk: Talk, lang: Unit) -> None:
    talk.say("đống rác to chắn lối đi, bốc mùi ba hôm nay rồi")
    before = remembered(talk).form
    entrance = entrances.make(ward=lang, by=None)
    (greeting,) = talk.say(f"/start {entrance.key}")
    assert before is not None
    assert remembered(talk).form == before
    assert "phản ánh" in greeting.text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/phananh", "phản ánh"),
        ("/trangthai", "chưa gửi phản ánh nào"),
        ("/canbo", "cán bộ"),
        ("/dulieu", "lưu"),
        ("/help", "gõ việc cần hỏi"),
    ],
)
def test_each_command_is_answered_like_its_button(talk: Talk, command: str, words: str) -> None:
    (answer,) = talk.say(command)
    assert words in answer.text


def test_who_made_and_revoked_an_entrance_is_in_the_register(lang: Unit) -> None:
    hoa = Staff.objects.create(username="hoa")
    entrance = entrances.make(ward=lang, note="quầy số 3", by=hoa)
    entrances.revoke(entrance.key, by=hoa)
    entries = AuditEntry.objects.filter(subject=entrance.key).order_by("id")
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("entrance.made", hoa),
        ("entrance.revoked", hoa),
    ]


def test_an_entrance_names_a_ward_or_a_procedure_not_both_and_not_neither(lang: Unit) -> None:
    for wrong in ({}, {"ward": lang, "procedure": BIRTH}):
        with pytest.raises(EntranceNamesNothing):
            entrances.make(**wrong, by=None)


def test_from_the_public_page_of_an_open_report_one_follows_it_at_once(talk: Talk) -> None:
    report = taken_in(conversation=None)
    shown(report)
    (told,) = talk.say(f"/start {report.code}")
    assert told.text.startswith(f"Anh/chị đang theo dõi phản ánh {report.code}")
    assert [follow.conversation for follow in report.follows.all()] == [talk.conversation]
    assert remembered(talk).report == report.code


def test_a_report_that_is_not_public_is_followed_by_nobody_and_told_as_one_that_does_not_exist(
    talk: Talk,
) -> None:
    hidden = taken_in(conversation=None)
    (told,) = talk.say(f"/start {hidden.code}")
    (unknown,) = talk.say("/start PA-2031-999999")
    assert told.text == unknown.text
    assert "không còn công khai" in told.text
    assert not hidden.follows.exists()
