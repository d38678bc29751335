"""entities() as a whole: in order, without overlaps, on whatever is sent; places as they are written."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import Kind, entities, mask_documents, mask_personal
from nlu.text import clean
from tests.nlu.entities.reads import values

#: Pieces that readers look for, to be glued together in every way.
PIECES = [
    *("PA-2026-000123", "H26.12-251103-0012", "1.001193", "0912345678", "001089012345", "29A-123.45", "500k"),
    *(
        "2tr5",
        "mai",
        "thứ 6 tuần sau",
        "mùng 5 tết",
        "8h sáng",
        "bố tôi",
        "là người Hàn",
        "mất rồi",
        "8 tuổi",
    ),
    *(
        "phố Kim Ngưu",
        "stk",
        "cccd",
        "mst",
        "không phải",
        "người nước ngoài",
        "\u0300",
        "İ",
        "\x00",
        "٠٩١٢٣٤",
    ),
    *(" ", "-", "/", ".", ", ", "\n", "rằm tháng 13", "30/2/2025", "31/4", "99h99", "tháng 99"),
]
wild = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@given(text=wild, today=days)
def test_any_text_is_read_and_every_span_is_its_words(text: str, today: date) -> None:
    said = clean(text)
    for entity in entities(text, today=today):
        assert entity.text
        assert said[entity.start : entity.end] == entity.text


ABOUT_PEOPLE = {
    *(Kind.RELATIVE, Kind.FOREIGNER, Kind.OVERSEAS_VIETNAMESE, Kind.ALL_VIETNAMESE),
    *(Kind.DECEASED, Kind.AGE, Kind.REPRESENTATIVE),
}


@given(text=wild, today=days)
def test_one_stretch_is_one_thing(text: str, today: date) -> None:
    found = [entity for entity in entities(text, today=today) if entity.kind not in ABOUT_PEOPLE]
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(wild)
def test_masking_twice_masks_no_more(text: str) -> None:
    assert mask_personal(mask_personal(text)) == mask_personal(text)
    assert mask_documents(mask_documents(text)) == mask_documents(text)


labels = st.sampled_from(["cccd", "cmnd", "số căn cước là", "CMT:", "can cuoc so"])


@given(st.integers(min_value=10**8, max_value=10**9 - 1), labels)
def test_an_identity_number_behind_its_label_is_never_kept(number: int, label: str) -> None:
    assert str(number) not in mask_documents(f"{label} {number}")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ổ gà ở ngõ 12 phố Kim Ngưu", Kind.STREET, "ngõ 12 phố Kim Ngưu"),
        ("số 45 ngõ 12 phố Kim Ngưu", Kind.STREET, "số 45 ngõ 12 phố Kim Ngưu"),
        ("đường Nguyễn Trãi ngập", Kind.STREET, "đường Nguyễn Trãi"),
        ("ngách 12/34", Kind.STREET, "ngách 12/34"),
        ("đường 19-5 tắc", Kind.STREET, "đường 19-5"),
        ("tôi ở phường Láng Hạ", Kind.WARD, "phường Láng Hạ"),
        ("xã Đông Anh cũ", Kind.WARD, "xã Đông Anh"),
        ("quận Cầu Giấy", Kind.WARD, "quận Cầu Giấy"),
        ("gần chợ Đồng Xuân", Kind.LANDMARK, "chợ Đồng Xuân"),
        ("bệnh viện Bạch Mai có rác", Kind.LANDMARK, "bệnh viện Bạch Mai"),
    ],
)
def test_a_place_is_read_as_it_is_written(text: str, kind: Kind, value: str) -> None:
    assert values(text, kind) == [value]


NO_PLACES = (
    *(
        "đường rất bẩn",
        "xã hội",
        "bảo hiểm xã hội",
        "phường cho hỏi",
        "đường dây nóng",
        "phố xá",
        "cầu thang",
    ),
    *("hồ sơ", "số 2", "trường hợp này", "ga giường", "con đường"),
)


@pytest.mark.parametrize("text", NO_PLACES)
def test_a_word_that_begins_a_place_is_not_one_yet(text: str) -> None:
    assert values(text, Kind.STREET, Kind.WARD, Kind.LANDMARK) == []
