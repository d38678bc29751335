"""The words that choose one of several buttons, and look-alikes that choose none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choice_words

LABELS = (
    "1. Đăng ký kết hôn",
    "2. Như mục 1, có yếu tố nước ngoài",
    "3. Đăng ký lại kết hôn",
    "Không phải các mục này",
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("2", 1), ("số 2", 1), ("mục 2 nhé", 1), ("2.", 1), ("cái 2 ạ", 1), ("cho em xem số 3 với", 2)),
        *(("cái thứ hai", 1), ("cai thu hai", 1), ("thứ 2", 1), ("cái đầu", 0), ("cái đầu tiên ạ", 0)),
        *(("cái cuối", 3), ("mục cuối cùng", 3), ("chọn cái thứ nhất", 0), ("thu tuc thu ba a", 2)),
    ],
)
def test_numbers_and_places_choose_with_and_without_diacritics(text: str, place: int) -> None:
    assert choice_words.place_said(text, 4) == place


@pytest.mark.parametrize(
    "text",
    [
        *("9", "0", "thứ 7", "2 con", "số 2 phố Huế", "mua 2 cái", "hai vợ chồng tôi", "ba tôi", "cuối tuần"),
        *("đầu ngõ 5", "cái thứ hai là gì", "nộp 2 bản à", "20/11", "năm nay"),
    ],
)
def test_other_messages_with_numbers_choose_nothing(text: str) -> None:
    assert choice_words.place_said(text, 4) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("đăng ký kết hôn", 0), ("DANG KY LAI KET HON", 2), ("không phải các mục này", 3), ("kết hôn", None)],
)
def test_a_label_is_said_whole_without_its_number(text: str, place: int | None) -> None:
    assert choice_words.label_said(text, LABELS) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cái có yếu tố nước ngoài", 1),
        ("nuoc ngoai a", 1),
        ("yếu tố nước ngoài ấy", 1),
        ("kết hôn", None),  # three labels have it
        ("lại", None),  # asking words alone
        ("lệ phí?", None),
        ("khai sinh", None),
    ],
)
def test_a_part_of_one_label_alone_names_it(text: str, place: int | None) -> None:
    assert choice_words.part_of_label_said(text, LABELS) == place


@pytest.mark.parametrize(
    ("text", "stars"),
    [("5", 5), ("5 sao", 5), ("4/5", 4), ("tôi chấm 3 điểm", 3), ("cho 5 sao", 5), ("1*", 1)],
)
def test_a_rating_is_said_in_stars_or_points(text: str, stars: int) -> None:
    assert choice_words.stars_said(text) == stars


@pytest.mark.parametrize("text", ["6", "5 ngày", "55", "phòng 5", "sao 5"])
def test_other_numbers_are_no_rating(text: str) -> None:
    assert choice_words.stars_said(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("không phải mấy cái đó", "ko phai cac muc nay", "không cái nào đúng", "đều không phải", "sai rồi"),
        *(
            "cái khác cơ",
            "việc khác ạ",
            "không đúng ý tôi",
            "chẳng phải cái nào cả",
            "không có cái nào",
            "nhầm rồi ạ",
        ),
    ],
)
def test_all_are_denied_when_nothing_else_is_said(text: str) -> None:
    assert choice_words.denies_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "không",
        "không phải người nước ngoài",
        "không phải tạm trú",
        "sai tên trong giấy khai sinh",
        "không biết",
    ],
)
def test_a_denial_that_says_more_is_read_on_its_own(text: str) -> None:
    assert not choice_words.denies_all(text)


@given(st.text(max_size=40), st.integers(0, 9))
def test_any_text_is_read_and_no_place_is_out_of_range(text: str, count: int) -> None:
    place = choice_words.place_said(text, count)
    assert place is None or 0 <= place < count
    assert choice_words.part_of_label_said(text, LABELS) in {None, 0, 1, 2, 3}
    choice_words.denies_all(text)
