"""Phones, identity numbers, plates, accounts: read by form or label; what looks alike is left."""

from __future__ import annotations

import pytest

from nlu.entities import Kind, is_without_documents, mask_documents, mask_personal, without_masked
from tests.nlu.entities.reads import values


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("gọi 0912 345 678", Kind.PHONE, "0912345678"),
        ("sđt:0912.345.678", Kind.PHONE, "0912345678"),
        ("sdt0912345678", Kind.PHONE, "0912345678"),
        ("+84 912 345 678", Kind.PHONE, "0912345678"),
        ("(024) 3825 1234", Kind.PHONE, "02438251234"),
        ("zalo 912345678", Kind.PHONE, "0912345678"),
        ("o912345678", Kind.PHONE, "0912345678"),
        ("cccd 001089012345", Kind.IDENTITY_NUMBER, "001089012345"),
        ("số định danh của con là 001 224 012 345", Kind.IDENTITY_NUMBER, "001224012345"),
        ("079089012345", Kind.IDENTITY_NUMBER, "079089012345"),
        ("so cmnd 012345678", Kind.IDENTITY_NUMBER, "012345678"),
        ("gplx 012345678901", Kind.IDENTITY_NUMBER, "012345678901"),
        ("hộ chiếu số C1234567", Kind.PASSPORT, "C1234567"),
        ("passport cua chong M12345678", Kind.PASSPORT, "M12345678"),
        ("stk 19033445566 Techcombank", Kind.BANK_ACCOUNT, "19033445566"),
        ("số tài khoản 0011 0040 01234", Kind.BANK_ACCOUNT, "0011004001234"),
        ("vietcombank 0011004001234", Kind.BANK_ACCOUNT, "0011004001234"),
        ("thẻ 4111 1111 1111 1111", Kind.BANK_ACCOUNT, "4111111111111111"),
        ("mst 0101234567", Kind.TAX_CODE, "0101234567"),
        ("mã số thuế công ty 0101234567-001", Kind.TAX_CODE, "0101234567-001"),
        ("Lan.B@Gmail.com", Kind.E_MAIL, "lan.b@gmail.com"),
        ("xe 29A-123.45", Kind.PLATE, "29A12345"),
        ("29-H1 123.45", Kind.PLATE, "29H112345"),
        ("xe máy 29h1-123.45", Kind.PLATE, "29H112345"),
        ("biển số 29h1 12345", Kind.PLATE, "29H112345"),
        ("30f-12345", Kind.PLATE, "30F12345"),
        ("xe điện 29-MĐ1 234.56", Kind.PLATE, "29MĐ123456"),
        ("biển xanh 80B 1234", Kind.PLATE, "80B1234"),
        ("29AA-123.45", Kind.PLATE, "29AA12345"),
        ("29LD-123.45", Kind.PLATE, "29LD12345"),
        ("80-123-NG-45", Kind.PLATE, "80123NG45"),
        ("biển vàng 29E 123.45", Kind.PLATE, "29E12345"),
    ],
)
def test_a_number_of_a_person_is_read_and_masked(text: str, kind: Kind, value: str) -> None:
    assert values(text, kind) == [value]
    digits = "".join(letter for letter in value if letter.isdigit())
    left = "".join(letter for letter in mask_personal(text) if letter.isdigit())
    assert not digits or digits not in left


#: Ordinary messages with numbers that name nobody.
ORDINARY = [
    "lệ phí 50.000đ hay 500k",
    "1.000.000.000 đồng",
    "100.000.000.000 đồng thì thuế bao nhiêu",
    "giá 200000000",
    "quyết định 1207/QĐ-UBND ngày 28/2/2025",
    "nghị định 118/2025/NĐ-CP điều 22 khoản 1",
    "thông tư 79/2024/TT-BCA",
    "thủ tục 1.001193, 2.000815.000.00.00.H26",
    "hồ sơ H26.12-251103-0012 nộp 03/11/2025",
    "PA-2026-000123 ACDE3467",
    "nhà số 45 ngõ 12/34 phố Kim Ngưu",
    "chung cư HH2C tầng 12 phòng 1203",
    "thửa 125 tờ bản đồ 36 diện tích 65,5 m2",
    "30m2 giá 10000",
    "diện tích 120 m2 12345",
    "gọi 113, 114, 115, 19001009 hoặc 024.1022",
    "tổng đài 1900 1009 hoặc 1022",
    "8h30 15/12/2026 và 14:00 16/12/2026",
    "từ 12.05.2016 đến 12.05.2026",
    "căn cước cấp ngày 12.05.2016",
    "con sinh năm 2019, 2021, 2023",
    "khoảng 15h 12345 người",
    "24h/24h 7 ngày",
    "quý 1 2026 và quý 2 2026",
    "điều 123 luật 91/2025/QH15",
    "mã 2.001428",
    "https://dichvucong.gov.vn/p/home/dvc-tthc-chi-tiet.html?ma_thu_tuc=1001193",
    "tài khoản VNeID mức 2 cần gì",
    "tài khoản định danh điện tử mức 2",
    "hộ chiếu 10 năm lệ phí 200000",
    "ngân hàng làm việc đến 16h30",
    "10 ngày làm việc, 3 bản sao, 2 ảnh 4x6",
    "lô 12A 3 và lô 15B 7",
    "đường 32 km 12+500",
    "quốc lộ 1A 500m",
    "tuyến buýt 29 E08",
    "lương 12 triệu 500 nghìn",
    "ngân hàng, mã hồ sơ H26.12-251103-0012",
    "2.642 thủ tục, 126 phường xã",
    "nghị quyết 77/2025/NQ-HĐND",
    "tọa độ 21.028511, 105.804817",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_numbers_that_name_nobody_stay(text: str) -> None:
    assert mask_personal(text) == text


def test_what_a_citizen_wrote_loses_only_the_numbers_of_documents() -> None:
    masked = mask_documents("Tôi là Lan, cccd 001089012345, xe 29A-123.45, gọi lại 0912345678, a@b.vn")
    assert masked == "Tôi là Lan, cccd [số giấy tờ], xe 29A-123.45, gọi lại 0912345678, a@b.vn"
    assert is_without_documents(masked)
    assert not is_without_documents("làm khai sinh ngày 3/9 hết 50.000đ, gọi 0912345678")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("bố cháu là người Hàn, cccd [số giấy tờ]", "bố cháu là người Hàn"),
        ("cccd của tôi [số giấy tờ], cần gì nữa không", "cần gì nữa không"),
        ("stk [số tài khoản] VCB nhé", "VCB nhé"),
        ("làm lại căn cước cần gì", "làm lại căn cước cần gì"),
        ("làm lại căn cước. số cũ [số giấy tờ]", "làm lại căn cước. số cũ"),
        ("cccd [số giấy tờ]", "cccd [số giấy tờ]"),
        ("", ""),
    ],
)
def test_what_a_message_says_besides_the_numbers_masked(text: str, rest: str) -> None:
    assert without_masked(text) == rest
