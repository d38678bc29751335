"""The deciding fact: asked once, answered by a button or in words, remembered for its matter only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import choices, moves
from bot.decided import Decided, Situation
from bot.policy import next_move
from bot.state import State, from_json, to_json
from bot.understanding import Understanding
from conversations.messages import MessageKind
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from knowledge_base.library import Hit
from knowledge_base.life_events import EventNamed
from knowledge_base.variations import told
from nlu.intents import Intent

MARRIAGE, ABROAD, BIRTH = "1.000894", "2.000806", "1.001193"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TITLES = {
    MARRIAGE: "Thủ tục đăng ký kết hôn",
    ABROAD: "Thủ tục đăng ký kết hôn có yếu tố nước ngoài",
    BIRTH: "Thủ tục đăng ký khai sinh",
}


def hit(code: str, share: float = 0.45) -> Hit:
    return Hit(code=code, title=TITLES[code], score=share, share=share, features={})


SIBLINGS = Ambiguous(hits=(hit(MARRIAGE), hit(ABROAD), hit(BIRTH, 0.05)), probability=0.9)


def heard(text: str, decision: Decision | None = SIBLINGS, **values: object) -> Understanding:
    intent = Intent(name="ask_procedure", confidence=0.9)
    seen = Understanding(kind=MessageKind.TEXT, text=text, intent=intent, decision=decision, facts=told(text))
    return replace(seen, **values)  # type: ignore[arg-type]


def tap(payload: str) -> Understanding:
    return Understanding(kind=MessageKind.CHOICE, text="nút", tapped=choices.parse(payload))


def decide(seen: Understanding, state: State | None = None) -> Decided:
    found = next_move(Situation(in_queue=False, state=state or State(), seen=seen, at=NOON))
    assert from_json(to_json(found.state)) == found.state
    return found


def asked() -> Decided:
    return decide(heard("kết hôn cần giấy tờ gì", part=PartName.DOCUMENTS))


def test_variants_that_differ_by_one_fact_are_asked_about_that_fact() -> None:
    assert asked().move == moves.AskFact(
        fact="foreign", sides=("yes", "no"), codes=(ABROAD, MARRIAGE), part=PartName.DOCUMENTS
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Có", ABROAD),
        ("dạ có ạ", ABROAD),
        ("không", MARRIAGE),
        ("ko", MARRIAGE),
        ("chồng em là người Nhật", ABROAD),
        ("cả hai đều là người Việt Nam", MARRIAGE),
    ],
)
def test_the_answer_in_words_leads_straight_to_the_part_asked_for(text: str, code: str) -> None:
    decided = decide(heard(text, None), asked().state)
    assert decided.move == moves.Answer(code=code, part=PartName.DOCUMENTS)
    assert decided.state.procedure == code


def test_the_button_leads_to_the_variant_even_when_nothing_was_asked_lately() -> None:
    payload = choices.fact("foreign", "yes", ABROAD, "documents")
    assert decide(tap(payload)).move == moves.Answer(code=ABROAD, part=PartName.DOCUMENTS)


@pytest.mark.parametrize("answer", [heard("không rõ", None), tap("fact:foreign:unclear")])
def test_who_cannot_tell_sees_the_list_the_plain_one_first_and_is_not_asked_again(
    answer: Understanding,
) -> None:
    decided = decide(answer, asked().state)
    assert decided.move == moves.Clarify(codes=(MARRIAGE, ABROAD, BIRTH), part=PartName.DOCUMENTS)
    assert isinstance(decide(heard("kết hôn ở đâu"), decided.state).move, moves.Clarify)


def test_a_fact_told_in_the_message_is_not_asked() -> None:
    assert decide(heard("kết hôn với người Hàn Quốc")).move == moves.Answer(code=ABROAD)


def test_a_fact_told_earlier_is_not_asked_again_for_the_same_matter() -> None:
    state = decide(heard("có", None), asked().state).state
    decided = decide(heard("đăng ký kết hôn lệ phí thế nào", part=PartName.FEE), replace(state, procedure=""))
    assert decided.move == moves.Answer(code=ABROAD, part=PartName.FEE)


BIRTHS = {
    BIRTH: "Thủ tục đăng ký khai sinh",
    "2.000528": "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
    "2.000522": "Thủ tục đăng ký lại khai sinh có yếu tố nước ngoài",
    "1.003583": "Thủ tục đăng ký khai sinh lưu động",
}
ANSWERED = State(procedure=BIRTH, part=PartName.DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("à không, bố cháu là người nước ngoài", "2.000528", PartName.DOCUMENTS),
        ("a khong bo chau la nguoi nuoc ngoai", "2.000528", PartName.DOCUMENTS),
        ("quên, bố bé quốc tịch Hàn", "2.000528", PartName.DOCUMENTS),
        ("ck e là ng Nhật ạ", "2.000528", PartName.DOCUMENTS),
        ("mẹ cháu là Việt kiều thì sao", "2.000528", PartName.DOCUMENTS),
        ("hai vợ chồng em đều là người Việt", BIRTH, PartName.DOCUMENTS),
    ],
)
def test_a_fact_told_later_leads_to_the_same_part_of_the_other_variant(
    text: str, code: str, part: PartName
) -> None:
    found = decide(heard(text, NotFound(nearest=(), probability=0.9), variants=BIRTHS), ANSWERED)
    assert found.move == moves.Answer(code=code, part=part)


@pytest.mark.parametrize("text", ["bố cháu là người Hàn Quốc", "dạ mẹ bé người Lào ạ", "ck e là ng Nhật"])
def test_who_only_tells_a_fact_is_in_no_danger_whatever_the_classifier_takes_it_for(text: str) -> None:
    danger = Intent(name="emergency", confidence=0.97)
    seen = heard(text, None, variants=BIRTHS, intent=danger, danger=danger.confidence)
    assert decide(seen, ANSWERED).move == moves.Answer(code="2.000528", part=PartName.DOCUMENTS)


def test_who_tells_more_than_a_fact_may_be_in_danger() -> None:
    danger = Intent(name="emergency", confidence=0.9)
    seen = heard("chồng em người Hàn đang dí dao vào em", None, intent=danger, danger=danger.confidence)
    assert isinstance(decide(seen, ANSWERED).move, moves.Signpost)


def test_a_part_asked_with_the_fact_is_the_one_answered() -> None:
    seen = heard("bố người Hàn thì lệ phí bao nhiêu", None, variants=BIRTHS, part=PartName.FEE)
    assert decide(seen, ANSWERED).move == moves.Answer(code="2.000528", part=PartName.FEE)


def test_a_fact_told_earlier_holds_for_the_matter_still_spoken_of() -> None:
    told_so = decide(heard("bố cháu là người Hàn", None, variants=BIRTHS), ANSWERED).state
    again = heard("đăng ký khai sinh nộp ở đâu", Answerable(hit=hit(BIRTH), probability=0.9), variants=BIRTHS)
    assert decide(again, told_so).state.procedure == "2.000528"


def test_a_fact_in_a_question_about_another_matter_changes_nothing() -> None:
    seen = heard("vợ em người Lào, đăng ký kết hôn thế nào", variants=BIRTHS)
    assert decide(seen, ANSWERED).move == moves.Answer(code=ABROAD)


def test_a_fact_that_fits_no_variant_alone_lets_the_citizen_choose() -> None:
    adoption = {
        "2.001263": "Đăng ký việc nuôi con nuôi trong nước",
        "1.003179": "Đăng ký lại việc nuôi con nuôi có yếu tố nước ngoài",
    }
    found = decide(heard("bố nuôi là người Pháp", None, variants=adoption), State(procedure="2.001263"))
    assert found.move == moves.Clarify(codes=("1.003179",))


def test_another_matter_forgets_the_fact() -> None:
    state = decide(heard("có", None), asked().state).state
    elsewhere = decide(heard("làm khai sinh", Answerable(hit=hit(BIRTH), probability=0.9)), state)
    assert elsewhere.state.facts == {}
    assert isinstance(decide(heard("kết hôn cần gì"), elsewhere.state).move, moves.AskFact)


def test_another_question_instead_of_an_answer_is_read_on_its_own() -> None:
    found = Answerable(hit=hit(BIRTH), probability=0.9)
    assert decide(heard("làm khai sinh cho con ở phường", found), asked().state).move == moves.Answer(
        code=BIRTH, probability=0.9
    )


@pytest.mark.parametrize(
    "payload",
    ["fact", "fact:x:yes:1.1", "fact:foreign:perhaps:1.1", "fact:foreign:unclear", "fact:foreign:yes:1:x"],
)
def test_a_payload_that_is_not_ours_is_out_of_date(payload: str) -> None:
    assert decide(tap(payload)).move == moves.Say(phrase=moves.Phrase.BUTTON_OUT_OF_DATE)


NEWBORN = EventNamed(key="birth", codes=(BIRTH, MARRIAGE), is_in_general=True, asks_for_all=True)
SURE = Answerable(hit=hit(BIRTH), probability=0.95)


def test_a_message_about_an_event_in_general_lists_what_it_needs() -> None:
    listed = decide(heard("mới sinh con phải làm gì", SURE, event=NEWBORN))
    assert listed.move == moves.ListNeeds(event="birth", codes=(BIRTH, MARRIAGE))
    assert listed.state.offered == (BIRTH, MARRIAGE)


def test_a_short_question_after_such_a_list_means_the_one_that_was_on_it() -> None:
    listed = decide(heard("mới sinh con phải làm gì", SURE, event=replace(NEWBORN, codes=(BIRTH, ABROAD))))
    answered = decide(tap(choices.procedure(BIRTH)), listed.state)
    assert decide(heard("thế kết hôn"), answered.state).move == moves.Answer(code=ABROAD)


def test_a_sure_procedure_is_answered_with_what_else_its_event_needs() -> None:
    event = replace(NEWBORN, is_in_general=False)
    decided = decide(heard("mới sinh con, làm khai sinh cần gì", SURE, event=event))
    assert decided.move == moves.Answer(code=BIRTH, probability=0.95, event="birth")


def test_whoever_lives_through_something_and_asks_what_to_do_gets_the_overview_not_the_steps() -> None:
    event = replace(NEWBORN, is_in_general=False)
    decided = decide(heard("mới sinh con, khai sinh phải làm gì", SURE, event=event, part=PartName.STEPS))
    assert decided.move == moves.Answer(code=BIRTH, probability=0.95, event="birth")


def test_an_event_of_which_the_release_holds_one_need_is_left_to_the_search() -> None:
    decided = decide(heard("mới sinh con phải làm gì", SURE, event=replace(NEWBORN, codes=(BIRTH,))))
    assert isinstance(decided.move, moves.Answer)
