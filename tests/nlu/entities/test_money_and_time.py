"""Sums, days and hours as people say them, with and without diacritics; look-alikes are none."""

from __future__ import annotations

import pytest

from nlu.entities import Kind
from tests.nlu.entities.reads import read, values


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("hết 500k", 500_000),
        ("mất 2tr5 à", 2_500_000),
        ("2tr", 2_000_000),
        ("1 triệu rưỡi", 1_500_000),
        ("1 trieu ruoi", 1_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000),
        ("50.000đ", 50_000),
        ("50000 đồng", 50_000),
        ("50,000 VND", 50_000),
        ("lệ phí 8.000 đồng/bản", 8_000),
        ("20 nghìn", 20_000),
        ("20 ngàn", 20_000),
        ("2 triệu 500 nghìn", 2_500_000),
        ("3 tỷ 2", 3_200_000_000),
        ("2 tỷ rưỡi", 2_500_000_000),
        ("năm mươi nghìn", 50_000),
        ("nam muoi nghin", 50_000),
        ("một triệu rưỡi", 1_500_000),
        ("hai trăm năm mươi nghìn đồng", 250_000),
        ("nửa triệu", 500_000),
        ("mười lăm triệu", 15_000_000),
    ],
)
def test_a_sum_is_read_in_dong(text: str, dong: int) -> None:
    assert values(text, Kind.MONEY) == [str(dong)]


@pytest.mark.parametrize(
    "text",
    [
        "30m2",
        "5 triệu người",
        "điểm 2 đ",
        "khoản 5 đ điều 3",
        "2 tỷ lệ",
        "được 3 không",
        "tr 5",
        "1.001193",
        "3 trẻ em",
        "5 kg",
        "kết hôn",
        "12 đường",
        "năm 2026",
        "5 trang",
    ],
)
def test_other_amounts_are_no_money(text: str) -> None:
    assert values(text, Kind.MONEY) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mai có làm không", "2026-11-23"),
        ("sang mai", "2026-11-23"),
        ("hôm nay", "2026-11-22"),
        ("hôm qua tôi nộp", "2026-11-21"),
        ("hôm kia", "2026-11-20"),
        ("ngày kia", "2026-11-24"),
        ("thứ 6 tuần sau", "2026-11-27"),
        ("thu 6 tuan sau", "2026-11-27"),
        ("thứ sáu này", "2026-11-27"),
        ("t6 tuần sau", "2026-11-27"),
        ("thứ 7 có làm việc không", "2026-11-28"),
        ("thứ 5 tuần trước", "2026-11-12"),
        ("thứ 2 vừa rồi", "2026-11-16"),
        ("chủ nhật", "2026-11-22"),
        ("ngày 3/9", "2026-09-03"),
        ("ngày 3 tháng 9 năm 2025", "2025-09-03"),
        ("hẹn 15/1", "2027-01-15"),
        ("3/9/2025", "2025-09-03"),
        ("03.09.2025", "2025-09-03"),
        ("12/5/85", "1985-05-12"),
        ("nghỉ 30/4 không", "2027-04-30"),
        ("3 ngày nữa", "2026-11-25"),
        ("cách đây 2 tuần", "2026-11-08"),
        ("5 hôm trước", "2026-11-17"),
        ("tuần sau", "2026-11-23/2026-11-29"),
        ("tháng trước", "2026-10-01/2026-10-31"),
        ("năm ngoái", "2025-01-01/2025-12-31"),
        ("cuối tháng", "2026-11-21/2026-11-30"),
        ("cuoi thang nay", "2026-11-21/2026-11-30"),
        ("đầu tháng sau", "2026-12-01/2026-12-10"),
        ("tháng 9/2025", "2025-09-01/2025-09-30"),
        ("tháng chín", "2026-09-01/2026-09-30"),
        ("tháng 1", "2027-01-01/2027-01-31"),
    ],
)
def test_a_day_is_counted_from_today(text: str, day: str) -> None:
    (found,) = read(text, Kind.DATE)
    assert (found.value, found.is_lunar) == (day, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mùng 5 tết", "--01-05"),
        ("mung 5 tet co lam viec khong", "--01-05"),
        ("mồng ba tết", "--01-03"),
        ("28 tết", "--12-28"),
        ("rằm tháng bảy", "--07-15"),
        ("ram thang bay", "--07-15"),
        ("rằm tháng giêng", "--01-15"),
        ("rằm", "---15"),
        ("mùng 1", "---01"),
        ("10/3 âm lịch", "--03-10"),
        ("mùng 10 tháng 3 âm", "--03-10"),
        ("23 tháng chạp", "--12-23"),
        ("tháng giêng", "--01"),
        ("giao thừa", "--12"),
    ],
)
def test_a_lunar_day_is_recognised_and_not_converted(text: str, value: str) -> None:
    (found,) = read(text, Kind.DATE)
    assert (found.value, found.is_lunar) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "chị Mai ở đâu",
        "phường Hoàng Mai",
        "quan hoang mai",
        "Mai Dịch",
        "hỗ trợ mai táng",
        "ho tro mai tang",
        "tiền mai táng phí",
        "con thứ 2",
        "sinh con thứ ba",
        "lần thứ hai",
        "người thứ 3",
        "bên thứ ba",
        "1/2 thửa đất",
        "nhà 3/4 ngõ 5",
        "số nhà 5/6",
        "24/7",
        "10 ngày làm việc",
        "trong 3 ngày",
        "trước 5 ngày làm việc",
        "32/13/2025",
        "29/2/2025",
        "qua mạng",
        "tết dương",
        "năm 2026",
        "1.001193",
        "tương lai",
        "hai tháng",
        "3 tháng",
    ],
)
def test_what_sounds_like_a_day_is_none(text: str) -> None:
    assert values(text, Kind.DATE) == []


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8h sáng mai", "08:00"),
        ("8h30", "08:30"),
        ("8 giờ 15", "08:15"),
        ("3 giờ chiều", "15:00"),
        ("3h rưỡi chiều", "15:30"),
        ("14:05", "14:05"),
        ("12h trưa", "12:00"),
        ("10h đêm", "22:00"),
        ("12h đêm", "00:00"),
        ("5 gio kem 15", "04:45"),
        ("lúc 17g", "17:00"),
    ],
)
def test_an_hour_is_read_on_the_clock(text: str, hour: str) -> None:
    assert values(text, Kind.HOUR) == [hour]


@pytest.mark.parametrize(
    "text",
    ["8 giờ làm việc", "24h", "24/24h", "trong 4 giờ", "48 giờ", "72h", "30h1 12345", "tỷ lệ 4:3", "5 g"],
)
def test_a_duration_is_no_hour(text: str) -> None:
    assert values(text, Kind.HOUR) == []


def test_an_hour_and_its_day_are_two() -> None:
    assert values("hẹn 8h sáng mai", Kind.HOUR, Kind.DATE) == ["08:00", "2026-11-23"]
