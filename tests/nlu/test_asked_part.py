"""The part of a procedure a question asks for, in the words people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.asked_part import asked_part

PARTS = {"documents", "fee", "time", "where", "how", "steps", "conditions", "result", "forms", "legal_basis"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("còn lệ phí thì sao", "fee"),
        ("con le phi thi sao", "fee"),
        ("hết bn tiền ạ", "fee"),
        ("lệ phí làm hồ sơ bao nhiêu", "fee"),
        ("mất bao lâu", "time"),
        ("mấy ngày thì có", "time"),
        ("mat bao nhieu ngay", "time"),
        ("mất bao nhiêu", "fee"),
        ("bao gio co ket qua", "time"),
        ("bl thì xong", "time"),
        ("nộp ở đâu", "where"),
        ("phải ra cơ quan nào", "where"),
        ("nop o dau z", "where"),
        ("cần giấy tờ gì", "documents"),
        ("hs gồm những gì", "documents"),
        ("can mang theo gi", "documents"),
        ("nộp mấy bản sao", "documents"),
        ("làm online được không", "how"),
        ("nộp qua bưu điện được k", "how"),
        ("người khác làm hộ được không", "how"),
        ("con làm hộ cho mẹ được không", "how"),
        ("điều kiện là gì", "conditions"),
        ("bao nhiêu tuổi thì được làm", "conditions"),
        ("xin mẫu đơn", "forms"),
        ("tải tờ khai ở đâu", "forms"),
        ("căn cứ pháp lý", "legal_basis"),
        ("theo nghị định nào", "legal_basis"),
        ("làm xong nhận được gì", "result"),
        ("kết quả là gì", "result"),
        ("gồm các bước nào", "steps"),
        ("trinh tu ra sao", "steps"),
        ("Uỷ ban nào cấp", "where"),
    ],
)
def test_the_asked_part_is_heard(text: str, part: str) -> None:
    assert asked_part(text) == part


@pytest.mark.parametrize(
    "text",
    [
        *("", "xin chào", "đăng ký kết hôn", "phi phạm quá", "tôi cưới vợ", "🙂", "PA-2026-000123"),
        *("em muốn làm hộ chiếu", "lam ho chieu", "làm hộ khẩu"),
    ],
)
def test_no_part_is_heard_where_none_is_asked(text: str) -> None:
    assert asked_part(text) is None


@given(st.text(max_size=300))
def test_any_text_gives_a_known_part_or_none(text: str) -> None:
    assert asked_part(text) in {*PARTS, None}
