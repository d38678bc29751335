"""While answers are stopped: what is still answered, what is only kept, and the one appeal."""

from __future__ import annotations

import pytest

from bot import blocked, choices
from bot.guarded import INSULTS_BORNE
from casework import blocks
from casework.models import Block, Case
from conversations.models import Conversation, Turn
from office.models import Staff
from tests.bot.office import Talk, move_of
from tests.casework.people import official

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def supervisor() -> Staff:
    return official("lan", role=Staff.Role.SUPERVISOR)


def block(talk: Talk, supervisor: Staff) -> Block:
    talk.say("xin chào")
    return blocks.block(talk.conversation, supervisor, reason="insults", days=3)


def last_said(talk: Talk) -> Turn:
    turn = talk.conversation.turns.filter(direction=Turn.Direction.IN).last()
    assert turn is not None
    return turn


def test_what_a_blocked_citizen_says_is_kept_and_neither_answered_nor_queued(
    talk: Talk, supervisor: Staff
) -> None:
    block(talk, supervisor)
    assert talk.say("đăng ký khai sinh cần giấy tờ gì") == []
    assert (last_said(talk).status, last_said(talk).text) == (
        Turn.Status.PASSED_OVER,
        "đăng ký khai sinh cần giấy tờ gì",
    )
    assert talk.say("tôi muốn gặp cán bộ") == []
    assert not Case.objects.exists()
    assert talk.conversation.owner == Conversation.Owner.BOT


@pytest.mark.parametrize("cry", ["cháy nhà rồi, cứu với", "em không muốn sống nữa"])
def test_danger_is_always_answered_with_call_buttons(talk: Talk, supervisor: Staff, cry: str) -> None:
    block(talk, supervisor)
    (reply,) = talk.say(cry)
    assert reply.payload["choices"][0]["url"].startswith("tel:")


def test_ones_own_data_is_answered_all_the_same(talk: Talk, supervisor: Staff) -> None:
    block(talk, supervisor)
    assert talk.say("xoá dữ liệu của tôi") != []


def test_one_appeal_reaches_the_supervisor_and_no_second_one(talk: Talk, supervisor: Staff) -> None:
    made = block(talk, supervisor)
    (asked,) = talk.tap("appeal", label="Đề nghị xem lại")
    assert "một tin" in asked.text
    (taken,) = talk.say("tôi chỉ nóng giận vì chờ lâu, xin lỗi anh chị")
    assert "người phụ trách" in taken.text
    made.refresh_from_db()
    assert made.appeal is not None
    assert made.appeal.text == "tôi chỉ nóng giận vì chờ lâu, xin lỗi anh chị"
    assert talk.tap("appeal", label="Đề nghị xem lại") == []
    assert talk.say("thêm một tin nữa") == []


def test_after_a_block_is_lifted_everything_is_as_before(talk: Talk, supervisor: Staff) -> None:
    made = block(talk, supervisor)
    blocks.lift(made, supervisor)
    assert move_of(talk.say("đăng ký khai sinh cần giấy tờ gì")[0]) == "answer"
    (old,) = talk.tap("appeal", label="Đề nghị xem lại")
    assert old.payload["detail"]["phrase"] == "button_out_of_date"


def test_insults_get_one_calm_sentence_and_a_short_pause_only_when_they_go_on(talk: Talk) -> None:
    for _ in range(INSULTS_BORNE - 1):
        assert talk.say("đồ ngu")[0].payload["detail"]["phrase"] == "abuse"
    (paused,) = talk.say("đồ chó")
    assert move_of(paused) == "paused"
    assert talk.say("xin chào") == []
    held = Block.objects.get()
    assert (held.by, held.until - held.begun_at) == (None, blocks.COOLING_OFF)


def test_a_matter_between_insults_begins_the_count_anew(talk: Talk) -> None:
    for words in ("đồ ngu", "đồ ngu", "đăng ký khai sinh cần giấy tờ gì", "đồ ngu", "đồ ngu"):
        talk.say(words)
    assert not Block.objects.exists()


def test_a_flood_pauses_once_and_a_cry_for_help_in_it_is_answered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocked, "FLOOD", 3)
    moves = [[move_of(reply) for reply in talk.say(f"xin chào lần {n}")] for n in range(5)]
    assert moves[3:] == [["paused"], []]
    assert move_of(talk.say("cứu với, cháy nhà")[0]) == "signpost"


def test_anger_about_a_matter_is_a_report(talk: Talk) -> None:
    (reply,) = talk.say("đm rác chất đống ba ngày ở đầu ngõ 5 phố Huế không ai dọn")
    assert move_of(reply) == "report_form"
    assert not choices.parse(reply.text)
