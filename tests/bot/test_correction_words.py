"""What stands instead, and what was denied; questions that only look like corrections are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correction_words import correction


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        ("à không, bố cháu là người nước ngoài cơ", "bố cháu là người nước ngoài", ""),
        ("a khong bo chau la nguoi nuoc ngoai co", "bo chau la nguoi nuoc ngoai", ""),
        ("không phải, ý tôi là tạm trú", "tạm trú", ""),
        ("không phải ý tôi là tạm trú", "tạm trú", ""),
        ("ko phải, ý em là tạm trú ạ", "tạm trú", ""),
        ("nhầm, ở phường Láng", "ở phường Láng", ""),
        ("nhầm rồi ở phường Láng", "ở phường Láng", ""),
        ("ý em là cấp lại chứ không phải cấp mới", "cấp lại", "cấp mới"),
        ("à không, ở ngõ 30 chứ không phải 20", "ở ngõ 30", "20"),
        ("em viết nhầm, là ngõ 30", "ngõ 30", ""),
        ("xin lỗi, ý mình muốn hỏi là khai tử", "khai tử", ""),
        ("không, tôi hỏi lệ phí", "tôi hỏi lệ phí", ""),
        ("đăng ký tạm trú chứ không phải thường trú", "đăng ký tạm trú", "thường trú"),
        ("ngõ 6 mới đúng", "ngõ 6", ""),
        ("thường trú cơ", "thường trú", ""),
        ("sai rồi, con tôi 15 tuổi", "con tôi 15 tuổi", ""),
    ],
)
def test_what_stands_instead_is_read_in_the_citizens_own_words(text: str, said: str, denied: str) -> None:
    found = correction(text)
    assert found is not None
    assert (found.said, found.denied) == (said, denied)


@pytest.mark.parametrize(
    "text",
    [
        "không phải người nước ngoài",
        "nhầm tên trong giấy khai sinh thì sửa ở đâu",
        "sai ngày sinh trên căn cước làm lại thế nào",
        "không",
        "không phải",
        "không có ảnh",
        "khai sinh cần gì",
        "không biết nộp ở đâu",
        "ý kiến đóng góp gửi ở đâu",
        "à không",
        "đăng ký cho cơ sở kinh doanh",
        "nhà em chưa co",
        "a lô cho hỏi khai sinh",
    ],
)
def test_denials_and_questions_correct_nothing(text: str) -> None:
    assert correction(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = correction(text)
    assert found is None or found.said


@pytest.mark.parametrize(
    "text", ["đính chính khai sinh, mẹ là người Lào", "chỉnh lại tên trong giấy khai sinh"]
)
def test_a_procedure_that_puts_right_is_no_correction(text: str) -> None:
    assert correction(text) is None


def test_what_is_put_right_behind_a_pause_is_a_correction() -> None:
    put_right = correction("đính chính: ngõ 6")
    assert put_right is not None
    assert put_right.said == "ngõ 6"
