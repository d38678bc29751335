from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.utils import timezone

from bot.explanation import NoSuchTurn, explain, find_turn
from conversations.models import Turn
from knowledge_base.models import Release
from knowledge_base.ranking import FEATURES
from motcua.cli import main
from tests.bot.office import BIRTH, Talk, replies_to

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "con tôi mới sinh, làm giấy khai sinh cần giấy tờ gì?"


@pytest.fixture
def asked(talk: Talk) -> Turn:
    turn = talk.send(QUESTION)
    talk.let_answer()
    turn.refresh_from_db()
    return turn


def test_a_turn_keeps_what_was_found_and_decided(asked: Turn) -> None:
    found = explain(asked)
    assert found.trace
    assert found.trace.hits[0].code == BIRTH
    assert found.trace.offered[0] == BIRTH
    assert set(found.costs) == {"answer", "ask", "refuse"}
    assert found.trace.timings["total"] > 0
    assert len(json.dumps(asked.search)) < 20_000


def test_the_same_search_on_the_same_release_gives_the_same(asked: Turn) -> None:
    found = explain(asked)
    assert found.again
    assert found.differences == ()


def test_a_result_that_differs_is_said_to(asked: Turn) -> None:
    asked.search = {**asked.search, "outcome": "NotFound", "offered": []}
    asked.save()
    assert explain(asked).differences == ("outcome", "offered")
    assert "KHÁC: quyết định, thủ tục đưa ra" in _told(asked.pk)


def test_a_pruned_release_is_explained_from_what_was_recorded(asked: Turn) -> None:
    Release.objects.filter(name=asked.release).update(pruned_at=timezone.now())
    found = explain(asked)
    assert found.again is None
    assert "pruned" in found.not_again
    assert found.costs
    told = _told(asked.pk)
    assert "đã xoá khỏi đĩa ngày" in told
    assert BIRTH in told


def test_a_reply_leads_to_its_question_and_a_conversation_to_its_last_one(asked: Turn) -> None:
    (reply,) = replies_to(asked)
    assert find_turn(str(reply.pk)) == asked
    assert find_turn(asked.conversation.public_id) == asked
    for nothing in ("999999", "no-such-conversation", ""):
        with pytest.raises(NoSuchTurn):
            find_turn(nothing)


def test_a_turn_that_was_not_searched_for_says_so(talk: Talk) -> None:
    turn = talk.send("👍")
    talk.let_answer()
    turn.refresh_from_db()
    assert explain(turn).trace is None
    assert "không dẫn tới việc tìm kiếm" in _told(turn.pk)


def test_the_command_tells_release_question_scores_and_reply(asked: Turn) -> None:
    told = _told(asked.pk)
    for words in (
        asked.release,
        QUESTION,
        "xác suất",
        "Cái giá dự tính",
        "cùng kết quả",
        "Đã trả lời",
        *(f"{feature}=" for feature in FEATURES),
    ):
        assert words in told


def test_the_command_names_a_turn_that_is_not_there() -> None:
    result = CliRunner().invoke(main, ["kb", "explain", "999999"])
    assert result.exit_code == 2
    assert "999999" in result.stderr


def _told(turn: int) -> str:
    result = CliRunner().invoke(main, ["kb", "explain", str(turn)])
    assert result.exit_code == 0, result.output
    return result.output
