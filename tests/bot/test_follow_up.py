"""Whether a message is about the procedure already spoken of."""

from __future__ import annotations

import pytest

from bot.follow_up import asks_about_a_rule, is_asking, is_short, names_no_matter


@pytest.mark.parametrize(
    "text",
    [
        "còn lệ phí thì sao?",
        "thế mất bao nhiêu tiền",
        "nộp ở đâu vậy ạ",
        "mấy ngày thì có",
        "can giay to gi",
        "mau to khai dau",
        "cần những giấy gì",
        "bao h có kq ad",
        "bao giờ lấy được",
        "làm online được không",
    ],
)
def test_questions_of_asking_words_alone_name_no_matter(text: str) -> None:
    assert names_no_matter(text)


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí kết hôn",
        "sổ đỏ nộp ở đâu",
        "đổi tên mất bao lâu",
        "hộ khẩu cần giấy gì",
        "khai tử mất bao lâu",
        "mẫu tờ khai thuế",
        "lấy vợ cần giấy gì",
    ],
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


@pytest.mark.parametrize(
    "text",
    ["thông tư 85 quy định gì", "luật đất đai mới có vô lý không, bạn nghĩ sao", "nghị định 118 nói gì vậy?"],
)
def test_a_question_about_what_a_rule_says_or_an_opinion_on_it_is_told_from_a_report(text: str) -> None:
    assert asks_about_a_rule(text)


@pytest.mark.parametrize("text", ["quy định này vô lý quá", "thông tư 85 bắt nộp thừa giấy tờ"])
def test_a_complaint_about_a_rule_does_not_ask_about_it(text: str) -> None:
    assert not asks_about_a_rule(text)
