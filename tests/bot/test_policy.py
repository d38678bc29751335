"""The policy: what is decided for each kind of message, without any model or database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choices, form_filling, moves
from bot.moves import Phrase, Signposted
from bot.policy import RULES, Decided, Situation, next_move
from bot.report_form import ReportForm, Said, Step
from bot.state import State, from_json, to_json
from bot.understanding import Understanding, WardChoice
from conversations.messages import Choice, MediaReference, MessageKind, Position
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from nlu.guards import GuardKind
from nlu.intents import Intent

BIRTH, MARRIAGE = "1.001193", "1.000894"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def hit(code: str) -> Any:
    return SimpleNamespace(code=code, title=code, share=0.3)


def clear(code: str = BIRTH) -> Answerable:
    return Answerable(hit=hit(code), probability=0.97)


UNKNOWN = NotFound(nearest=(hit(BIRTH),), probability=0.1)


def heard(
    text: str = "", *, intent: str = "ask_procedure", decision: Decision | None = UNKNOWN, **values: Any
) -> Understanding:
    values = {"kind": MessageKind.TEXT, "intent": Intent(name=intent, confidence=0.9), **values}
    return Understanding(text=text, decision=decision, **values)


def tap(payload: str) -> Understanding:
    return Understanding(kind=MessageKind.CHOICE, text="nút", tapped=choices.parse(payload))


def decide(seen: Understanding, state: State | None = None, *, in_queue: bool = False) -> Decided:
    return next_move(Situation(in_queue=in_queue, state=state or State(), seen=seen, at=NOON))


def review() -> State:
    form = form_filling.start(Said(text="rác", categories=("rac_thai_ve_sinh",), place="ngõ 1"))
    return State(form=form_filling.decline_photo(form))


def test_a_clear_question_is_answered_with_the_asked_part() -> None:
    decided = decide(heard("khai sinh cần giấy tờ gì", decision=clear(), part=PartName.DOCUMENTS))
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.DOCUMENTS, probability=0.97)
    assert decided.state.procedure == BIRTH


def test_a_procedure_named_by_its_code_is_answered_whatever_was_found() -> None:
    seen = heard(f"{MARRIAGE} phí bao nhiêu", procedure=MARRIAGE, part=PartName.FEE)
    assert decide(seen, State(procedure=BIRTH)).move == moves.Answer(code=MARRIAGE, part=PartName.FEE)


@pytest.mark.parametrize("text", ["thông tư 85 quy định gì", "luật này có vô lý không, bạn nghĩ sao"])
def test_a_question_about_what_a_rule_says_begins_no_report(text: str) -> None:
    assert not isinstance(decide(heard(text, intent="report_regulation")).move, moves.FillReport)


def test_a_question_by_part_alone_is_about_the_procedure_spoken_of() -> None:
    state = State(procedure=BIRTH)
    decided = decide(heard("còn lệ phí thì sao?", decision=clear(MARRIAGE), part=PartName.FEE), state)
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.FEE)


def test_a_part_of_another_procedure_named_in_full_switches_the_topic() -> None:
    state = State(procedure=BIRTH)
    seen = heard("đăng ký kết hôn cần giấy tờ gì", decision=clear(MARRIAGE), part=PartName.DOCUMENTS)
    assert decide(seen, state).move.code == MARRIAGE  # type: ignore[union-attr]


def test_a_short_question_about_another_matter_is_never_answered_with_the_one_spoken_of() -> None:
    siblings = Ambiguous(hits=(hit(MARRIAGE), hit(BIRTH)), probability=0.9)
    seen = heard("kết hôn ở đâu", decision=siblings, part=PartName.WHERE)
    assert decide(seen, State(procedure=BIRTH)).move == moves.Clarify(
        codes=(MARRIAGE, BIRTH), part=PartName.WHERE
    )


def test_among_close_siblings_the_one_spoken_of_is_meant_when_it_comes_first() -> None:
    siblings = Ambiguous(hits=(hit(BIRTH), hit("1.004884")), probability=0.9)
    seen = heard("khai sinh mất bao lâu", decision=siblings, part=PartName.TIME)
    assert decide(seen, State(procedure=BIRTH)).move == moves.Answer(code=BIRTH, part=PartName.TIME)


def test_a_short_question_that_names_something_not_held_asks_once_then_says_so() -> None:
    elsewhere = NotFound(nearest=(hit(MARRIAGE), hit(BIRTH)), probability=0.9)
    seen = heard("bằng lái xe bao nhiêu tiền", part=PartName.FEE, decision=elsewhere)
    asked = decide(seen, State(procedure=BIRTH))
    assert asked.move == moves.Clarify(codes=(BIRTH,), part=PartName.FEE)
    refused = decide(tap(choices.NONE), asked.state)
    assert refused.move == moves.AskAgain(nearest=(), denied=True)
    assert isinstance(decide(seen, refused.state).move, moves.OfferHelp)


def test_a_part_asked_in_words_that_lead_nowhere_else_is_of_the_procedure_spoken_of() -> None:
    near = NotFound(nearest=(hit(BIRTH), hit(MARRIAGE)), probability=0.9)
    seen = heard("bao lâu họ phải giải quyết", part=PartName.TIME, decision=near)
    assert decide(seen, State(procedure=BIRTH)).move == moves.Answer(code=BIRTH, part=PartName.TIME)


def test_words_that_lean_on_the_procedure_spoken_of_lead_on_to_the_one_that_both_name() -> None:
    near = NotFound(nearest=(hit("x"), hit(MARRIAGE)), probability=0.9)
    beside = Answerable(hit=hit(MARRIAGE), probability=0.8)
    seen = heard("thế sau này cưới thì sao", decision=near, moved=beside)
    move = decide(seen, State(procedure=BIRTH)).move
    assert move == moves.Answer(code=MARRIAGE, probability=0.8)
    alone = NotFound(nearest=(hit("x"),), probability=0.9)
    far = heard("thế sau này cưới thì sao", decision=alone, moved=beside)
    assert decide(far, State(procedure=BIRTH)).move == moves.Clarify(codes=(BIRTH,))


def test_a_part_asked_for_before_one_was_chosen_asks_again_which_one() -> None:
    asked = decide(
        heard("kết hôn cần gì", decision=Ambiguous(hits=(hit(MARRIAGE), hit("b")), probability=0.9)),
        State(procedure=BIRTH),
    )
    decided = decide(heard("nộp ở đâu vậy", part=PartName.WHERE), asked.state)
    assert decided.move == moves.Clarify(codes=(MARRIAGE, "b"), part=PartName.WHERE)


def test_a_part_asked_of_the_one_procedure_in_question_is_its_part() -> None:
    decided = decide(heard("mất bao lâu", part=PartName.TIME), State(offered=(BIRTH,), procedure=BIRTH))
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.TIME)


def test_thanks_with_a_clear_question_are_a_question() -> None:
    seen = heard(
        "cảm ơn, khai sinh mất bao lâu", intent="goodbye_thanks", decision=clear(), part=PartName.TIME
    )
    assert isinstance(decide(seen).move, moves.Answer)


def test_close_siblings_are_asked_about() -> None:
    decided = decide(heard("giấy xác nhận", decision=Ambiguous(hits=(hit("a"), hit("b")), probability=0.8)))
    assert decided.move == moves.Clarify(codes=("a", "b"))


def test_the_second_failure_in_a_row_offers_other_ways_and_queues_nobody() -> None:
    first = decide(heard("abc xyz"))
    assert isinstance(first.move, moves.AskAgain)
    second = decide(heard("xyz abc"), first.state)
    assert second.move == moves.OfferHelp(nearest=(BIRTH,), failures=2)
    wanted = decide(tap(choices.STAFF), second.state)
    assert wanted.move == moves.HandOff(reason="not_understood", summary="")


def test_what_is_out_of_scope_is_told_once_and_then_other_ways_are_offered() -> None:
    first = decide(heard("zxcv qwer", intent="out_of_scope"))
    assert first.move == moves.Say(phrase=Phrase.OUT_OF_SCOPE)
    assert decide(heard("qwer", intent="out_of_scope"), first.state).move == moves.OfferHelp(
        nearest=(), failures=2
    )


def test_titles_stand_as_examples_only_where_they_may_be_meant() -> None:
    likely = NotFound(nearest=(hit(BIRTH), hit(MARRIAGE)), probability=0.7)
    assert decide(heard("giấy cho bé", decision=likely)).move.alike == (BIRTH, MARRIAGE)  # type: ignore[union-attr]
    unlikely = NotFound(nearest=(hit(BIRTH),), probability=0.97)
    assert decide(heard("zzz qqq", decision=unlikely)).move.alike == ()  # type: ignore[union-attr]


def test_an_answer_in_between_forgives_a_failure() -> None:
    first = decide(heard("abc xyz"))
    answered = decide(heard("khai sinh", decision=clear()), first.state)
    assert isinstance(decide(heard("abc"), answered.state).move, moves.AskAgain)


@pytest.mark.parametrize(
    ("guard", "signpost"),
    [
        (GuardKind.EMERGENCY, Signposted.EMERGENCY),
        (GuardKind.ACCUSATION, Signposted.ACCUSATION),
        (GuardKind.STATE_SECRET, Signposted.STATE_SECRET),
    ],
)
def test_guards_come_first_even_inside_a_form_and_in_the_queue(
    guard: GuardKind, signpost: Signposted
) -> None:
    seen = heard("cháy nhà", guard=guard, decision=None)
    for in_queue in (False, True):
        decided = decide(seen, review(), in_queue=in_queue)
        assert decided.move == moves.Signpost(kind=signpost)
        assert decided.state.form is not None


def test_a_number_that_chooses_nothing_is_not_searched_for() -> None:
    assert decide(heard("2", decision=clear())).move == moves.Say(phrase=Phrase.EMPTY)
    offered = State(offered=("a", "b"), offered_part=PartName.FEE)
    asked = decide(heard("9", decision=clear()), offered).move
    assert asked == moves.Clarify(codes=("a", "b"), part=PartName.FEE)


def test_a_person_is_reached_at_any_moment() -> None:
    for state in (State(), review()):
        decided = decide(heard("cho tôi gặp người thật", intent="talk_to_staff"), state)
        assert isinstance(decided.move, moves.HandOff)
        draft = decided.state.draft
        assert (draft.form if draft else None) == state.form


def test_a_person_is_reached_by_a_plea_within_a_message_about_something_else() -> None:
    plea = heard("hồ sơ nộp ba tuần rồi, cho tôi gặp cán bộ", intent="dossier_status", decision=clear())
    assert isinstance(decide(plea).move, moves.HandOff)


def test_a_problem_begins_a_report_with_what_was_sent_before_it() -> None:
    photo = MediaReference(reference="p1")
    state = decide(Understanding(kind=MessageKind.PHOTO, media=(photo,))).state
    position = Position(latitude=21.0, longitude=105.8)
    state = decide(Understanding(kind=MessageKind.POSITION, position=position), state).state
    seen = heard("cây đổ", intent="report_problem", categories=("cay_xanh",))
    form = decide(seen, state).state.form
    assert form is not None
    assert (form.media, form.position, form.step) == ((photo,), position, Step.WARD)


def test_a_question_inside_the_form_is_answered_and_the_form_stays() -> None:
    decided = decide(heard("làm khai sinh ở đâu", decision=clear()), review())
    assert isinstance(decided.move, moves.Answer)
    assert decided.state.form == review().form


@pytest.mark.parametrize("words", ["gửi đi", "ok gửi", "dung roi con gui di", "được, gửi", "vâng"])
def test_agreeing_at_the_review_files_the_report(words: str) -> None:
    decided = decide(heard(words, intent="goodbye_thanks"), review())
    assert isinstance(decided.move, moves.FileReport)
    assert decided.state.form is None


@pytest.mark.parametrize("words", ["thôi bỏ đi, tôi không gửi nữa", "huy", "đừng gửi"])
def test_cancelling_files_nothing(words: str) -> None:
    decided = decide(heard(words, intent="goodbye_thanks"), review())
    assert decided.move == moves.Say(phrase=Phrase.REPORT_CANCELLED)
    assert decided.state.form is None


def test_a_report_that_was_a_question_is_dropped_with_a_notice_and_answered() -> None:
    decided = decide(heard("em không phản ánh, em hỏi khai sinh", decision=clear()), review())
    assert isinstance(decided.move, moves.Answer)
    assert decided.also == (moves.TellDropped(form=review().form),)  # type: ignore[arg-type]
    assert (decided.state.form, decided.state.cancelled) == (None, review().form)


def test_a_send_button_of_an_unfinished_form_sends_nothing() -> None:
    unfinished = State(form=form_filling.start(Said(text="rác", categories=("rac_thai_ve_sinh",))))
    decided = decide(tap(choices.report("send", "yes")), unfinished)
    assert not isinstance(decided.move, moves.FileReport)


def test_a_report_code_asks_for_its_state_with_the_secret_if_given() -> None:
    seen = heard("PA-2026-000123 đến đâu rồi", report_code="PA-2026-000123", report_secret="")
    assert decide(seen).move == moves.LookUp(code="PA-2026-000123", secret="")


def test_in_the_queue_words_are_kept_for_the_person_but_a_clear_question_is_answered() -> None:
    assert isinstance(decide(heard("nhanh giúp tôi"), in_queue=True).move, moves.Forward)
    assert isinstance(decide(heard("khai sinh", decision=clear()), in_queue=True).move, moves.Answer)
    for back in (tap(choices.BACK), heard("thôi không chờ nữa")):
        assert isinstance(decide(back, in_queue=True).move, moves.LeaveQueue)


def test_thanks_keep_what_was_spoken_of() -> None:
    state = State(procedure=BIRTH)
    decided = decide(heard("cảm ơn", intent="goodbye_thanks"), state)
    assert decided == Decided(move=moves.Say(phrase=Phrase.THANKS), state=state)


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_kind_of_message_without_words_gets_an_answer(kind: MessageKind) -> None:
    assert decide(Understanding(kind=kind)).move is not None


payloads = st.builds(
    ":".join,
    st.lists(
        st.sampled_from(
            [*choices.VERBS, BIRTH, "fee", "send", "yes", "edit", "photo", "none", "9", "category"]
        ),
        min_size=1,
        max_size=4,
    ),
)
understandings = st.builds(
    heard,
    st.text(max_size=30),
    intent=st.sampled_from(["greet", "report_problem", "talk_to_staff", "report_status", "ask_procedure"]),
    decision=st.sampled_from([UNKNOWN, clear(), Ambiguous(hits=(hit("a"),), probability=0.7), None]),
    kind=st.sampled_from(list(MessageKind)),
    tapped=st.none() | payloads.map(choices.parse),
    part=st.none() | st.sampled_from(list(PartName)),
    report_code=st.sampled_from(["", "PA-2026-000123"]),
    categories=st.sampled_from([("khac",), ("tieng_on",)]),
)


shown = st.sampled_from(
    [
        (),
        (
            Choice(label="1. Khai sinh", payload=choices.procedure(BIRTH)),
            Choice(label="Khác", payload="none"),
        ),
        (
            Choice(label="Tiếp tục", payload="report:resume:yes"),
            Choice(label="Bỏ", payload="report:drop:yes"),
        ),
        (Choice(label="5 – Rất hài lòng", payload="rate:HT-1:5"),),
    ]
)
pauses = st.sampled_from([timedelta(), timedelta(minutes=45), timedelta(days=3)])


@given(messages=st.lists(st.tuples(understandings, pauses, shown), max_size=10), in_queue=st.booleans())
def test_no_sequence_of_messages_ends_without_a_move_or_a_readable_state(
    messages: list[tuple[Understanding, timedelta, tuple[Choice, ...]]], in_queue: bool
) -> None:
    state, at = State(), NOON
    for seen, pause, offered in messages:
        before, at = at, at + pause
        now = Situation(
            in_queue=in_queue, state=state, seen=seen, at=at, heard_before=before, choices=offered, asks=True
        )
        decided = next_move(now)
        assert decided.move is not None
        assert from_json(to_json(decided.state)) == decided.state
        assert _texts(state.form, state.laid_aside) <= _kept(decided) or _ends_a_text(state, decided)
        state = decided.state


def _texts(*forms: ReportForm | None) -> set[str]:
    """How the reports begin: what is added later stands below."""
    return {form.text.split("\n")[0] for form in forms if form and form.text}


def _kept(decided: Decided) -> set[str]:
    state = decided.state
    return _texts(state.form, state.laid_aside, state.cancelled)


def _ends_a_text(state: State, decided: Decided) -> bool:
    """It was sent, or is told anew."""
    told_anew = state.form is not None and state.form.editing is Step.TEXT
    return isinstance(decided.move, moves.FileReport) or told_anew


def test_the_rules_are_named_for_what_they_answer() -> None:
    assert all(rule.__doc__ for rule in RULES)


LANG = {"ward": "00199", "ward_name": "Phường Láng"}


def asked_where(**values: Any) -> State:
    return State(procedure=BIRTH, ward_asked=True, **values)


def test_where_is_answered_for_the_ward_named_in_the_question_and_it_is_remembered() -> None:
    seen = heard(
        "nộp khai sinh ở đâu, tôi ở phường Láng", decision=clear(), part=PartName.WHERE, ward="00199"
    )
    decided = decide(seen)
    assert (decided.move.code, decided.state.ward, decided.state.ward_asked) == (BIRTH, "00199", True)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["phường Láng", "mình ở p. láng ạ", "Láng, quận Đống Đa"])
def test_a_ward_alone_after_where_answers_it_again_for_that_ward(text: str) -> None:
    seen = heard(
        text, intent="report_problem", decision=clear(MARRIAGE), ward="00199", ward_name="Phường Láng"
    )
    decided = decide(seen, asked_where())
    assert decided.move == moves.Answer(code=BIRTH, part=PartName.WHERE)
    assert decided.state.ward == "00199"


def test_a_report_that_names_a_ward_after_where_stays_a_report() -> None:
    seen = heard(
        "rác chất đống ở đầu ngõ 5 phường Láng",
        intent="report_problem",
        ward="00199",
        ward_name="Phường Láng",
    )
    decided = decide(seen, asked_where())
    assert isinstance(decided.move, moves.FillReport)
    assert decided.state.ward == ""


def test_a_former_ward_that_went_to_several_is_asked_about_and_a_button_answers() -> None:
    parts = (WardChoice(code="1", name="Phường Định Công"), WardChoice(code="2", name="Phường Thanh Liệt"))
    seen = heard("phường Đại Kim", former_ward="Phường Đại Kim", ward_choices=parts)
    decided = decide(seen, asked_where())
    assert decided.move == moves.AskWard(
        former="Phường Đại Kim", codes=("1", "2"), names=("Phường Định Công", "Phường Thanh Liệt")
    )
    tapped = decide(tap(choices.ward("2")), decided.state)
    assert tapped.move == moves.Answer(code=BIRTH, part=PartName.WHERE)
    assert tapped.state.ward == "2"


def test_another_answer_ends_the_wait_for_a_ward_and_keeps_the_one_that_was_named() -> None:
    decided = decide(heard("lệ phí?", decision=clear(), part=PartName.FEE), asked_where(ward="00199"))
    assert (decided.state.ward_asked, decided.state.ward) == (False, "00199")
