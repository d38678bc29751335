"""The door by which messages come in: cleaned, guarded, once."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import turn_queue
from bot.intake import LONGEST_TEXT, receive
from conversations.messages import MediaReference, MessageKind
from conversations.models import Turn
from nlu.text import clean
from tests.bot.office import message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_queue(monkeypatch: pytest.MonkeyPatch) -> turn_queue.TurnQueue:
    queue = turn_queue.TurnQueue()
    monkeypatch.setattr(turn_queue, "embedded", queue)
    return queue


def test_a_message_is_recorded_once_and_nudges_once(own_queue: turn_queue.TurnQueue) -> None:
    said = message("xin chào")
    assert receive(said).pk == receive(said).pk
    assert Turn.objects.count() == 1
    assert own_queue.wait(0)
    assert not own_queue.wait(0)


def test_no_worker_is_woken_before_the_commit(own_queue: turn_queue.TurnQueue) -> None:
    with transaction.atomic():
        receive(message("xin chào"))
        assert not own_queue.wait(0)
    assert own_queue.wait(0)


def test_text_is_kept_as_one_would_retype_it() -> None:
    turn = receive(message(unicodedata.normalize("NFD", "  Đăng\x00 ký\u200b   khai sinh ")))
    assert turn.text == "Đăng ký khai sinh"


def test_what_is_too_long_is_cut() -> None:
    assert len(receive(message("ă" * (LONGEST_TEXT + 5))).text) == LONGEST_TEXT


def test_an_accusation_leaves_only_the_fact_and_no_picture() -> None:
    photo = MediaReference(reference="photo-1", name="ông Bảnh.jpg")
    turn = receive(message("Tôi tố cáo ông Bảnh nhận hối lộ", kind=MessageKind.PHOTO, media=(photo,)))
    assert (turn.redacted, turn.payload["media"]) == ("accusation", [])
    assert "Bảnh" not in turn.text


def test_a_cry_for_help_keeps_its_words() -> None:
    turn = receive(message("cứu với, cháy nhà ở ngõ 5"))
    assert (turn.text, turn.redacted) == ("cứu với, cháy nhà ở ngõ 5", "")


def test_numbers_of_identity_papers_are_never_stored_and_a_telephone_is() -> None:
    turn = receive(message("Tôi tên Lan, cccd 001089012345, stk 19033445566 VCB, gọi 0912345678 nhé"))
    turn.refresh_from_db()
    assert turn.text == "Tôi tên Lan, cccd [số giấy tờ], stk [số tài khoản] VCB, gọi 0912345678 nhé"


def test_an_ordinary_message_is_stored_as_it_is() -> None:
    said = "thủ tục 1.001193 theo 1207/QĐ-UBND hết 500k, hẹn 3/9, hồ sơ H26.12-251103-0012"
    turn = receive(message(said))
    assert turn.text == said


def test_a_number_in_the_name_of_a_file_is_masked() -> None:
    file = MediaReference(reference="file-1", name="cccd 001089012345.jpg")
    turn = receive(message("", kind=MessageKind.FILE, media=(file,)))
    assert turn.payload["media"][0]["name"] == "cccd [số giấy tờ].jpg"
    assert turn.payload["media"][0]["reference"] == "file-1"


@pytest.mark.parametrize("payload", ["tôi tố cáo ông Bảnh", "staff:" + "ă" * 60, "\ud800"])
def test_what_is_no_button_of_ours_is_not_kept_as_one(payload: str) -> None:
    assert receive(message("nút", choice=payload)).payload["choice"] == ""


def test_a_button_of_ours_is_kept() -> None:
    assert receive(message("Lệ phí", choice="part:1.001193:fee")).payload["choice"] == "part:1.001193:fee"


wild = st.text(st.characters(codec=None), max_size=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=wild, choice=wild)
def test_any_text_is_recorded_and_nothing_unclean_kept(text: str, choice: str) -> None:
    turn = receive(message(text, choice=choice))
    turn.refresh_from_db()
    assert turn.text == clean(turn.text)
    assert turn.status == Turn.Status.RECEIVED
