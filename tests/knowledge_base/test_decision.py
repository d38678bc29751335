from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.decision import (
    SIGNS,
    Ambiguous,
    Answerable,
    Calibration,
    Chance,
    Costs,
    NotFound,
    choose,
    decide,
    signs_of,
)
from knowledge_base.library import Hit, SearchResult
from knowledge_base.ranking import FEATURES
from knowledge_base.wording import wording
from nlu.diacritics import Restorer

HITS = tuple(
    Hit(code=f"1.{n}", title=f"Thủ tục {n}", score=1.0 - n, share=0.25, features=dict.fromkeys(FEATURES, 0.5))
    for n in range(4)
)
SIGNS_SEEN = dict.fromkeys(SIGNS, 0.0)


def _calibration(first: float, four: float) -> Calibration:
    """A calibration that gives these log-odds whatever it sees."""
    return Calibration(first=Chance(weights={}, constant=first), four=Chance(weights={}, constant=four))


def test_a_sure_first_hit_is_answered() -> None:
    assert choose(HITS, SIGNS_SEEN, _calibration(4, 5)) == Answerable(
        hit=HITS[0], probability=pytest.approx(0.982, abs=1e-3)
    )


def test_close_siblings_are_asked_about() -> None:
    decision = choose(HITS, SIGNS_SEEN, _calibration(-0.2, 3))
    assert isinstance(decision, Ambiguous)
    assert decision.hits == HITS


def test_what_is_not_held_is_refused_with_the_nearest_for_the_editors() -> None:
    decision = choose(HITS, SIGNS_SEEN, _calibration(-4, -3))
    assert isinstance(decision, NotFound)
    assert decision.nearest == HITS


def test_one_candidate_alone_is_never_a_choice() -> None:
    decision = choose(HITS[:1], SIGNS_SEEN, _calibration(0, 0.5))
    assert not isinstance(decision, Ambiguous)


def test_dearer_wrong_answers_make_it_ask_more() -> None:
    calibration = _calibration(1.5, 2)
    assert isinstance(choose(HITS, SIGNS_SEEN, calibration), Answerable)
    careful = replace(calibration, costs=Costs(wrong_answer=20.0))
    assert isinstance(choose(HITS, SIGNS_SEEN, careful), Ambiguous)


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_every_outcome_carries_a_probability(first: float, four: float) -> None:
    decision = choose(HITS, SIGNS_SEEN, _calibration(first, four))
    assert 0 <= decision.probability <= 1


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=40))
def test_signs_are_finite_for_any_scores(scores: list[float]) -> None:
    ordered = sorted(scores, reverse=True)
    signs = signs_of(ordered, dict.fromkeys(FEATURES, 0.1), words=3)
    assert set(signs) == set(SIGNS)
    assert all(abs(value) < 1e5 for value in signs.values())
    assert signs["lead"] <= 1e-9


def _found(asked: str, *, first: float) -> SearchResult:
    """A search that is sure of its calibration and shares its belief between two variants."""
    titles = {"1.000894": "Thủ tục đăng ký kết hôn", "1.004746": "Thủ tục đăng ký lại kết hôn"}
    shares = (first, 0.99 - first)
    hits = tuple(
        replace(HITS[0], code=code, title=title, share=share)
        for (code, title), share in zip(titles.items(), shares, strict=True)
    )
    return SearchResult(
        wording=wording(asked, Restorer.learn([])),
        hits=hits,
        rejected=(),
        signs=SIGNS_SEEN,
        calibration=_calibration(4, 5),
        timings={},
        release="",
    )


def test_variants_that_one_untold_fact_tells_apart_are_asked_about() -> None:
    assert isinstance(decide(_found("giấy kết hôn", first=0.6)), Ambiguous)


def test_a_variant_that_holds_most_of_the_belief_is_answered() -> None:
    assert isinstance(decide(_found("giấy kết hôn", first=0.9)), Answerable)


@pytest.mark.parametrize(
    ("asked", "code"), [("làm lại giấy kết hôn bị mất", "1.004746"), ("giấy kết hôn lần đầu", "1.000894")]
)
def test_the_variant_that_the_question_itself_tells_is_answered(asked: str, code: str) -> None:
    decision = decide(_found(asked, first=0.98))
    assert isinstance(decision, Answerable)
    assert decision.hit.code == code
