"""Written dialogues: how they read, how they are played, and what counts as passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.dialogues.errors import DialogueProblem
from bot.dialogues.figures import Played, dialogue_figures, message_figures
from bot.dialogues.files import Message, read_dialogues, read_messages
from bot.dialogues.play import PlayedChannel, Player, play
from bot.dialogues.script import Line, dialogue_of, line_of
from bot.responder import Responder
from casework.models import Report
from conversations.messages import MessageKind
from conversations.models import Turn
from knowledge_base.content import PartName
from office.places import load_places

FORM = [
    {"user": "đống rác to ở số 5 phố Huế bốc mùi", "expect": ["report_form"], "form": {"step": "photo"}},
    {"user": "[2 ảnh]", "expect": "report_form", "form": {"media": 2, "place": "phố Huế"}},
    {"user": "[nút Gửi]", "expect": "report_filed", "form": None, "filed": {"media": 2, "text": "đống rác"}},
]


@pytest.fixture
def responder(responder: Responder) -> Responder:
    return replace(responder, channels={PlayedChannel.name: PlayedChannel()})


def dialogue(*turns: Any) -> Any:
    return dialogue_of({"title": "thử", "turns": list(turns)}, id="d1")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("phường ở đâu", Line(text="phường ở đâu")),
        ("[ảnh]", Line(kind=MessageKind.PHOTO)),
        ("[3 ảnh] đống rác", Line(kind=MessageKind.PHOTO, count=3, text="đống rác")),
        ("[vị trí 21.03,105.85]", Line(kind=MessageKind.POSITION, at=(21.03, 105.85))),
        ("[nút Gặp cán bộ]", Line(kind=MessageKind.CHOICE, text="Gặp cán bộ")),
        ("[thoại]", Line(kind=MessageKind.VOICE)),
        ("[sau 2 giờ]", Line(pause=timedelta(hours=2))),
        ("[hôm sau]", Line(pause=timedelta(days=1))),
        ("[cán bộ nhận]", Line(official="nhận")),
        ("[cán bộ trả lời: mai chị ra nhé]", Line(official="trả lời", text="mai chị ra nhé")),
        ("[chưa rõ]", Line(text="[chưa rõ]")),
    ],
)
def test_a_line_is_read_as_people_write_it(written: str, line: Line) -> None:
    assert line_of(written) == line


def test_a_shared_expectation_takes_other_actions_and_names_parts_in_its_own_words() -> None:
    expect = {"action": "answer", "or": ["clarify"], "code": "1.001193", "facet": "duration", "note": "…"}
    expected = dialogue({"user": "bao lâu", "expect": expect}).scenes[0].expected
    assert (expected.actions, expected.codes, expected.part) == (
        ("answer", "clarify"),
        ("1.001193",),
        PartName.TIME,
    )


@pytest.mark.parametrize(
    "turn",
    [
        {"user": "chào", "expect": "dance"},
        {"user": "chào", "expect": "answer", "part": "price"},
        {"user": "chào", "expects": "answer"},
        {"expect": "answer"},
        {"user": "[vị trí đây]"},
    ],
)
def test_a_slip_of_the_pen_is_told_and_not_passed_over(turn: dict[str, str]) -> None:
    with pytest.raises(DialogueProblem, match="d1"):
        dialogue(turn)


def test_a_folder_holds_shared_and_readable_dialogues_and_messages(tmp_path: Path) -> None:
    (tmp_path / "dialogues").mkdir()
    (tmp_path / "dialogues.jsonl").write_text('{"id": "A", "title": "a", "turns": [{"user": "chào"}]}\n')
    (tmp_path / "dialogues" / "form.yaml").write_text(
        "title: b\nturns: [chào]\n---\ntitle: c\nturns: [chào]\n"
    )
    (tmp_path / "adversarial.jsonl").write_text('{"id": "x1", "text": "cháy", "class": "emergency"}\n')
    assert [one.id for one in read_dialogues(tmp_path)] == ["A", "form-01", "form-02"]
    assert read_messages(tmp_path) == (Message(id="x1", text="cháy", group="emergency"),)


def test_a_report_is_filed_by_photos_and_a_button(responder: Responder) -> None:
    load_places()
    heard = play(dialogue(*FORM), responder)
    assert dialogue_figures([Played(dialogue=dialogue(*FORM), heard=heard)])["failed"] == []
    assert Report.objects.get().photos.count() == 2


@pytest.mark.parametrize(
    ("number", "change", "complaint"),
    [
        (0, {"expect": "answer"}, "report_form instead of answer"),
        (0, {"form": {"step": "review"}}, "form.step is not 'review'"),
        (0, {"form": None}, "a form is in hand"),
        (1, {"says": ["hoa hồng"]}, "does not say 'hoa hồng'"),
        (1, {"never": ["xem lại"]}, "says 'xem lại'"),
        (2, {"filed": {"place": "!phố Huế"}}, "report.place is not '!phố Huế'"),
        (2, {"filed": {"media": 1}}, "report.media is not 1"),
    ],
)
def test_what_goes_otherwise_is_told(
    responder: Responder, number: int, change: dict[str, Any], complaint: str
) -> None:
    load_places()
    turns = [{**turn, **(change if at == number else {})} for at, turn in enumerate(FORM)]
    failed = dialogue_figures([Played(dialogue=dialogue(*turns), heard=play(dialogue(*turns), responder))])
    assert failed["passed_share"] == 0
    assert (failed["failed"][0]["turn"], failed["failed"][0]["got"]) == (number + 1, complaint)


def test_after_a_pause_everything_has_grown_older(responder: Responder) -> None:
    player = Player(responder=responder)
    said = player.play(Line(text="xin chào")).turn
    assert said
    player.play(line_of("[sau 3 ngày]"))
    assert said.created_at - Turn.objects.get(pk=said.pk).created_at == timedelta(days=3)


def test_an_official_who_has_the_conversation_answers_instead(responder: Responder) -> None:
    load_places()
    talk = dialogue(
        {"user": "cho tôi gặp cán bộ", "expect": "handoff"},
        "[cán bộ nhận]",
        "còn giấy tờ gì nữa không",
        "[cán bộ trả lời: đủ rồi ạ]",
        "[cán bộ xong]",
        {"user": "xin chào", "expect": "smalltalk"},
    )
    figures = dialogue_figures([Played(dialogue=talk, heard=play(talk, responder))])
    assert figures["failed"] == []


def test_messages_are_counted_by_their_class(responder: Responder) -> None:
    load_places()
    messages = [
        Message(id="e1", text="nhà tôi đang cháy, cứu với", group="emergency"),
        Message(id="e2", text="xin chào", group="emergency"),
        Message(id="c1", text="tôi tố cáo ông A nhận hối lộ", group="accusation"),
    ]
    heard = [(one, Player(responder=responder).play(Line(text=one.text))) for one in messages]
    figures = message_figures(heard)
    assert (figures["emergency"]["n"], figures["emergency"]["missed"]) == (2, 1)
    assert figures["emergency"]["ids"] == ["e2"]
    assert figures["accusation"]["taken_up"] == 0
