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


@pytest.mark.parametrize(
    "words", ["không", "ko có ảnh ạ", "chưa có ảnh đâu", "thôi khỏi", "bỏ qua", "không có ảnh, gửi luôn"]
)
def test_no_photo_is_a_way_on(words: str) -> None:
    assert form_words.declines_photo(words)


@pytest.mark.parametrize("words", ["không thấy ai dọn", "không có đèn cả phố", "tôi đang chụp"])
def test_a_sentence_that_begins_with_no_is_not_lost(words: str) -> None:
    assert not form_words.declines_photo(words)


@pytest.mark.parametrize("words", ["khoan", "đừng", "chưa gửi vội", "dung lai"])
def test_waiting_adds_nothing(words: str) -> None:
    assert form_words.puts_off(words)


@pytest.mark.parametrize(
    "words", ["tôi muốn phản ánh", "gửi phản ánh", "cho em góp ý ạ", "toi muon gui phan anh", "phản ánh"]
)
def test_a_report_is_announced(words: str) -> None:
    assert form_words.announces(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "phản ánh của tôi đến đâu rồi",
            "tôi muốn phản ánh đèn đường hỏng",
            "gửi phản ánh ở đâu",
            "góp ý về luật",
        ),
        *("phản ánh PA-2026-000123", "không phản ánh nữa", ""),
    ],
)
def test_words_that_say_more_or_something_else_announce_nothing(words: str) -> None:
    assert not form_words.announces(words)


@pytest.mark.parametrize(
    "words",
    [
        "em không phản ánh, em hỏi thủ tục",
        "toi chi hoi thoi ma",
        "không phải phản ánh",
        "em đang hỏi cách xin phép",
    ],
)
def test_a_question_taken_for_a_report_is_said_to_be_one(words: str) -> None:
    assert form_words.asks_instead(words)


@pytest.mark.parametrize(
    "words",
    [
        "tôi phản ánh mà không ai trả lời",
        "hỏi mãi không ai dọn",
        "đã phản ánh ba lần",
        "tôi hỏi bảo vệ họ không biết",
        "thôi không phản ánh nữa",
    ],
)
def test_telling_more_of_the_problem_asks_nothing_instead(words: str) -> None:
    assert not form_words.asks_instead(words)


@pytest.mark.parametrize(
    ("words", "sent"), [("gửi luôn", True), ("gửi đi nhé", True), ("ok", False), ("gửi ảnh sau", False)]
)
def test_sending_is_said_outright(words: str, sent: bool) -> None:
    assert form_words.sends(words) is sent


def test_what_is_added_while_agreeing_is_not_a_bare_yes() -> None:
    assert not form_words.only_agrees("số nhà 29/70/15 nhé, gửi đi")
    assert form_words.only_agrees("đúng rồi, gửi đi")


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        *(("gửi luôn", True), ("không có ảnh, gửi luôn", True), ("ok gửi", True)),
        *(("gửi ảnh nhé", False), ("không gửi nữa", False), ("chưa gửi vội", False), ("không có ảnh", False)),
    ],
)
def test_an_order_to_send_is_told_from_a_photo_announced(words: str, sent: bool) -> None:
    assert form_words.sends(words) is sent


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        *(("ngõ 5 phố Huế, gửi luôn", "ngõ 5 phố Huế"), ("số 8 nhé gửi đi", "số 8 nhé")),
        *(
            ("số 8 phố Huế, vậy đủ chưa, gửi luôn nhé", "số 8 phố Huế"),
            ("chưa ai dọn, gửi đi", "chưa ai dọn"),
        ),
        *(
            ("vậy ổn chưa ạ? ổn thì gửi giúp", ""),
            ("thế thôi, gửi đi", ""),
            ("the du chua, du thi gui luon", ""),
        ),
        *(("nếu được thì gửi giúp em", ""), ("không, gửi đi", ""), ("không có ảnh đâu, gửi luôn", "")),
    ],
)
def test_an_order_to_send_is_told_apart_from_what_stands_beside_it(words: str, beside: str) -> None:
    assert form_words.beside_the_order(words) == beside


@pytest.mark.parametrize(
    "words",
    [
        *(
            "ngõ 5 phố Huế.",
            "gần bến xe, gửi xe ở đó",
            "thế đủ chưa",
            "gửi được chưa",
            "chưa đủ thì khoan gửi",
        ),
        *(
            "đủ thì đừng gửi vội",
            "thôi gửi",
            "thôi không gửi nữa",
            "họ toàn nhờ tôi gửi hộ",
            "khoan đã, gửi sau",
        ),
        *("chụp ảnh rồi gửi luôn", "khoan, đừng gửi đi", ""),
    ],
)
def test_words_about_sending_order_nothing(words: str) -> None:
    assert form_words.beside_the_order(words) is None


@pytest.mark.parametrize("words", ["tôi đang báo công an", "vừa báo tổ trưởng rồi", "họ đang làm đường"])
def test_a_story_does_not_ask_what_it_is_about(words: str) -> None:
    assert not form_words.asks_what_it_is(words)
