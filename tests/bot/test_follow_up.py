"""Whether a message is about the procedure already spoken of."""

from __future__ import annotations

import pytest

from bot.follow_up import is_asking, is_short, names_no_matter


@pytest.mark.parametrize(
    "text",
    ["còn lệ phí thì sao?", "thế mất bao nhiêu tiền", "nộp ở đâu vậy ạ", "mấy ngày thì có", "can giay to gi"],
)
def test_questions_of_asking_words_alone_name_no_matter(text: str) -> None:
    assert names_no_matter(text)


@pytest.mark.parametrize(
    "text",
    ["lệ phí kết hôn", "sổ đỏ nộp ở đâu", "đổi tên mất bao lâu", "hộ khẩu cần giấy gì"],
)
def test_a_question_with_a_matter_of_its_own_names_it(text: str) -> None:
    assert not names_no_matter(text)


def test_a_long_message_is_read_on_its_own() -> None:
    assert is_short("thế còn giấy tờ thì sao ạ")
    assert not is_short("thế còn giấy tờ của người được uỷ quyền ở nước ngoài về thì sao ạ")


@pytest.mark.parametrize(
    "text",
    ["ubnd phường làm việc thứ 7 không", "co bi phat ko ạ", "đèn hỏng báo ở đâu vậy em", "sao lại thế?"],
)
def test_a_message_that_ends_as_questions_do_is_asking(text: str) -> None:
    assert is_asking(text)


@pytest.mark.parametrize("text", ["đèn đường hỏng ba hôm nay rồi", "rác không ai dọn", "cây đổ chắn ngõ"])
def test_a_problem_told_is_not_asking(text: str) -> None:
    assert not is_asking(text)
