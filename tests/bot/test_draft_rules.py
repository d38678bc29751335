"""A report survives a pause, a cancellation and another report; nothing is lost silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import choices, form_filling, moves, report_form
from bot.decided import Decided, Situation
from bot.drafts import PAUSE, Draft
from bot.moves import Phrase, Signposted
from bot.policy import next_move
from bot.report_form import ReportForm, Said, Step
from bot.state import State, from_json, to_json
from bot.understanding import Understanding
from conversations.messages import Choice, MessageKind
from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from knowledge_base.library import Hit
from nlu.guards import GuardKind
from nlu.intents import Intent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER, NEXT_WEEK = NOON + timedelta(hours=2), NOON + timedelta(days=7)
BIRTH = "1.001193"
HIT = Hit(code=BIRTH, title="Đăng ký khai sinh", score=1, share=1, features={})
CLEAR = Answerable(hit=HIT, probability=0.95)
NOTHING = NotFound(nearest=(), probability=0.9)
OFFERED = (
    Choice(label="Tiếp tục", payload=choices.report("resume", "yes")),
    Choice(label="Bỏ", payload=choices.report("drop", "yes")),
)


def form(step: Step = Step.PLACE) -> ReportForm:
    begun = form_filling.start(Said(text="rác đầu ngõ", categories=("rac_thai_ve_sinh",)))
    if step is Step.PLACE:
        return begun
    return form_filling.decline_photo(form_filling.fill(begun, Said(text="ngõ 5 phố Huế")))


def decide(
    text: str,
    state: State,
    *,
    at: datetime = LATER,
    before: datetime = NOON,
    decision: Decision = NOTHING,
    shown: tuple[Choice, ...] = (),
    **values: object,
) -> Decided:
    seen = Understanding(
        kind=MessageKind.TEXT,
        text=text,
        intent=Intent(name="ask_procedure", confidence=0.9),
        decision=decision,
    )
    seen = replace(seen, **values)  # type: ignore[arg-type]
    decided = next_move(
        Situation(in_queue=False, state=state, seen=seen, at=at, heard_before=before, choices=shown)
    )
    assert from_json(to_json(decided.state)) == decided.state
    return decided


def laid_aside(since: datetime = NOON, **values: object) -> State:
    return State(draft=Draft(form=form(), since=since, **values))  # type: ignore[arg-type]


def test_after_a_pause_what_was_said_is_answered_and_the_report_is_offered() -> None:
    decided = decide("khai sinh cần gì", State(form=form()), decision=CLEAR)
    assert isinstance(decided.move, moves.Answer)
    draft = Draft(form=form(), since=NOON)
    assert decided.also == (moves.OfferDraft(draft=draft),)
    assert (decided.state.form, decided.state.draft) == (None, draft)


def test_a_greeting_on_return_is_met_with_the_question_about_the_report() -> None:
    greeting = Intent(name="greet", confidence=0.9)
    decided = decide("chào em", State(form=form()), intent=greeting)
    assert (type(decided.move), decided.also) == (moves.OfferDraft, ())


def test_the_question_about_the_report_waits_where_another_one_is_asked() -> None:
    hits = (HIT, replace(HIT, code="b"))
    asked = decide("khai sinh", State(form=form()), decision=Ambiguous(hits=hits, probability=0.9))
    assert (type(asked.move), asked.also) == (moves.Clarify, ())
    answered = decide("khai sinh", asked.state, before=LATER, decision=CLEAR)
    assert [type(move) for move in answered.also] == [moves.OfferDraft]


def test_words_that_say_nothing_else_get_the_question_about_the_report_alone() -> None:
    decided = decide("alo ad ơi cái kia", State(form=form()))
    assert isinstance(decided.move, moves.OfferDraft)
    assert (decided.also, decided.state.failures) == ((), 0)


def test_what_the_form_waited_for_goes_straight_into_it() -> None:
    decided = decide("ngõ 5 phố Huế", State(form=form()), place="ngõ 5 phố Huế")
    assert decided.state.form is not None
    assert decided.state.form.place == "ngõ 5 phố Huế"


def test_a_short_pause_lays_nothing_aside() -> None:
    decided = decide("ngã tư", State(form=form()), at=NOON + PAUSE - timedelta(seconds=1))
    assert isinstance(decided.move, moves.FillReport)


def test_agreeing_after_a_pause_shows_the_review_again_and_sends_nothing_unseen() -> None:
    decided = decide("gửi đi", State(form=form(Step.REVIEW)))
    assert isinstance(decided.move, moves.OfferDraft)
    goes_on = decide("gửi đi", decided.state, at=LATER, before=LATER, shown=OFFERED)
    assert goes_on.move == moves.FillReport(form=form(Step.REVIEW))


@pytest.mark.parametrize("words", ["tiếp tục", "làm tiếp đi ạ", "tiep tuc nhe", "có", "1"])
def test_the_report_goes_on_where_it_was(words: str) -> None:
    decided = decide(words, laid_aside(), at=LATER, before=LATER, shown=OFFERED)
    assert decided.move == moves.FillReport(form=form())
    assert decided.state.draft is None


@pytest.mark.parametrize("words", ["bỏ", "thôi bỏ đi", "không", "2"])
def test_the_report_is_dropped_with_a_notice_and_had_back_with_the_next_message(words: str) -> None:
    dropped = decide(words, laid_aside(), at=LATER, before=LATER, shown=OFFERED)
    assert dropped.move == moves.Say(phrase=Phrase.REPORT_CANCELLED)
    assert (dropped.state.draft, dropped.state.cancelled) == (None, form())
    back = decide("khôi phục", dropped.state, at=LATER, before=LATER)
    assert back.move == moves.FillReport(form=form())
    gone = decide("khai sinh", dropped.state, at=LATER, before=LATER, decision=CLEAR)
    assert gone.state.cancelled is None


def test_a_cancelled_form_can_be_had_back_too() -> None:
    cancelled = decide("thôi bỏ đi", State(form=form(Step.REVIEW)), at=NOON)
    back = decide("đừng bỏ", cancelled.state, at=NOON)
    assert back.move == moves.FillReport(form=form(Step.REVIEW))


def test_an_old_report_is_offered_once_more_and_then_dropped_with_a_notice() -> None:
    offered = decide("khai sinh", laid_aside(), at=NEXT_WEEK, decision=CLEAR)
    assert [type(move) for move in offered.also] == [moves.OfferDraft]
    assert offered.also[0].last  # type: ignore[union-attr]
    dropped = decide("còn phí?", offered.state, at=NEXT_WEEK, before=NEXT_WEEK, decision=CLEAR)
    assert dropped.also == (moves.TellDropped(form=form()),)
    assert (dropped.state.draft, dropped.state.cancelled) == (None, form())


def test_a_report_laid_aside_is_offered_on_every_return_within_its_days() -> None:
    state = laid_aside()
    for hours in (2, 5, 9):
        at = NOON + timedelta(hours=hours)
        decided = decide("khai sinh", state, at=at, before=at - PAUSE, decision=CLEAR)
        assert [type(move) for move in decided.also] == [moves.OfferDraft]
        state = decided.state


def test_danger_is_answered_alone_and_the_report_stays_in_hand() -> None:
    decided = decide("cháy nhà", State(form=form()), guard=GuardKind.EMERGENCY)
    assert (decided.move, decided.also) == (moves.Signpost(kind=Signposted.EMERGENCY), ())
    assert decided.state.form == form()


def test_a_new_report_beside_one_laid_aside_is_asked_about_and_the_old_one_is_offered_when_it_is_done() -> (
    None
):
    asked = decide("nút", laid_aside(), before=LATER, tapped=choices.parse("report"))
    assert asked.move == moves.OfferDraft(draft=Draft(form=form(), since=NOON), anew=True)
    begun = decide("nút", asked.state, before=LATER, tapped=choices.parse("report:new:yes"))
    assert begun.state.form is not None
    assert begun.state.draft is not None
    done = replace(begun.state, form=form(Step.REVIEW))
    filed = decide("gửi", done, before=LATER)
    assert isinstance(filed.move, moves.FileReport)
    assert [type(move) for move in filed.also] == [moves.OfferDraft]


def test_whoever_only_sends_stickers_is_asked_three_times_and_the_report_is_kept() -> None:
    state = State(form=form(Step.REVIEW))
    for _ in range(report_form.ASKED_AT_MOST - 1):
        state = decide("", state, at=NOON, kind=MessageKind.STICKER).state
        assert state.form is not None
    decided = decide("", state, at=NOON, kind=MessageKind.STICKER)
    assert decided.move == moves.Say(phrase=Phrase.DRAFT_LAID_ASIDE)
    assert decided.state.draft is not None


def test_an_open_question_is_stale_after_a_pause_and_a_number_shows_the_list_again() -> None:
    listed = (
        Choice(label="A", payload=choices.procedure("a")),
        Choice(label="B", payload=choices.procedure("b")),
    )
    seen = Understanding(kind=MessageKind.TEXT, text="2", decision=NOTHING)
    state = State(offered=("a", "b"), fact_asked=("foreign", "yes", "no"), ward_asked=True, failures=1)
    decided = next_move(
        Situation(
            in_queue=False, state=state, seen=seen, at=LATER, heard_before=NOON, choices=listed, asks=True
        )
    )
    assert decided.move == moves.Clarify(codes=("a", "b"))
    assert (decided.state.fact_asked, decided.state.ward_asked, decided.state.failures) == ((), False, 0)
