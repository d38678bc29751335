"""Typed instead of tapped: what a message chooses among the buttons of the last reply."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import choices, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.policy import next_move
from bot.state import State
from bot.understanding import Understanding
from conversations.messages import Choice, MessageKind
from knowledge_base.content import PartName
from knowledge_base.decision import NotFound
from nlu.intents import Intent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NONE = Choice(label="Không phải các mục này", payload=choices.NONE)
LIST = (
    Choice(label="1. Đăng ký kết hôn", payload=choices.procedure("a")),
    Choice(label="2. Như mục 1, có yếu tố nước ngoài", payload=f"{choices.procedure('b')}:fee"),
    NONE,
)
ANSWER = (
    Choice(label="Lệ phí", payload=choices.part("a", "fee")),
    Choice(label="Đăng ký lại khai sinh", payload=choices.procedure("c")),
    Choice(label="Không đúng ý tôi", payload=choices.NONE),
)
RATING = tuple(Choice(label=f"{n} – mức {n}", payload=f"rate:HT-1:{n}") for n in (5, 4, 3, 2, 1))
OPEN = State(offered=("a", "b"))


def decide(text: str, shown: tuple[Choice, ...], state: State | None = None) -> Decided:
    seen = Understanding(
        kind=MessageKind.TEXT,
        text=text,
        intent=Intent(name="ask_procedure", confidence=0.9),
        decision=NotFound(nearest=(), probability=0.9),
    )
    return next_move(
        Situation(
            in_queue=False,
            state=state or State(),
            seen=seen,
            at=NOON,
            choices=shown,
            asks=shown is not ANSWER,
        )
    )


@pytest.mark.parametrize("text", ["2", "cái thứ hai", "số 2 nhé", "cái có yếu tố nước ngoài", "nuoc ngoai"])
def test_a_procedure_is_chosen_by_number_place_or_words_with_the_part_it_was_offered_for(text: str) -> None:
    assert decide(text, LIST, OPEN).move == moves.Answer(code="b", part=PartName.FEE)


def test_beside_an_answer_only_a_whole_label_chooses() -> None:
    assert decide("lệ phí", ANSWER).move == moves.Answer(code="a", part=PartName.FEE)
    assert not isinstance(decide("khai sinh", ANSWER).move, moves.Answer)


@pytest.mark.parametrize("text", ["5", "5 sao", "cho 5 điểm"])
def test_a_typed_score_rates_by_what_it_says_not_by_its_place(text: str) -> None:
    assert decide(text, RATING).move == moves.Rate(number="HT-1", score=5)


def test_a_former_ward_s_parts_are_chosen_by_name() -> None:
    wards = tuple(Choice(label=name, payload=choices.ward(name[-1])) for name in ("Phường A", "Phường B"))
    decided = decide("phường b", wards, State(procedure="a", ward_asked=True))
    assert (decided.move, decided.state.ward) == (moves.Answer(code="a", part=PartName.WHERE), "B")


def test_none_of_them_asks_what_it_is_for() -> None:
    assert decide("không phải mấy cái đó", LIST, OPEN).move == moves.AskAgain(nearest=(), denied=True)


def test_denied_once_more_other_ways_are_offered() -> None:
    denied = decide("không phải mấy cái đó", LIST, OPEN)
    again = decide("không phải", (), denied.state)
    assert again.move == moves.OfferHelp(nearest=(), failures=2)


def test_the_last_one_is_the_last_procedure_not_the_way_out() -> None:
    assert decide("cái cuối", LIST, OPEN).move == moves.Answer(code="b", part=PartName.FEE)


def test_a_number_out_of_range_shows_the_list_again_and_without_a_list_says_so() -> None:
    assert decide("9", LIST, OPEN).move == moves.Clarify(codes=("a", "b"))
    assert decide("9", ()).move == moves.Say(phrase=Phrase.EMPTY)
