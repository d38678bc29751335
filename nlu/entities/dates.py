"""Days as people name them, counted from a day given: "thứ 6 tuần sau", "mai", "cuối tháng", "mùng 5 tết".

Weekdays are in weekdays.py, days of the lunar calendar in lunar.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nlu.entities.entity import Entity, Kind
from nlu.entities.lunar import lunar_days
from nlu.entities.weekdays import weekdays
from nlu.entities.wording import Heard, Wording
from nlu.number_words import number
from nlu.text import fold

_MONTH_WORD = r"mười một|mười hai|mười|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín"
_YEAR = r"(?:19|20)\d\d"
_FULL = Wording.of(
    rf"(?<![\w/.-])(?P<d>\d{{1,2}})(?P<mark>[/.-])(?P<m>\d{{1,2}})(?P=mark)(?P<y>{_YEAR}"
    rf"|\d\d)(?![\w/.-]\d|\w)"
)
# Without a year only behind a word that makes it a day ("1/2 đất" is a half), or on a public holiday.
_DAY_MONTH = Wording.of(
    r"\b(?:ngày|hôm|từ|đến|tới|sáng|trưa|chiều|tối|mùng|mồng|vào|hạn|trước|sau|nghỉ|lễ|dịp|hẹn)(?: ngày"
    r"| hôm| lễ| dịp)?"
    r" (?P<d>\d{1,2}) ?[/-] ?(?P<m>\d{1,2})(?![\w/]|[.,-]\d)(?! (?:âm|đất|số|diện tích|giá))"
)
_HOLIDAY = Wording.of(r"(?<![\w/.-])(?:(?P<d>30)/(?P<m>0?4)|(?P<d2>0?2)/(?P<m2>0?9))(?![\w/.-]\d|\w)")
_SAID_MONTH = Wording.of(
    rf"\b(?:ngày|mùng|mồng|hôm)? ?(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}"
    rf"|{_MONTH_WORD})(?: năm (?P<y>{_YEAR})| (?P<y2>{_YEAR}))?\b"
    r"(?! ?âm)"
)
_RELATIVE_DAY = Wording.of(
    r"\b(?P<word>hôm nay|hnay|bữa nay|hôm qua|hqua|hôm kia|ngày kia|ngày mốt|ngày mai"
    r"|(?:(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối )|(?<=đêm ))(?:nay|qua))\b(?! (?:thị|văn)\b)"
)
# "Mai" alone is also a name (chị Mai, Hoàng Mai, Mai Dịch), "mai táng" a funeral, "khuyến mại" an offer.
_MAI = Wording.of(
    r"(?<!chị )(?<!cô )(?<!bà )(?<!em )(?<!anh )(?<!bạn )(?<!hoa )(?<!cây )(?<!hoàng )(?<!bạch )(?<!thanh )"
    r"(?<!tương )(?<!ngọc )(?<!phương )(?<!tuyết )(?<!khuyến )(?<!thị )(?<!tên )(?<!quỳnh )(?<!trúc )"
    r"(?<!xuân )\b(?P<word>mai)\b"
    r"(?! (?:dịch|táng|mối|phục|sau|mốt|một|thị|văn|lâm|đình|châu|động|thúc|hoa|mái|anh|hương|lan)\b)"
)
_OFFSETS = {"hom qua": -1, "hqua": -1, "qua": -1, "hom kia": -2,
            "ngay kia": 2, "ngay mot": 2}  # fmt: skip
_COUNTED = Wording.of(
    r"\b(?P<before>cách đây |sau |)(?P<n>\d{1,3}) (?P<unit>ngày|hôm|bữa|tuần) ?(?P<after>nữa|tới nữa"
    r"|trước(?! khi| hạn| ngày)|rồi)\b"
    r"|\bcách đây (?P<n2>\d{1,3}) (?P<unit2>ngày|hôm|tuần)\b(?! làm việc)"
)
_SPAN = Wording.of(
    r"\b(?P<place>đầu |giữa |cuối |)(?P<unit>tuần|tháng|năm)(?P<which> (?:này|nay|sau|tới|trước|rồi"
    r"|vừa rồi|vừa qua|ngoái))\b"
    r"|\b(?P<place2>đầu|giữa|cuối) (?P<unit2>tuần|tháng|năm)\b(?! (?:\d|một|hai|ba|tư|bốn|sáu|bảy|tám"
    r"|chín|mười))"
)
_OF_MONTH = Wording.of(
    rf"\b(?P<place>đầu |giữa |cuối |)tháng (?P<m>\d{{1,2}}|{_MONTH_WORD})(?:(?:/| năm "
    rf"| )(?P<y>{_YEAR}))?(?![\w/])(?! ?(?:âm|tuổi|lương))"
)


def days(heard: Heard, today: date) -> Iterator[Entity]:
    """Days and spans of days, seen from `today`. A day without a year is the nearest one of that name."""
    yield from lunar_days(heard)
    yield from weekdays(heard, today)
    for read in (_written, _relative, _counted, _spans, _months):
        yield from read(heard, today)


def _written(heard: Heard, today: date) -> Iterator[Entity]:
    for wording in (_FULL, _SAID_MONTH, _DAY_MONTH, _HOLIDAY):
        for found in wording.found_in(heard):
            on = _day_written(found.groupdict(), today)
            if on:
                yield heard.entity(Kind.DATE, found, on.isoformat())


def _day_written(parts: dict[str, str | None], today: date) -> date | None:
    """None for a day that does not exist (30/2)."""
    day, month = parts["d"] or parts["d2"] or "", parts["m"] or parts["m2"] or ""
    year = parts.get("y") or parts.get("y2")
    try:
        if year:
            return date(_year(year), number(month), int(day))
        return _nearest(today, number(month), int(day))
    except ValueError:
        return None


def _year(written: str) -> int:
    """Two digits as people mean them: 85 is 1985, 26 is 2026."""
    year = int(written)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _nearest(today: date, month: int, day: int) -> date:
    """The day of that name nearest to today. Raises ValueError where there is none (29/2 needs its year)."""
    around = [
        date(today.year + shift, month, day)
        for shift in (-1, 0, 1)
        if _exists(today.year + shift, month, day)
    ]
    return min(around, key=lambda on: abs(on - today))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _relative(heard: Heard, today: date) -> Iterator[Entity]:
    for found in _RELATIVE_DAY.found_in(heard):
        word = fold(found["word"])
        shift = 1 if word.endswith("mai") else _OFFSETS.get(word, 0)
        yield heard.entity(Kind.DATE, found, (today + timedelta(days=shift)).isoformat())
    for found in _MAI.found_in(heard):
        if heard.text[found.start()].islower():
            yield heard.entity(Kind.DATE, found, (today + timedelta(days=1)).isoformat())


def _counted(heard: Heard, today: date) -> Iterator[Entity]:
    for found in _COUNTED.found_in(heard):
        count, unit = int(found["n"] or found["n2"]), fold(found["unit"] or found["unit2"])
        ahead = fold(found["after"] or "").endswith("nua")
        length = timedelta(days=count * (7 if unit == "tuan" else 1))
        yield heard.entity(Kind.DATE, found, (today + length if ahead else today - length).isoformat())


def _spans(heard: Heard, today: date) -> Iterator[Entity]:
    for found in _SPAN.found_in(heard):
        which = fold(found["which"] or "").strip()
        shift = (
            1
            if which in {"sau", "toi"}
            else -1
            if which in {"truoc", "roi", "vua roi", "vua qua", "ngoai"}
            else 0
        )
        first, last = _span(fold(found["unit"] or found["unit2"]), shift, today)
        place = fold(found["place"] or found["place2"] or "").strip()
        yield heard.entity(Kind.DATE, found, _third(first, last, place))


def _span(unit: str, shift: int, today: date) -> tuple[date, date]:
    """First and last day of the week, month or year that many away."""
    if unit == "tuan":
        monday = today + timedelta(days=7 * shift - today.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "nam":
        return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)
    return _month(today.year, today.month + shift)


def _month(year: int, month: int) -> tuple[date, date]:
    """First and last day; month 0 is December of the year before, 13 January of the next."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _third(first: date, last: date, place: str) -> str:
    """An ISO interval: the whole, or its first, middle or last third ("cuối tháng": from the 21st on)."""
    third = timedelta(days=((last - first).days + 1) // 3)
    if place == "dau":
        last = first + third - timedelta(days=1)
    elif place == "giua":
        first, last = first + third, first + 2 * third - timedelta(days=1)
    elif place == "cuoi":
        first = first + 2 * third
    return f"{first.isoformat()}/{last.isoformat()}"


def _months(heard: Heard, today: date) -> Iterator[Entity]:
    for found in _OF_MONTH.found_in(heard):
        month = number(found["m"])
        if not 1 <= month <= 12:
            continue
        year = int(found["y"]) if found["y"] else _nearest(today, month, 15).year
        yield heard.entity(Kind.DATE, found, _third(*_month(year, month), fold(found["place"]).strip()))
