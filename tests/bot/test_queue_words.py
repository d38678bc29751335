"""What brings somebody who waits back to the assistant, and what is kept for the official."""

from __future__ import annotations

import pytest

from bot.queue_words import leaves


@pytest.mark.parametrize(
    "text",
    [
        *(
            "quay lại",
            "cho em quay lại trợ lý ảo",
            "thôi không chờ nữa",
            "khong gap nua",
            "huỷ chờ",
            "về bot đi",
        ),
        *("không cần gặp cán bộ nữa ạ", "thôi khỏi chờ"),
        *("thôi không chờ nữa, quay lại trợ lý", "khỏi gặp, cho tôi về bot đi ạ"),
    ],
)
def test_going_back_is_said_in_many_ways(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "quay lại sau",
        "không",
        "cán bộ không gặp tôi",
        "chờ lâu quá",
        "không cần giấy tờ gì à",
        "tôi về quê rồi",
    ],
)
def test_other_words_are_for_the_official(text: str) -> None:
    assert not leaves(text)
