"""What people ask of their own data, in the Vietnamese they type, and the matters that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.own_data import (
    OwnDataAsked,
    confirms_deletion,
    declines_deletion,
    half_confirms_deletion,
    own_data_asked,
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(
            ("delete", text)
            for text in (
                "xoá dữ liệu của tôi",
                "xoa du lieu cua toi",
                "xóa hết tin nhắn của em đi ạ",
                "xoa het tin nhan giup bac",
                "xóa giùm toàn bộ dữ liệu",
                "ad ơi xoá dl của e vs",
                "xoa dl cua t di",
                "xóa lịch sử trò chuyện",
                "xoa lich su chat",
                "xóa cuộc trò chuyện này",
                "Xoá thông tin cá nhân của tôi khỏi hệ thống này",
                "xóa ảnh tôi vừa gửi",
                "xóa ảnh căn cước tôi vừa gửi nhầm",
                "xoá hết những gì tôi đã nhắn",
                "xóa tất cả giúp tôi",
                "đừng lưu tin nhắn của tôi",
                "tôi không muốn bị lưu thông tin",
                "kết thúc và xoá",
                "quên tôi đi",
                "xoa so dien thoai cua toi o day",
                "XÓA TIN NHẮN",
            )
        ),
        *(
            ("export", text)
            for text in (
                "gửi dữ liệu của tôi",
                "gui du lieu cua toi cho toi",
                "tải dữ liệu",
                "tai du lieu ve may",
                "xuất dữ liệu của tôi",
                "cho tôi xin dữ liệu các bạn đang giữ",
                "cho mình tải lại cuộc trò chuyện",
                "tôi muốn xem toàn bộ dữ liệu của tôi",
                "lấy dữ liệu của em",
                "xin bản sao dữ liệu",
                "tải tin nhắn về",
            )
        ),
        *(
            ("kept", text)
            for text in (
                "các bạn lưu gì của tôi",
                "cac ban luu gi cua toi vay",
                "bạn lưu những gì về tôi",
                "ở đây có lưu tin nhắn không",
                "tin nhắn của tôi được lưu bao lâu",
                "ai đọc được tin nhắn này",
                "chat bot có lưu thông tin không ạ",
                "chính sách bảo mật của trang này",
                "thông tin của tôi có bị lộ không",
                "các bạn thu thập những gì",
            )
        ),
        *(
            ("withdraw", text)
            for text in (
                "tôi rút lại đồng ý",
                "rut lai dong y",
                "gỡ vị trí tôi đã gửi",
                "không cho dùng vị trí của tôi nữa",
                "tôi muốn rút lại sự đồng ý đã gửi",
            )
        ),
    ],
)
def test_a_request_about_ones_own_data_is_understood(kind: str, text: str) -> None:
    assert own_data_asked(text) is OwnDataAsked(kind)


@pytest.mark.parametrize(
    "text",
    [
        "xoá đăng ký thường trú",
        "xoa dang ky thuong tru cho con",
        "xóa án tích cần giấy tờ gì",
        "xoá thế chấp sổ đỏ",
        "xóa đăng ký thế chấp quyền sử dụng đất",
        "xóa tên khỏi hộ khẩu",
        "xoa ten khoi so ho khau",
        "gửi dữ liệu đất đai",
        "cung cấp dữ liệu đất đai lệ phí bao nhiêu",
        "tải dữ liệu quy hoạch ở đâu",
        "xin trích xuất dữ liệu camera phạt nguội",
        "xóa thông tin nợ xấu CIC của tôi",
        "xóa dữ liệu định danh mức 2 trên VNeID",
        "xóa thông tin trong cơ sở dữ liệu quốc gia về dân cư",
        "xóa tài khoản dịch vụ công",
        "xóa đói giảm nghèo",
        "hồ sơ nộp ở phường được lưu bao lâu",
        "khai báo lưu trú online",
        "lưu giữ sổ gốc bao nhiêu năm",
        "tin nhắn của tôi bị xóa mất rồi",
        "sao lại xóa tin của tôi",
        "đừng xóa nhé",
        "ông hàng xóm bêu thông tin của tôi lên mạng, xóa thông tin của tôi kiểu gì",
        "vạch kẻ đường bị xóa mờ",
        "gửi phản ánh",
        "gửi hồ sơ qua bưu điện",
        "tải mẫu tờ khai",
        "tôi gửi ảnh rồi đấy",
        "xóa nhà tạm nhà dột nát cho hộ nghèo",
        "chào bạn",
        "",
    ],
)
def test_a_matter_of_the_office_is_no_request_about_ones_own_data(text: str) -> None:
    assert own_data_asked(text) is None


def test_a_long_story_that_mentions_deleting_is_no_request() -> None:
    story = "Hôm trước tôi ra phường làm giấy khai sinh cho cháu thì cán bộ bảo lỗi máy, " * 3
    assert own_data_asked(story + "rồi bảo xóa dữ liệu của tôi đi làm lại") is None


@pytest.mark.parametrize(
    "text", ["xoá đi", "ok xoá luôn ạ", "đồng ý", "dong y xoa", "vâng, xoá hết đi ạ", "xac nhan"]
)
def test_a_plain_yes_confirms(text: str) -> None:
    assert confirms_deletion(text)
    assert not declines_deletion(text)


@pytest.mark.parametrize("text", ["vâng", "co", "Có ạ", "ok", "ừ", "được rồi"])
def test_a_yes_too_short_for_what_cannot_be_undone_is_half_a_yes(text: str) -> None:
    assert half_confirms_deletion(text)
    assert not confirms_deletion(text)


@pytest.mark.parametrize("text", ["thôi", "khong", "đừng xoá", "khoan đã", "thôi không xoá nữa ạ", "giữ lại"])
def test_a_plain_no_declines(text: str) -> None:
    assert declines_deletion(text)
    assert not confirms_deletion(text)


@pytest.mark.parametrize(
    "text", ["có mất phản ánh không", "xóa đăng ký tạm trú", "đồng ý nhưng giữ ảnh lại", "đăng ký tạm trú"]
)
def test_more_than_a_yes_does_not_confirm(text: str) -> None:
    assert not confirms_deletion(text)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_a_fault_and_is_no_yes_and_no_at_once(text: str) -> None:
    own_data_asked(text)
    assert not (confirms_deletion(text) and declines_deletion(text))
