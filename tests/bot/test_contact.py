"""Name and number are read from one line, and nothing of a story is taken for a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import contact
from bot.contact import ToldContact

WANTED = ToldContact(wanted=("name", "phone"))


@pytest.mark.parametrize(
    ("said", "name", "phone"),
    [
        ("Nguyễn Thị Mai 0912 345 678", "Nguyễn Thị Mai", "0912345678"),
        ("0912345678 Nguyễn Thị Mai", "Nguyễn Thị Mai", "0912345678"),
        ("em tên là Mai Anh, sđt 0912345678", "Mai Anh", "0912345678"),
        ("nguyen thi mai - 0912345678", "nguyen thi mai", "0912345678"),
        ("Họ tên: Trần Văn Bé; SĐT: 0987.654.321", "Trần Văn Bé", "0987654321"),
        ("Hà Thị Anh 0912345678", "Hà Thị Anh", "0912345678"),
        ("chị Hoa +84 912 345 678", "Hoa", "0912345678"),
        ("Lò Thị Ọ, 0912345678", "Lò Thị Ọ", "0912345678"),
        ("số của tôi là 0912345678 nhé", "", "0912345678"),
        ("Phạm Hùng", "Phạm Hùng", ""),
    ],
)
def test_a_name_and_a_number_are_read(said: str, name: str, phone: str) -> None:
    told = contact.told(WANTED, said)
    assert (told.name, told.phone) == (name, phone)
    assert contact.is_all_of(said)


@pytest.mark.parametrize(
    "said",
    [
        "không",
        "thôi khỏi để lại",
        "gửi luôn đi",
        "đã ba tuần rồi",
        "cán bộ quát tôi ở quầy, liên hệ 0912345678",
        "quầy số 3 sáng thứ hai",
        "",
    ],
)
def test_a_story_is_no_name(said: str) -> None:
    assert contact.told(WANTED, said).name == ""
    assert not contact.is_all_of(said)


def test_what_is_told_later_completes_what_was_told_before() -> None:
    told = contact.told(contact.told(WANTED, "Nguyễn Thị Mai"), "0912345678")
    assert (told.name, told.phone, told.missing) == ("Nguyễn Thị Mai", "0912345678", ())
    assert contact.without(told).missing == ("name", "phone")


@given(st.from_regex(r"0[35789]\d{8}", fullmatch=True))
def test_a_number_shown_back_cannot_be_called(phone: str) -> None:
    shown = contact.masked(phone)
    assert len(shown) == len(phone)
    assert phone[3:7] not in shown or phone[3:7] in phone[:3] + phone[7:]
    assert shown.count("•") == 4


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_without_an_error(text: str) -> None:
    contact.told(WANTED, text)
    contact.is_all_of(text)
