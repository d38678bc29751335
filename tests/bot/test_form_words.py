"""Short replies to a report in the making: what sends, what drops, what only adds."""

from __future__ import annotations

import pytest

from bot import form_words


@pytest.mark.parametrize(
    "words",
    ["ok gửi", "Vâng ạ, gửi đi giúp em", "dung roi con gui di", "được, gửi", "số nhà 29 nhé, gửi đi", "ừ"],
)
def test_it_is_sent_when_the_citizen_says_so(words: str) -> None:
    assert form_words.agrees_to_send(words)


@pytest.mark.parametrize(
    "words",
    [
        *("đã gọi ba lần rồi", "đừng", "dừng lại", "chưa gửi vội", "khoan đã", "được chưa", "không"),
        *(
            "chỗ gửi xe của chung cư",
            "đúng là ở ngõ 5 cơ mà",
            "xe gửi ngay đầu ngõ",
            "sai rồi, gửi ở ngõ 7 cơ",
        ),
        *("da gui don roi ma chua ai xuong", "dung gui", "", "…"),
    ],
)
def test_nothing_is_sent_that_was_not_agreed_to(words: str) -> None:
    assert not form_words.agrees_to_send(words)


@pytest.mark.parametrize("words", ["huỷ", "hủy bỏ", "huy", "thôi bỏ đi, tôi không gửi nữa", "đừng gửi"])
def test_it_is_dropped_when_the_citizen_says_so(words: str) -> None:
    assert form_words.cancels(words)


@pytest.mark.parametrize(
    "words",
    [
        "người ta vứt đồ bỏ đi ra vỉa hè",
        "xe đâm phá huỷ lan can",
        "ngõ Huy Văn",
        "nhà bỏ hoang",
        "bỏ rác",
        "",
    ],
)
def test_words_that_tell_the_problem_drop_nothing(words: str) -> None:
    assert not form_words.cancels(words)


@pytest.mark.parametrize("words", ["không", "ko có ảnh ạ", "chưa có ảnh đâu", "thôi khỏi", "bỏ qua"])
def test_no_photo_is_a_way_on(words: str) -> None:
    assert form_words.declines_photo(words)


@pytest.mark.parametrize("words", ["không thấy ai dọn", "không có đèn cả phố", "tôi đang chụp"])
def test_a_sentence_that_begins_with_no_is_not_lost(words: str) -> None:
    assert not form_words.declines_photo(words)


@pytest.mark.parametrize("words", ["khoan", "đừng", "chưa gửi vội", "dung lai"])
def test_waiting_adds_nothing(words: str) -> None:
    assert form_words.puts_off(words)


def test_what_is_added_while_agreeing_is_not_a_bare_yes() -> None:
    assert not form_words.only_agrees("số nhà 29/70/15 nhé, gửi đi")
    assert form_words.only_agrees("đúng rồi, gửi đi")
