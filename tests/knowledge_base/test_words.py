from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.words import WordIndex

BIRTH = ["dang", "ky", "khai", "sinh"]
MARRIAGE = ["dang", "ky", "ket", "hon"]
INDEX = WordIndex.build([BIRTH, MARRIAGE, ["cap", "the", "can", "cuoc"]])


def test_the_text_with_the_rarer_words_wins() -> None:
    assert INDEX.scores(["lam", "khai", "sinh", "cho", "con"]).argmax() == 0


def test_word_order_counts() -> None:
    index = WordIndex.build([["khai", "sinh", "lai"], ["sinh", "lai", "khai"]])
    straight, turned = index.scores(["khai", "sinh", "lai"])
    assert straight > turned


def test_unknown_words_make_a_question_less_covered() -> None:
    alone = INDEX.scores(BIRTH)[0]
    assert 0 < INDEX.scores([*BIRTH, "xyz", "abc"])[0] < alone


def test_nothing_asked_or_nothing_held_scores_nothing() -> None:
    assert not INDEX.scores([]).any()
    assert WordIndex.build([]).scores(BIRTH).shape == (0,)


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "words.npz")
    again = WordIndex.load(tmp_path / "words.npz")
    assert np.array_equal(again.scores(BIRTH), INDEX.scores(BIRTH))


@given(st.lists(st.text(max_size=8), max_size=30))
def test_any_words_give_finite_scores(words: list[str]) -> None:
    scores = INDEX.scores(words)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
