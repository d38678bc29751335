"""Sums of money in đồng, as people write and say them: "500k", "2tr5", "1 triệu rưỡi", "năm mươi nghìn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording
from nlu.number_words import NUMBERS
from nlu.text import fold

_UNITS = {
    "k": 1_000, "nghin": 1_000, "ngan": 1_000, "tr": 1_000_000, "trieu": 1_000_000, "cu": 1_000_000,
    "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
_NUMERAL = r"(?<![\w.,/-])(?P<numeral>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)"
_AFTER = r"(?P<after> ?rưỡi|\d{1,3}|(?: \d{1,3})(?=\s?(?:nghìn|ngàn|k|trăm|đ|đồng|$)))?"
_SAID = Wording.of(
    rf"{_NUMERAL}(?:(?P<short>k|tr|tỷ|tỉ)|\s?(?P<long>nghìn|ngàn|triệu|tr|củ|tỷ|tỉ)(?! (?:lệ|tập|người"
    rf"|dân)\b))"
    rf"(?![a-zđà-ỹ]){_AFTER}(?: ?(?:nghìn|ngàn|k))?(?: ?(?:đồng|đ|vnđ|vnd))?(?!\w)"
)
_COUNTED = Wording.of(rf"{_NUMERAL}\s?(?:đồng|vnđ|vnd|đ)(?!\w)")
#: "điểm 2 đ" and "khoản 5 d" are letters of a law; no sum that people pay is smaller.
_SMALLEST_BARE = 1_000
_ONES = {**NUMBERS, "lam": 5}
_DIGIT_WORDS = "một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín"
_IN_WORDS = Wording.of(
    rf"\b(?P<words>(?:(?:{_DIGIT_WORDS}|mười|mươi|chục|trăm|linh|lẻ) ?){{1,6}}|nửa )"
    r"(?P<unit>nghìn|ngàn|triệu|tỷ|tỉ)\b(?! (?:lệ|tập|người|dân)\b)(?P<after> rưỡi)?(?: đồng)?"
)


def sums(heard: Heard) -> Iterator[Entity]:
    """Each with its value in đồng. Amounts of other things ("30m2", "5 triệu người") are no money."""
    for found in _SAID.found_in(heard):
        yield heard.entity(Kind.MONEY, found, str(_value(found)))
    for found in _COUNTED.found_in(heard):
        amount = _numeral(found["numeral"], unit=1)
        if amount >= _SMALLEST_BARE or found[0].endswith(("đồng", "dong", "vnđ", "vnd")):
            yield heard.entity(Kind.MONEY, found, str(amount))
    for found in _IN_WORDS.found_in(heard):
        unit = _UNITS[fold(found["unit"])]
        half = unit // 2 if found["after"] else 0
        yield heard.entity(Kind.MONEY, found, str(_in_words(found["words"], unit) + half))


def _value(found: re.Match[str]) -> int:
    unit = _UNITS[fold(found["short"] or found["long"])]
    after = (found["after"] or "").strip()
    rest = unit // 2 if after and not after.isdecimal() else _fraction(after, unit)
    return _numeral(found["numeral"], unit=unit) + rest


def _fraction(after: str, unit: int) -> int:
    """ "2tr5" and "2 triệu 500 nghìn" are both two and a half."""
    return int(after) * unit // int(f"1{'0' * len(after)}") if after else 0


def _numeral(numeral: str, *, unit: int) -> int:
    """ "1.500.000" counts thousands; "1,5" of a unit is a fraction."""
    head, mark, tail = numeral.replace(",", ".").rpartition(".")
    if mark and len(tail) != 3:
        return int(head) * unit + _fraction(tail, unit)
    return int(numeral.replace(".", "").replace(",", "")) * unit


def _in_words(words: str, unit: int) -> int:
    """ "hai trăm năm mươi" → 250 times the unit; "nửa" → half of it."""
    total = last = 0
    for word in fold(words).split():
        if word == "nua":
            return unit // 2
        if word == "tram":
            total, last = total + (last or 1) * 100, 0
        elif word in {"muoi", "chuc"}:
            total, last = total + (last or 1) * 10, 0
        elif word not in {"linh", "le"}:
            last = _ONES.get(word, 1)
    return (total + last) * unit
