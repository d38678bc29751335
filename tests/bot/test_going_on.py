"""What goes on from what was said: once more, shortened, pointed at, changed, or about a report told."""

from __future__ import annotations

from dataclasses import replace
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
from knowledge_base.decision import Ambiguous, NotFound
from knowledge_base.library import Hit
from knowledge_base.variations import told
from nlu.asked_part import asked_part
from nlu.intents import Intent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BIRTH, ABROAD, RESIDENCE = "1.001193", "2.000528", "1.004194"
BIRTHS = {BIRTH: "Thủ tục đăng ký khai sinh", ABROAD: "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"}
SPOKEN_OF = State(procedure=BIRTH, part=PartName.DOCUMENTS, recent=(BIRTH,))
NOTHING = NotFound(nearest=(), probability=0.9)


def heard(text: str, intent: str = "ask_procedure", confidence: float = 0.4) -> Understanding:
    part = asked_part(text)
    return Understanding(
        kind=MessageKind.TEXT,
        text=text,
        intent=Intent(name=intent, confidence=confidence),
        part=PartName(part) if part else None,
        decision=NOTHING,
        facts=told(text),
        variants=BIRTHS,
    )


def decide(seen: Understanding, state: State = SPOKEN_OF, shown: tuple[Choice, ...] = ()) -> Decided:
    asks = bool(shown)
    return next_move(
        Situation(in_queue=False, state=state, seen=seen, at=NOON, choices=shown, asks=asks, titles=BIRTHS)
    )


def hit(code: str, share: float) -> Hit:
    return Hit(code=code, title=BIRTHS.get(code, "Đăng ký tạm trú"), score=share, share=share, features={})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("mat bao lau z", PartName.TIME),
        ("phí bn v", PartName.FEE),
        ("vậy nộp ở đâu hả b", PartName.WHERE),
        ("cái đó làm online được không", PartName.HOW),
        ("làm ở phường hay lên thành phố", PartName.WHERE),
        ("nhắc lại giấy tờ", PartName.DOCUMENTS),
        ("cho xem lại phí", PartName.FEE),
        ("gửi lại cái danh sách", PartName.DOCUMENTS),
    ],
)
def test_a_part_is_asked_of_what_was_spoken_of_however_it_is_typed(text: str, part: PartName) -> None:
    assert decide(heard(text)).move == moves.Answer(code=BIRTH, part=part)


def test_said_again_is_the_part_just_said() -> None:
    state = replace(SPOKEN_OF, part=PartName.FEE)
    assert decide(heard("nhắc lại giúp em với"), state).move == moves.Answer(code=BIRTH, part=PartName.FEE)


def test_a_list_of_choices_is_sent_again() -> None:
    state = State(offered=(BIRTH, ABROAD), offered_part=PartName.FEE)
    again = decide(heard("gửi lại danh sách"), state).move
    assert again == moves.Clarify(codes=(BIRTH, ABROAD), part=PartName.FEE)


def test_of_a_paper_only_pointed_at_its_name_is_asked() -> None:
    assert decide(heard("giấy đó xin ở đâu")).move == moves.Say(phrase=Phrase.WHICH_PAPER)


def test_a_changed_case_offers_what_was_spoken_of_first() -> None:
    assert decide(heard("nếu mất thì sao")).move == moves.Clarify(codes=(BIRTH,))
    likely = Ambiguous(hits=(hit(ABROAD, 0.6), hit(BIRTH, 0.3)), probability=0.9)
    asked = decide(replace(heard("nếu nộp muộn thì sao"), decision=likely)).move
    assert asked == moves.Clarify(codes=(BIRTH, ABROAD))


def test_a_changed_fact_leads_to_the_variant_with_the_part_kept() -> None:
    asked = decide(heard("thế bố cháu là người Lào thì sao"))
    assert asked.move == moves.Answer(code=ABROAD, part=PartName.DOCUMENTS)


def test_another_matter_is_not_offered_behind_the_one_spoken_of() -> None:
    other = Ambiguous(hits=(hit(RESIDENCE, 0.6), hit("1.2", 0.3)), probability=0.9)
    asked = decide(replace(heard("thế còn tạm trú"), decision=other)).move
    assert isinstance(asked, moves.Clarify)
    assert asked.codes[0] == RESIDENCE


def test_what_says_all_that_was_told_is_among_the_choices() -> None:
    found = Ambiguous(hits=tuple(hit(code, 0.2) for code in ("1.1", "1.2", "1.3", "1.4")), probability=0.9)
    seen = replace(heard("đính chính, mẹ là người Lào"), decision=found, as_told="2.000748", variants={})
    asked = decide(seen, State()).move
    assert asked == moves.Clarify(codes=("1.1", "1.2", "1.3", "2.000748"))


LIST = (
    Choice(label="1. Cấp thẻ căn cước", payload=f"{choices.procedure('a')}:fee"),
    Choice(label="2. Cấp lại thẻ căn cước", payload=f"{choices.procedure('b')}:fee"),
    Choice(label="3. Cấp đổi thẻ căn cước", payload=f"{choices.procedure('c')}:fee"),
    Choice(label="Không phải các mục này", payload=choices.NONE),
)


def test_words_that_could_as_well_ask_choose_the_label_that_alone_has_them() -> None:
    offered = State(offered=("a", "b", "c"), offered_part=PartName.FEE)
    assert decide(heard("cấp lại"), offered, LIST).move == moves.Answer(code="b", part=PartName.FEE)
    assert not isinstance(decide(heard("cấp"), offered, LIST).move, moves.Answer)


@pytest.mark.parametrize("text", ["vẫn không đúng", "vẫn chưa đúng ý em", "lại sai rồi", "vẫn sai"])
def test_still_not_right_is_the_second_failure(text: str) -> None:
    wrong = decide(heard("Không đúng ý tôi"), SPOKEN_OF, (LIST[-1],))
    assert isinstance(wrong.move, moves.AskAgain)
    assert isinstance(decide(heard(text, "about_bot", 0.9), wrong.state).move, moves.OfferHelp)


@pytest.mark.parametrize(
    "text",
    [
        "sao lâu thế",
        "ai đang xử lý",
        "bao giờ xong",
        "chưa thấy ai tới",
        "ba hôm rồi vẫn chưa sửa",
        "xong chưa z",
        "trễ hẹn năm ngày rồi mà, phòng nào chịu trách nhiệm",
        "cơ quan nào đang giữ",
    ],
)
@pytest.mark.parametrize("intent", ["report_problem", "dossier_status", "ask_procedure"])
def test_after_the_state_of_a_report_who_waits_asks_about_it(text: str, intent: str) -> None:
    state = State(report="PA-2026-000123", asks_report=True)
    move = decide(heard(text, intent, 0.9), state).move
    assert move == moves.LookUp(code="PA-2026-000123", secret="", again=True)


def test_a_problem_with_a_place_of_its_own_is_another_report() -> None:
    state = State(report="PA-2026-000123", asks_report=True)
    other = replace(heard("rác chưa ai dọn ở ngõ 12 phố Huế", "report_problem", 0.95), place="ngõ 12 phố Huế")
    assert isinstance(decide(other, state).move, moves.FillReport)


def test_a_fee_is_not_asked_of_a_report() -> None:
    state = replace(SPOKEN_OF, asks_report=True)
    assert decide(heard("lệ phí ai nộp"), state).move == moves.Answer(code=BIRTH, part=PartName.FEE)
