"""A correction drops what was wrong and keeps what still holds; going back finds what was spoken of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import moves
from bot.correction_words import correction
from bot.decided import Decided, Situation
from bot.policy import next_move
from bot.state import State
from bot.understanding import Understanding
from conversations.messages import MessageKind
from knowledge_base.content import PartName
from knowledge_base.decision import Answerable, Decision, NotFound
from knowledge_base.library import Hit
from knowledge_base.siblings import variants_of
from knowledge_base.variations import told
from nlu.intents import Intent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MARRIAGE, ABROAD, BIRTH, STAY, CARD, CARD_AGAIN = "1.000894", "2.000806", "1.001193", "1.004194", "1", "2"
TITLES = {
    MARRIAGE: "Thủ tục đăng ký kết hôn",
    ABROAD: "Thủ tục đăng ký kết hôn có yếu tố nước ngoài",
    BIRTH: "Thủ tục đăng ký khai sinh",
    STAY: "Đăng ký tạm trú",
    CARD: "Cấp giấy phép lái xe",
    CARD_AGAIN: "Cấp lại giấy phép lái xe",
}
NOTHING = NotFound(nearest=(), probability=0.9)


def found(code: str) -> Decision:
    hit = Hit(code=code, title=TITLES[code], score=1, share=1, features={})
    return Answerable(hit=hit, probability=0.95)


def decide(text: str, state: State, decision: Decision = NOTHING, **values: object) -> Decided:
    seen = Understanding(
        kind=MessageKind.TEXT,
        text=text,
        intent=Intent(name="ask_procedure", confidence=0.9),
        decision=decision,
        correction=correction(text),
        variants=variants_of(state.procedure, TITLES),
    )
    seen = replace(seen, facts=told(seen.words))
    seen = replace(seen, **values)  # type: ignore[arg-type]
    return next_move(Situation(in_queue=False, state=state, seen=seen, at=NOON, titles=TITLES))


def answered(code: str, part: PartName | None = None, *before: str) -> State:
    state = State()
    for earlier in before:
        state = state.speaking_of(earlier)
    return replace(state.speaking_of(code), part=part)


@pytest.mark.parametrize(
    "text",
    [
        "à không, chồng cháu là người nước ngoài cơ",
        "nhầm, chồng em là người Hàn Quốc",
        "chồng em người Hàn Quốc",
    ],
)
def test_another_side_of_a_fact_leads_to_the_variant_and_the_part_stays(text: str) -> None:
    decided = decide(text, answered(MARRIAGE, PartName.DOCUMENTS))
    assert decided.move == moves.Answer(code=ABROAD, part=PartName.DOCUMENTS)
    assert decided.state.facts == {"foreign": "yes"}


def test_the_act_meant_is_put_right() -> None:
    decided = decide("ý em là cấp lại chứ không phải cấp mới", answered(CARD, PartName.FEE))
    assert decided.move == moves.Answer(code=CARD_AGAIN, part=PartName.FEE)


def test_another_matter_is_answered_with_the_part_asked_before_and_facts_are_forgotten() -> None:
    state = answered(MARRIAGE, PartName.FEE).told({"foreign": "yes"}, (MARRIAGE,))
    decided = decide("không phải, ý tôi là tạm trú", state, found(STAY))
    assert decided.move == moves.Answer(code=STAY, part=PartName.FEE, probability=0.95)
    assert decided.state.facts == {}


def test_another_part_is_given_of_the_same_procedure() -> None:
    decided = decide("không phải, ý tôi hỏi giấy tờ", answered(BIRTH, PartName.FEE), part=PartName.DOCUMENTS)
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.DOCUMENTS)


def test_another_ward_answers_where_once_more() -> None:
    state = replace(answered(BIRTH, PartName.WHERE), ward="00001")
    decided = decide("nhầm, ở phường Láng", state, ward="00199", ward_name="Phường Láng")
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.WHERE)
    assert decided.state.ward == "00199"


def test_a_correction_to_nothing_known_asks_what_it_is_for() -> None:
    decided = decide("không phải, ý tôi là cái kia cơ", answered(BIRTH))
    assert decided.move == moves.AskAgain(nearest=(), denied=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("quay lại cái khai sinh lúc nãy", BIRTH),
        ("quay lai cai ket hon luc nay di", MARRIAGE),
        ("việc khai sinh ban nãy phí bao nhiêu", BIRTH),
    ],
)
def test_a_matter_spoken_of_is_gone_back_to_by_its_name(text: str, code: str) -> None:
    decided = decide(text, answered(STAY, None, BIRTH, MARRIAGE), part=None)
    assert isinstance(decided.move, moves.Answer)
    assert decided.move.code == code


def test_without_a_name_the_one_before_is_meant_and_among_several_it_is_asked() -> None:
    assert decide("quay lại việc lúc nãy", answered(STAY, None, BIRTH)).move == moves.Answer(code=BIRTH)
    several = decide("quay lại việc lúc nãy", answered(STAY, None, BIRTH, MARRIAGE))
    assert several.move == moves.Clarify(codes=(MARRIAGE, BIRTH))


@pytest.mark.parametrize("text", ["lúc này nộp được không", "tôi muốn quay lại trường học"])
def test_words_of_now_and_of_other_returns_go_nowhere_back(text: str) -> None:
    assert decide(text, answered(STAY, None, BIRTH)).move != moves.Answer(code=BIRTH)
