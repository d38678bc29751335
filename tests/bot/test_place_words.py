"""Places as people give them in the middle of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.place_words import place_phrase


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rác chất đống ở đầu ngõ 5 phố Huế", "đầu ngõ 5 phố Huế"),
        ("Ổ gà to ở số 12 đường Láng, phường Láng. Mong sửa sớm", "số 12 đường Láng, phường Láng"),
        ("đèn tắt trước chung cư Nam Đô, mấy hôm rồi", "chung cư Nam Đô"),
        ("ngách 29/70 cụt điện", "ngách 29/70 cụt điện"),
    ],
)
def test_a_place_with_a_number_or_a_name_is_taken_in_its_own_words(text: str, place: str) -> None:
    assert place_phrase(text) == place


@pytest.mark.parametrize(
    "text", ["đường rất bẩn", "ngõ nhà tôi ngập", "phường không ai nghe máy", "", "phường Ba Đình bẩn quá"]
)
def test_a_street_without_number_or_name_is_no_place(text: str) -> None:
    assert place_phrase(text) == ""


@given(st.text(max_size=400))
def test_whatever_is_said_the_phrase_is_a_short_piece_of_it(text: str) -> None:
    phrase = place_phrase(text)
    assert phrase in text
    assert len(phrase) <= 200
