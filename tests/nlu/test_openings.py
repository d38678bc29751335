"""Openings that only announce a question, and captions that show an identity paper."""

from __future__ import annotations

import pytest

from nlu.identity_papers import shows_identity_paper
from nlu.openings import only_opens


@pytest.mark.parametrize(
    "text",
    [
        "cho em hỏi",
        "Ad ơi cho mình hỏi chút ạ",
        "dạ em muốn hỏi tí",
        "cho hoi voi",
        "xin hỏi",
        "em có việc hỏi",
    ],
)
def test_words_that_announce_a_question_say_nothing_alone(text: str) -> None:
    assert only_opens(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "👍",
            "chào ad",
            "cho em hỏi khai sinh",
            "hỏi thủ tục kết hôn",
            "hội nghị",
            "gặp cán bộ",
            "không",
        ),
        *("em hỏi rồi mà không ai trả lời", "cho em gặp cán bộ", "1"),
    ],
)
def test_words_that_say_something_are_no_opening(text: str) -> None:
    assert not only_opens(text)


@pytest.mark.parametrize(
    "caption",
    [
        *(
            "ảnh căn cước của tôi đây",
            "CCCD",
            "cccd mat truoc mat sau",
            "hộ chiếu của con em ạ",
            "bằng lái đây",
        ),
        *("em gửi chứng minh thư", "Thẻ BHYT của mẹ tôi", "đây là giấy tờ tuỳ thân của chồng", "bằng lái"),
    ],
)
def test_a_caption_that_names_a_paper_and_shows_it(caption: str) -> None:
    assert shows_identity_paper(caption)


@pytest.mark.parametrize(
    "caption",
    [
        *("", "rác ở đầu ngõ 5", "tờ rơi quảng cáo làm bằng lái giả dán đầy cột điện"),
        *("quầy cấp căn cước đông quá chờ từ sáng tới trưa chưa tới lượt", "đèn đường hỏng"),
    ],
)
def test_a_caption_of_a_scene_shows_no_paper(caption: str) -> None:
    assert not shows_identity_paper(caption)
