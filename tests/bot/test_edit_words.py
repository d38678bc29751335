"""Which field of a report the words ask to change, and with what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edit_words import Change, edit_asked, keeps
from bot.report_form import Step


@pytest.mark.parametrize(
    ("text", "step", "change", "value"),
    [
        ("sửa địa chỉ", Step.PLACE, Change.ANEW, ""),
        ("sua dia chi giup em", Step.PLACE, Change.ANEW, ""),
        ("khoan, sửa địa chỉ", Step.PLACE, Change.ANEW, ""),
        ("cho em sửa lại nơi nhé", Step.PLACE, Change.ANEW, ""),
        ("sai địa chỉ rồi", Step.PLACE, Change.ANEW, ""),
        ("địa chỉ sai rồi", Step.PLACE, Change.ANEW, ""),
        ("sửa địa chỉ thành ngõ 30 phố Huế", Step.PLACE, Change.ANEW, "ngõ 30 phố Huế"),
        ("đổi loại", Step.CATEGORY, Change.ANEW, ""),
        ("đổi loại sang tiếng ồn", Step.CATEGORY, Change.ANEW, "tiếng ồn"),
        ("sửa nội dung", Step.TEXT, Change.ANEW, ""),
        ("tôi muốn viết lại nội dung", Step.TEXT, Change.ANEW, ""),
        ("thêm ảnh", Step.PHOTO, Change.MORE, ""),
        ("đổi ảnh", Step.PHOTO, Change.ANEW, ""),
        ("bỏ ảnh", Step.PHOTO, Change.LESS, ""),
    ],
)
def test_a_field_is_named_with_and_without_its_new_value(
    text: str, step: Step, change: Change, value: str
) -> None:
    edit = edit_asked(text)
    assert edit is not None
    assert (edit.step, edit.change, edit.value) == (step, change, value)


@pytest.mark.parametrize(
    "text",
    [
        "sửa đường chưa xong",
        "ngõ 30 phố Huế",
        "xe đỗ sai nơi quy định",
        "bỏ nơi này đi",
        "rác thay nhau đổ ra ngõ",
        "đổi địa chỉ trên căn cước cần gì",
        "không có ảnh",
        "gửi",
    ],
)
def test_words_that_tell_the_problem_change_no_field(text: str) -> None:
    assert edit_asked(text) is None


@pytest.mark.parametrize("text", ["giữ nguyên", "thôi giữ nguyên nhé", "không sửa nữa", "để nguyên"])
def test_a_change_can_be_given_up(text: str) -> None:
    assert keeps(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    edit_asked(text)
    keeps(text)
