"""Contacts: telephone numbers of people and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording, digits, labelled
from nlu.text import fold

# It begins where its run of letters does: read from every letter, a long word would take a second.
_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?:@| ?\(at\) ?| ?\[at\] ?| @ )[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_BEFORE = r"(?:(?<![\w.])|(?<=sdt)|(?<=sđt)|(?<=dt)|(?<=đt)|(?<=zalo)|(?<=tel))"
_MOBILE = re.compile(
    rf"{_BEFORE}(?:\(?\+?84\)?(?:\s?\(0\))?|[0oO])[\s.-]?[35789](?:[\s.-]?\d|[oO]){{8}}(?!\d)", re.IGNORECASE
)
# Landlines: area code 02x or 02xx, then seven or eight digits.
_LANDLINE = re.compile(
    rf"{_BEFORE}(?:\(?\+?84\)?[\s.-]?|\(?0)2\d{{1,2}}\)?[\s.-]?\d{{3,4}}[\s.-]?\d{{4}}(?!\d)", re.IGNORECASE
)
# Behind its label also without the first 0, and however it is grouped.
_LABELLED = labelled(
    r"sđt|sdt|số điện thoại|điện thoại|đt|zalo|hotline|gọi(?: lại)?(?: cho)?(?: tôi| em)?|liên hệ|lh",
    r"(?:\+?84|0)?[\s.-]?[35789](?:[\s.-]?\d){8}(?!\d)",
    between=8,
)
# Read out: "không chín một hai …", in words or partly in digits.
_SPOKEN = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_DIGIT = rf"(?:{'|'.join(_SPOKEN)}|\d)"
_READ_OUT = Wording.of(
    rf"(?<!\w)(?:không|0)[\s,.-]{{0,2}}(?:ba|năm|bảy|bẩy|tám|chín|[35789])(?:[\s,.-]{{0,2}}{_DIGIT}){{8}}(?!\w)"
)
_OF_WORDS = {fold(word): digit for word, digit in _SPOKEN.items()}
_SPOKEN_OR_DIGIT = re.compile(rf"{'|'.join(_OF_WORDS)}|\d")


def e_mails(heard: Heard) -> Iterator[Entity]:
    for found in _E_MAIL.finditer(heard.text):
        yield heard.entity(Kind.E_MAIL, found, found[0].lower())


def phones(heard: Heard) -> Iterator[Entity]:
    """Mobile numbers (0 or +84, then 3 5 7 8 9 and eight digits) and landlines; no hotlines (1022)."""
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(heard.text):
            yield heard.entity(Kind.PHONE, found, _at_home(found[0]))
    for found in _LABELLED.found_in(heard):
        yield heard.entity(Kind.PHONE, found, _at_home(found["number"]), group="number")
    for found in _READ_OUT.found_in(heard):
        yield heard.entity(Kind.PHONE, found, _read_out(found[0]))


def _read_out(number: str) -> str:
    return "".join(str(_OF_WORDS.get(word, word)) for word in _SPOKEN_OR_DIGIT.findall(fold(number)))


def _at_home(number: str) -> str:
    """+84 912 345 678 → 0912345678."""
    dialled = digits(number.replace("o", "0").replace("O", "0"))
    return f"0{dialled.removeprefix('84' if len(dialled) > 10 else '').removeprefix('0')}"
