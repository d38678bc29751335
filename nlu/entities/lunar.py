"""Days of the lunar calendar: "mùng 5 tết", "rằm tháng bảy", "10/3 âm lịch". Recognised, never converted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording
from nlu.number_words import number
from nlu.text import fold

_MONTHS = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "một", "chạp")
_MONTH_OF = {fold(name): place for place, name in enumerate(_MONTHS, start=1)}
_DAY_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DAY = rf"(?P<d>\d{{1,2}}|{'|'.join(_DAY_WORDS)})"
_WORD_MONTH = rf"(?P<m>\d{{1,2}}|{'|'.join(_MONTHS)})"
_NEW_YEAR = Wording.of(
    rf"\b(?:mùng|mồng|ngày|sáng)? ?{_DAY} (?P<tet>tết)\b(?! (?:dương|tây|thiếu|trung|độc))"
)
_FIRST_DAYS = Wording.of(
    rf"\b(?:mùng|mồng) {_DAY}\b(?! ?[/-] ?\d)(?! tháng (?:\d|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))"
)
_FULL_MOON = Wording.of(rf"\brằm(?: tháng {_WORD_MONTH})?\b")
_SAID_SO = Wording.of(
    rf"\b(?:ngày |mùng |mồng )?(?P<d>\d{{1,2}})(?: ?[/-] ?| tháng ){_WORD_MONTH} ?(?:âm lịch|âm|al)\b"
)
_OLD_MONTH = Wording.of(r"\b(?:(?:ngày |mùng )?(?P<d>\d{1,2}) )?tháng (?P<m>giêng|chạp)\b")
_EVE = Wording.of(r"\b(?:giao thừa|tất niên)\b")
#: New Year's Eve is the 30th, or the 29th of a short month: the month is certain.
_LAST_MONTH = "--12"


def lunar_days(heard: Heard) -> Iterator[Entity]:
    """Each as --MM-DD, --MM or ---DD with is_lunar."""
    for wording in (_SAID_SO, _NEW_YEAR, _FULL_MOON, _OLD_MONTH, _FIRST_DAYS):
        for found in wording.found_in(heard):
            parts = found.groupdict()
            value = _value(_day(parts), _month(parts))
            if value:
                yield replace(heard.entity(Kind.DATE, found, value), is_lunar=True)
    for found in _EVE.found_in(heard):
        yield replace(heard.entity(Kind.DATE, found, _LAST_MONTH), is_lunar=True)


def _day(parts: dict[str, str | None]) -> int:
    """0 where none is said; rằm is the 15th."""
    if "d" not in parts:
        return 15
    said = parts["d"]
    return number(said) if said else 0


def _month(parts: dict[str, str | None]) -> int:
    """Tết is in the first month, but for its last days of the year before ("28 tết")."""
    if parts.get("tet"):
        return 12 if _day(parts) > 20 else 1
    said = parts.get("m")
    return 0 if not said else int(said) if said.isdecimal() else _MONTH_OF[fold(said)]


def _value(day: int, month: int) -> str:
    if day > 30 or month > 12:
        return ""
    if not month:
        return f"---{day:02}" if day else ""
    return f"--{month:02}-{day:02}" if day else f"--{month:02}"
