"""An answer to what was just asked is that, whatever the classifier takes its few words for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import choices, form_filling, moves
from bot.decided import Situation
from bot.guarded import perhaps_in_danger
from bot.moves import Move
from bot.policy import next_move
from bot.report_form import Said
from bot.state import State
from bot.understanding import Understanding
from conversations.messages import Choice, MessageKind
from knowledge_base.content import PartName
from knowledge_base.decision import NotFound
from knowledge_base.life_events import EventNamed
from nlu.guards import GuardKind
from nlu.intents import Intent

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BIRTH, DEATH = "1.001193", "1.000656"
UNKNOWN = NotFound(nearest=(), probability=0.9)
ASKED_WHERE = State(procedure=BIRTH, part=PartName.WHERE, ward_asked=True)
MISTAKEN = [
    {"intent": Intent(name="emergency", confidence=0.95), "danger": 0.95},
    {"intent": Intent(name="complaint_or_denunciation", confidence=0.95)},
    {"intent": Intent(name="report_status", confidence=0.95)},
]


def heard(text: str, **values: object) -> Understanding:
    seen = Understanding(kind=MessageKind.TEXT, text=text, decision=UNKNOWN)
    return replace(seen, **values)  # type: ignore[arg-type]


def situation(seen: Understanding, state: State, *offered: Choice) -> Situation:
    return Situation(in_queue=False, state=state, seen=seen, at=NOON, choices=offered, asks=bool(offered))


def moved(seen: Understanding, state: State, *offered: Choice) -> Move:
    return next_move(situation(seen, state, *offered)).move


@pytest.mark.parametrize("taken_for", MISTAKEN)
@pytest.mark.parametrize("text", ["tôi ở phường Hoàn Kiếm", "phường hoàn kiếm ạ", "dạ em ở Hoàn Kiếm"])
def test_a_ward_that_was_asked_for_is_answered(text: str, taken_for: dict[str, object]) -> None:
    seen = heard(text, ward="00070", ward_name="Phường Hoàn Kiếm", **taken_for)
    assert moved(seen, ASKED_WHERE) == moves.Answer(code=BIRTH, part=PartName.WHERE)


@pytest.mark.parametrize("taken_for", MISTAKEN)
def test_a_choice_said_in_words_is_taken(taken_for: dict[str, object]) -> None:
    offered = Choice(label="Đăng ký khai sinh", payload=choices.procedure(BIRTH))
    found = moved(heard("đăng ký khai sinh", **taken_for), State(offered=(BIRTH,)), offered)
    assert isinstance(found, moves.Answer)
    assert found.code == BIRTH


@pytest.mark.parametrize("taken_for", MISTAKEN)
def test_a_place_that_a_report_waits_for_goes_into_it(taken_for: dict[str, object]) -> None:
    form = form_filling.start(Said(text="rác đổ đầy ngõ", categories=("rac_thai_ve_sinh",), tells=True))
    found = moved(heard("ngõ 30 phố Vọng", place="ngõ 30 phố Vọng", **taken_for), State(form=form))
    assert isinstance(found, moves.FillReport)
    assert found.form.place == "ngõ 30 phố Vọng"


def test_more_than_a_ward_may_be_danger() -> None:
    seen = heard("phường Láng đang có đánh nhau to", ward="1", ward_name="Phường Láng", **MISTAKEN[0])
    assert moved(seen, ASKED_WHERE) == moves.Signpost(kind=moves.Signposted.EMERGENCY)


def test_a_guard_comes_before_the_answer() -> None:
    seen = heard("phường Láng", ward="1", ward_name="Phường Láng", guard=GuardKind.EMERGENCY)
    assert moved(seen, ASKED_WHERE) == moves.Signpost(kind=moves.Signposted.EMERGENCY)


MOURNED = EventNamed(
    key="death", codes=(DEATH, "1.003197"), is_in_general=False, asks_for_all=False, is_mourned=True
)


@pytest.mark.parametrize("intent", ["emergency", "report_problem", "report_status", "ask_procedure"])
def test_a_death_that_is_told_gets_what_there_is_to_do_and_no_alarm(intent: str) -> None:
    taken_for = Intent(name=intent, confidence=0.7)
    seen = heard("ông nội cháu mất rồi, nhà rối quá", event=MOURNED, intent=taken_for, danger=0.7)
    assert moved(seen, State()) == moves.ListNeeds(event="death", codes=MOURNED.codes)
    assert not perhaps_in_danger(situation(seen, State()))


def test_a_death_beside_danger_that_goes_on_is_danger() -> None:
    seen = heard("bố tôi vừa mất, giờ mẹ ngừng thở", event=MOURNED, guard=GuardKind.EMERGENCY)
    assert moved(seen, State()) == moves.Signpost(kind=moves.Signposted.EMERGENCY)


def test_whoever_surely_reports_something_beside_a_death_reports_it() -> None:
    rude = Intent(name="report_service", confidence=0.95)
    seen = heard("mẹ tôi mất rồi mà cán bộ còn quát", event=MOURNED, intent=rude)
    assert isinstance(moved(seen, State()), moves.FillReport)
