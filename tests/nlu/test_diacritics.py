"""Marks restored from what the texts teach, and only where none was typed."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.diacritics import Restorer
from nlu.text import fold
from nlu.training_data import NLU_YML, read

TEXTS = [
    "Đăng ký kết hôn cần giấy tờ gì?",
    "Đăng ký khai sinh cho con ở đâu",
    "Lệ phí cấp lại căn cước là bao nhiêu",
    "Đăng ký kết hôn ở phường",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.learn(TEXTS)


def test_marks_come_back_as_the_texts_have_them(restorer: Restorer) -> None:
    assert restorer.restore("dang ky ket hon o dau") == "đăng ký kết hôn ở đâu"


def test_case_digits_and_punctuation_stay(restorer: Restorer) -> None:
    assert restorer.restore("DANG KY Ket hon, 2 to?\n(1.001193)") == "ĐĂNG KÝ Kết hôn, 2 tờ?\n(1.001193)"


def test_a_text_with_one_mark_is_left_alone(restorer: Restorer) -> None:
    assert restorer.restore("đang ky ket hon") == "đang ky ket hon"


def test_unknown_words_stay(restorer: Restorer) -> None:
    assert restorer.restore("facebook zzz ket hon") == "facebook zzz kết hôn"


def test_a_restorer_that_learned_nothing_changes_nothing() -> None:
    assert Restorer.learn([]).restore("ket hon") == "ket hon"
    assert Restorer.learn(["khong co dau"]).restore("ket hon") == "ket hon"


def test_what_is_saved_restores_the_same(restorer: Restorer, tmp_path: Path) -> None:
    restorer.save(tmp_path / "restorer.npz")
    assert Restorer.load(tmp_path / "restorer.npz") == restorer


@given(st.text(max_size=120))
def test_restoring_changes_marks_and_nothing_else(text: str) -> None:
    restored = Restorer.learn(TEXTS).restore(text)
    assert fold(restored) == fold(text)


def test_a_query_takes_under_two_milliseconds() -> None:
    restorer = Restorer.learn(example.text for example in read(NLU_YML))
    queries = [fold(example.text) for example in read(NLU_YML)][:200]
    restorer.restore(queries[0])
    start = process_time()
    for query in queries:
        restorer.restore(query)
    assert (process_time() - start) / len(queries) < 0.002
