"""Places as people give them in the middle of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.place_words import is_only_a_place, is_vague, place_phrase, without_tail


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rác chất đống ở đầu ngõ 5 phố Huế", "đầu ngõ 5 phố Huế"),
        ("Ổ gà to ở số 12 đường Láng, phường Láng. Mong sửa sớm", "số 12 đường Láng, phường Láng"),
        ("đèn tắt trước chung cư Nam Đô, mấy hôm rồi", "chung cư Nam Đô"),
        ("ngách 29/70 cụt điện", "ngách 29/70 cụt điện"),
        ("đèn đường hỏng ở số 5 phố Huế", "số 5 phố Huế"),
        ("mặt đường có hố sâu gần chợ Hôm", "gần chợ Hôm"),
        ("den duong hong o so 5 pho hue", "so 5 pho hue"),
    ],
)
def test_a_place_with_a_number_or_a_name_is_taken_in_its_own_words(text: str, place: str) -> None:
    assert place_phrase(text) == place


@pytest.mark.parametrize(
    "text", ["đường rất bẩn", "ngõ nhà tôi ngập", "phường không ai nghe máy", "", "phường Ba Đình bẩn quá"]
)
def test_a_street_without_number_or_name_is_no_place(text: str) -> None:
    assert place_phrase(text) == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rác vứt đầy ghế đá ở công viên Thống Nhất", "công viên Thống Nhất"),
        ("đổ trộm phế thải sau trường tiểu học Khương Đình, bẩn lắm", "sau trường tiểu học Khương Đình"),
        ("thang máy hỏng ở toà HH4 Linh Đàm", "toà HH4 Linh Đàm"),
        ("đèn hỏng ở trạm xe buýt Cầu Giấy", "trạm xe buýt Cầu Giấy"),
        ("Cầu Long Biên hỏng lan can", "Cầu Long Biên"),
        ("cống tắc trước cổng chợ Hôm", "trước cổng chợ Hôm"),
    ],
)
def test_a_landmark_with_its_name_is_a_place(text: str, place: str) -> None:
    assert place_phrase(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *("ông Hồ Văn Chín đổ rác", "phường Cầu Giấy bẩn quá", "công viên rất bẩn", "cầu thang hỏng"),
        *("hồ sơ H26.12-251103-0012 nộp lâu", "chị Chợ Thị Hoa"),
    ],
)
def test_a_person_a_ward_and_a_dossier_are_no_places(text: str) -> None:
    assert place_phrase(text) == ""


@given(st.text(max_size=400))
def test_whatever_is_said_the_phrase_is_a_short_piece_of_it(text: str) -> None:
    phrase = place_phrase(text)
    assert phrase in text
    assert len(phrase) <= 200


@pytest.mark.parametrize(
    "place",
    [
        *("gần chợ Hôm", "chỗ trường học", "cổng bệnh viện", "trước cổng chợ", "gần công viên Thống Nhất"),
        *("gan cho hom", "hồ gần nhà em", "đoạn đường gần trường học", "sau trường tiểu học Kim Liên"),
    ],
)
def test_a_landmark_alone_is_vague(place: str) -> None:
    assert is_vague(place)


@pytest.mark.parametrize(
    "place",
    [
        *("ngõ 5", "đường Láng", "gần chợ Hôm, phố Huế", "chợ Hôm phường Hai Bà Trưng", "ngã tư Vọng", ""),
        *("công viên Thống Nhất", "cầu Long Biên", "chung cư Nam Đô", "Kim Ngưu", "ngoài đồng", "gần số 8"),
    ],
)
def test_a_street_a_number_a_ward_or_one_of_a_kind_is_exact_enough(place: str) -> None:
    assert not is_vague(place)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(("số 12 nhé", True), ("phía Lò Đúc, đầu ngõ 12", True), ("nhà em ở số 4 phố Huế, trong sân", True)),
        *(("ngõ 5 cũng bị thế", False), ("ở ngõ 5 họ đổ suốt", False), ("rác ở ngõ 5, hôi lắm", False)),
        *(("tôi đi làm về muộn", False), ("", False)),
    ],
)
def test_words_that_only_say_where_are_told_from_a_story(text: str, is_one: bool) -> None:
    assert is_only_a_place(text, place_phrase(text)) is is_one


@given(st.text(max_size=400))
def test_what_is_polite_behind_a_place_is_cut_off_and_nothing_else(text: str) -> None:
    assert without_tail(text) in text
    assert without_tail("ngõ 5 phố Huế nhé ạ.") == "ngõ 5 phố Huế"
