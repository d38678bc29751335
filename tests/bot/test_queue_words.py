"""What asks for a person, what brings somebody back to the assistant, and what is kept for the official."""

from __future__ import annotations

import pytest

from bot.queue_words import asks_for_person, leaves


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


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ của tôi nộp ba tuần chưa thấy gì, cho tôi gặp cán bộ",
        "Tôi cần gặp cán bộ gấp, mai con nhập học rồi.",
        "mai con nhap hoc roi cho em gap can bo voi",
        "nộp 3 tuần r k ai trả lời, cho e gặp cb ngay đi",
        "Máy nói mãi không hiểu. Làm ơn cho tôi nói chuyện với người thật!",
    ],
)
def test_whoever_asks_for_a_person_within_a_longer_message_does(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "bảo vệ không cho tôi gặp cán bộ",
        "hôm qua ra phường muốn gặp cán bộ thì bảo đi họp",
        "không cần gặp cán bộ, chỉ cho tôi biết cần giấy gì",
        "muốn gặp cán bộ tư pháp thì đến phòng nào",
        "xin gặp cán bộ thì gặp được rồi",
        "cho tôi gặp chủ quán bún",
    ],
)
def test_whoever_tells_or_asks_about_officials_does_not_ask_for_one(text: str) -> None:
    assert not asks_for_person(text)
