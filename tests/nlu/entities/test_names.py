"""Names of people hidden from public pages; streets, schools and shops named after somebody left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import hidden_from_public, mask_for_public, mask_personal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tôi tên Đỗ Thu Hằng, ở ngõ 5", "Tôi tên [tên người], ở ngõ 5"),
        ("chủ quán Trần Thị Mai đổ nước thải", "chủ quán [tên người] đổ nước thải"),
        ("anh Hùng nhà số 12 hay đốt rác", "anh [tên người] nhà số 12 hay đốt rác"),
        ("hàng xóm tên là Dũng mở loa", "hàng xóm tên là [tên người] mở loa"),
        ("Phạm Văn Tuất xây lấn ra ngõ", "[tên người] xây lấn ra ngõ"),
        ("chu nha ten la tran van bay", "chu nha ten la [tên người]"),
        ("ong Le Van Hung nha 15 nuoi cho", "ong [tên người] nha 15 nuoi cho"),
        ("cô NGUYỄN THỊ HOA bán hàng rong", "cô [tên người] bán hàng rong"),
        ("ông N.V.T lấn đất", "ông [tên người] lấn đất"),
    ],
)
def test_a_name_is_hidden_and_who_bears_it_stays(text: str, shown: str) -> None:
    assert mask_for_public(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "rác ở phố Nguyễn Văn Tố, gần trường Chu Văn An",
        "ngã tư Lê Đức Thọ - Hàm Nghi tắc",
        "số 12 Nguyễn Thái Học mất nước",
        "phường Hai Bà Trưng, phố Bà Triệu",
        "quán tên Hoa Sữa mở nhạc to",
        "bà con tổ 5 và anh chị em công nhân",
        "ông chủ tịch phường hứa sửa",
        "em ở Hà Đông, chị cán bộ quầy 3",
        "cau Chuong Duong, pho Nguyen Van Cu ngap",
        "Công viên Thống Nhất, chợ Đồng Xuân, đền Bà Kiệu",
        "đường Phạm Văn Đồng 19-5, giá 65k, mã PA-2026-000123",
    ],
)
def test_what_is_named_after_somebody_is_no_person(text: str) -> None:
    assert mask_for_public(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "0912.345.678",
        "o912 345 678",
        "09o2345678",
        "+84 (0)912 345 678",
        "0 9 1 2 3 4 5 6 7 8",
        "không chín một hai ba bốn năm sáu bảy tám",
        "khong chin mot hai 345 678",
        "an.nguyen (at) gmail.com",
    ],
)
def test_a_number_in_disguise_is_hidden_too(number: str) -> None:
    for masked in (mask_for_public(f"goi {number} nhe"), mask_personal(f"goi {number} nhe")):
        assert masked.startswith("goi [")
        assert masked.endswith("] nhe")


def test_numbers_told_in_words_are_no_telephone() -> None:
    text = "không có ai, một hai ba bốn năm sáu bảy tám chín mười người"
    assert mask_for_public(text) == text


@given(st.text(max_size=300) | st.text(alphabet="tên là anh Hà Văn Bảy.0912o ", max_size=80))
def test_what_is_hidden_lies_in_the_text_in_order_and_never_overlaps(text: str) -> None:
    end = 0
    for hidden in hidden_from_public(text):
        assert end <= hidden.start < hidden.end
        end = hidden.end


@given(st.text(max_size=200))
def test_hiding_twice_hides_no_more(text: str) -> None:
    assert mask_for_public(mask_for_public(text)) == mask_for_public(text)
