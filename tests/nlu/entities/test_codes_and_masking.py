"""Codes and secrets found however they are typed; personal data masked, everything else left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import mask_personal, procedure_code, report_code, report_secret


@pytest.mark.parametrize(
    "text",
    [
        "PA-2026-000123",
        "pa-2026-000123 đến đâu rồi?",
        "phản ánh pa 2026 000123",
        "mã PA2026000123.",
        "PA – 2026 – 000123",
        "PA_2026_000123",
        "pa.2026.000123",
    ],
)
def test_a_report_code_is_read_however_it_is_typed(text: str) -> None:
    assert report_code(text) == "PA-2026-000123"


@pytest.mark.parametrize("text", ["", "PA-2026-123", "SPA-2026-000123", "PA-2026-0001234", "pa của tôi"])
def test_what_is_not_a_code_is_none(text: str) -> None:
    assert report_code(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "PA-2026-000123 ACDE3467",
        "PA-2026-000123, mã tra cứu: acde3467",
        "mật khẩu tra cứu của tôi là ACDE3467",
        "acde3467",
        "ACDE-3467",
        "ma bi mat acde 3467",
    ],
)
def test_a_secret_is_read_beside_its_code_behind_its_label_or_alone(text: str) -> None:
    assert report_secret(text) == "ACDE3467"


@pytest.mark.parametrize(
    "text", ["", "PA-2026-000123 đến đâu rồi", "đăng ký kết hôn", "tôi quên mật khẩu", "gọi 0912345678 nhé"]
)
def test_ordinary_words_are_no_secret(text: str) -> None:
    assert report_secret(text) is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi tôi 0912345678 nhé", "gọi tôi [số điện thoại] nhé"),
        ("sđt 0912.345.678 hoặc +84 912 345 678", "sđt [số điện thoại] hoặc [số điện thoại]"),
        ("nhà 024 3825 1234", "nhà [số điện thoại]"),
        ("cccd 001089012345", "cccd [số giấy tờ]"),
        ("cccd 001 089 012 345, cmnd 012345678", "cccd [số giấy tờ], cmnd [số giấy tờ]"),
        ("mail an.b@gmail.com", "mail [e-mail]"),
        ("xe 29A-123.45", "xe [biển số xe]"),
        ("xe 29-H1 123.45 và 30f-12345", "xe [biển số xe] và [biển số xe]"),
        ("stk 19033445566 Techcombank", "stk [số tài khoản] Techcombank"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "PA-2026-000123",
        "thủ tục 1.001193, 2.000815",
        "hồ sơ H26.12-251103-0012",
        "hồ sơ 000.00.12.G01-260102-0003",
        "nghị định 118/2025/NĐ-CP",
        "lệ phí 200000000đ",
        "giá 1.000.000.000 đồng",
        "gọi 113, 114, 115, 19001009 hoặc 024.1022",
        "ngày 12/05/2026 lúc 22h30",
        "nhà 30m2 giá 10000",
        "số nhà 45 ngõ 12 phố Kim Ngưu",
    ],
)
def test_numbers_that_name_no_person_stay(text: str) -> None:
    assert mask_personal(text) == text


@given(st.text(max_size=300))
def test_masking_twice_masks_no_more(text: str) -> None:
    assert mask_personal(mask_personal(text)) == mask_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.001193",
        "thủ tục 1.001193 phí bao nhiêu",
        "thủ tục 1.001193, phí bao nhiêu",
        "ma 1.001193.000.00.00.H26?",
    ],
)
def test_a_procedure_named_by_its_code_is_read(text: str) -> None:
    assert procedure_code(text) == "1.001193"


@pytest.mark.parametrize(
    "text", ["", "1.000.000 đồng", "1.0011934", "21.001193", "ngày 1.7.2025", "1.500 m2"]
)
def test_a_sum_or_a_date_is_no_code_of_a_procedure(text: str) -> None:
    assert procedure_code(text) is None
