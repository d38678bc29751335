"""Cleaning, folding and cutting text, on anything a keyboard or a program can send."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlu.text import clean, fold, has_diacritics, syllables

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@given(ANYTHING)
@example("\ud800 a\x00b\u200bc")
@example("x" * 10_000)
def test_cleaned_text_can_be_stored_sent_and_cleaned_again(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in cleaned.replace("\n", ""))
    assert cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)
    assert clean(cleaned) == cleaned


@given(ANYTHING)
def test_folding_forgets_how_the_text_was_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert not has_diacritics(fold(text))


@given(ANYTHING)
def test_syllables_are_found_again_in_their_own_line(text: str) -> None:
    assert syllables(" ".join(syllables(text))) == syllables(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Đăng\tký \u00a0 kết hôn  ", "Đăng ký kết hôn"),
        (unicodedata.normalize("NFD", "Uỷ ban phường"), "Uỷ ban phường"),
        ("dòng một\r\n\r\n\r\n\r\ndòng hai", "dòng một\n\ndòng hai"),
        ("kết\u200b hôn\ufeff\x00", "kết hôn"),
        ("", ""),
        ("\x00\u200d", ""),
    ],
)
def test_cleaning_keeps_what_was_meant(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_folding_takes_every_vietnamese_mark_and_the_barred_d() -> None:
    assert fold("Đường NGUYỄN Trãi, phường Thịnh Quang – số 5Đ") == (
        "duong nguyen trai, phuong thinh quang – so 5d"
    )


@pytest.mark.parametrize("text", ["đang", "Ở", unicodedata.normalize("NFD", "cấp"), "ĐK"])
def test_a_marked_text_is_seen_as_marked(text: str) -> None:
    assert has_diacritics(text)


@pytest.mark.parametrize("text", ["", "dang ky", "123", "❤️", "naïve"])
def test_a_text_without_vietnamese_marks_is_seen_as_such(text: str) -> None:
    assert not has_diacritics(text)


def test_syllables_are_lower_case_and_without_punctuation() -> None:
    assert syllables("Phí: 20.000đ/lần, ĐƯỢC không?") == ["phí", "20", "000đ", "lần", "được", "không"]
