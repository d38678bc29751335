"""A sure search outvotes a half-sure intent, by Bayes' rule; some intents it never outvotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound
from knowledge_base.library import Hit
from knowledge_base.weighing import QUESTION, UNTOUCHED, left_for, question_chance, weighed
from nlu.intents import INTENTS, Intent

HIT = Hit(code="1.001193", title="Đăng ký khai sinh", score=1.0, share=1.0, features={})


def ranked(name: str, confidence: float, asked: float) -> tuple[Intent, ...]:
    return (Intent(name=name, confidence=confidence), Intent(name=QUESTION, confidence=asked))


def sure(probability: float) -> Decision:
    return Answerable(hit=HIT, probability=probability)


def test_a_half_sure_intent_gives_way_to_a_sure_search() -> None:
    assert weighed(ranked("report_problem", 0.55, 0.38), sure(0.97)).name == QUESTION


def test_a_list_found_for_sure_has_the_same_vote() -> None:
    assert (
        weighed(ranked("out_of_scope", 0.6, 0.3), Ambiguous(hits=(HIT,), probability=0.97)).name == QUESTION
    )


@pytest.mark.parametrize(
    ("name", "confidence", "asked", "found"),
    [
        ("report_problem", 0.88, 0.07, 0.93),  # a pavement taken over, and the permit to use one
        ("report_problem", 0.68, 0.13, 0.8),
        ("dossier_status", 0.95, 0.04, 0.96),  # how far is my driving licence, and how to get one
    ],
)
def test_a_sure_intent_or_a_half_sure_search_changes_nothing(
    name: str, confidence: float, asked: float, found: float
) -> None:
    assert weighed(ranked(name, confidence, asked), sure(found)).name == name


@pytest.mark.parametrize("decision", [None, NotFound(nearest=(HIT,), probability=0.9)])
def test_a_search_that_found_nothing_has_no_vote(decision: Decision | None) -> None:
    assert weighed(ranked("greet", 0.4, 0.39), decision).name == "greet"


@pytest.mark.parametrize("name", sorted(UNTOUCHED))
def test_danger_accusations_and_a_wish_for_a_person_are_never_outvoted(name: str) -> None:
    assert weighed(ranked(name, 0.5, 0.49), sure(1.0)).name == name


@given(
    name=st.sampled_from(INTENTS),
    confidence=st.floats(0, 1),
    asked=st.floats(0, 1),
    found=st.floats(0, 1),
)
def test_any_votes_give_an_intent_with_a_probability(
    name: str, confidence: float, asked: float, found: float
) -> None:
    intent = weighed(ranked(name, confidence, asked), sure(found))
    assert intent.name in {name, QUESTION}
    assert 0 <= intent.confidence <= 1


def test_even_odds_of_the_search_leave_the_chance_as_it_was() -> None:
    assert question_chance(0.3, 0.5) == pytest.approx(0.3)


@given(asked=st.floats(0, 0.5), danger=st.floats(0, 0.5), found=st.floats(0.5, 1))
def test_what_is_left_for_danger_shrinks_as_the_chance_of_a_question_grows(
    asked: float, danger: float, found: float
) -> None:
    ranking = ranked("emergency", danger, asked)
    left = left_for("emergency", ranking, sure(found))
    assert 0 <= left <= danger + 1e-9
    assert left_for("emergency", ranking, NotFound(nearest=(), probability=found)) == danger


def test_a_sure_search_for_no_question_at_all_takes_no_danger_away() -> None:
    assert left_for("emergency", ranked("emergency", 0.6, 0.0), sure(0.97)) == 0.6
