"""The words by which one of several buttons is chosen: its number, its place, its label or a part of it.

All are read folded: "cái thứ hai" and "cai thu 2" are one. Only a message that says nothing else chooses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.follow_up import ASKING
from nlu.asked_part import asked_part
from nlu.number_words import NUMBERS
from nlu.text import fold, syllables

_ORDINALS = {**NUMBERS, "nhat": 1, "dau": 1, "dau tien": 1, "nhi": 2}
_LAST = frozenset({"cuoi", "cuoi cung", "chot"})
#: Folded words that may stand before, around and after what chooses.
_LEAD = r"(?:(?:a|da|vang|thua|ok|thi|la|toi|minh|em|chau|con|cho|lay|xem|chon|bam|muon|hoi) )*"
_POINTER = r"(?:(?:cai|so|muc|y|nut|lua chon|phuong an|dong|thu tuc|viec|cau|loai|truong hop|thu) )"
_TAIL = (
    r"(?: (?:a|ah|nhe|nha|nhi|di|dum|giup|voi|em|anh|chi|ban|oi|ay|do|nay|kia|thoi|day|roi|tren|toi|minh))*"
)
_DIGITS = re.compile(rf"{_LEAD}{_POINTER}*(\d{{1,2}}){_TAIL}")
_SPELT = re.compile(
    rf"{_LEAD}{_POINTER}+({'|'.join(sorted((*_ORDINALS, *_LAST), key=len, reverse=True))}){_TAIL}"
)
_STARS = re.compile(
    r"(?:toi |em |minh )?(?:danh gia |cham |cho )*([1-5])(?: ?(?:sao|diem))?(?: (?:tren )?5)?"
)
_NOT = "(?:khong|ko|hong|chang|chua)"
_THING = "(?:cai|muc|viec|thu tuc)"
_NONE = re.compile(
    r"(?:(?:a|da|thua|oi|vay|the|thi) )*(?:(?:deu|cung|toan|van|lai|cu|vua) )*"
    rf"(?:{_NOT} (?:phai|dung|trung|lien quan)(?: y(?: (?:toi|minh|em))?)?|{_NOT} (?:co )?{_THING} nao"
    rf"|sai(?: het| bet)?|nham|(?:{_THING} )?khac(?: co)?)"
    rf"(?: (?:la|may|cac|nhung|mot|ca|{_THING}|thu|nao|het|dung|phai|lien quan|hai|ba|bon|dau|a)){{0,5}}"
    rf"{_TAIL}"
)
#: Folded syllables around the name of a choice.
_AROUND = frozenset(
    (  # noqa: SIM905 -- read as a sentence is
        "a ah da vang thua cai muc so viec chon lay xem toi em minh anh chi chau con ban oi nhe nha di ay "
        "kia do nay la thi cho lam bam nut muon hoi thu tuc truong hop loai voi giup dum roi"
    ).split()
)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.| –) ")
#: Words of a message that may still be the name of a choice; a longer one is a question of its own.
LONGEST_NAME = 10
#: Words that could as well ask choose from that many on, side by side.
FEWEST_OF_A_PHRASE = 2


def place_said(text: str, count: int, last: int = 0) -> int | None:
    """The place, 0 the first, that "2", "số 2", "cái thứ hai", "cái cuối" says; None if none of `count`.

    last: how many of them "the last" counts; 0 for all.
    """
    said = _said(text)
    digits, spelt = _DIGITS.fullmatch(said), _SPELT.fullmatch(said)
    if digits:
        place = int(digits[1])
    elif spelt:
        place = (last or count) if spelt[1] in _LAST else _ORDINALS[spelt[1]]
    else:
        return None
    return place - 1 if 1 <= place <= count else None


def is_number(text: str) -> bool:
    """True for one or two digits and nothing else, which is never a question."""
    words = syllables(text)
    return len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) <= 2


def stars_said(text: str) -> int | None:
    """1 to 5 for "5", "5 sao", "4/5", "tôi chấm 3 điểm"; None for anything else."""
    found = _STARS.fullmatch(_said(text))
    return int(found[1]) if found else None


def denies_all(text: str) -> bool:
    """True for "không phải mấy cái đó", "không cái nào đúng", "sai rồi", and nothing more said."""
    return _NONE.fullmatch(_said(text)) is not None


def label_said(text: str, labels: Sequence[str]) -> int | None:
    """The place of the label that the message says whole, without its number; None if none or several."""
    said = _said(text)
    return _only([_said(_NUMBERED.sub("", label)) == said for label in labels])


def part_of_label_said(text: str, labels: Sequence[str]) -> int | None:
    """The place of the one label that has all words of the message, but for those that only point.

    None when several have them, none has, or the message holds asking words alone.
    """
    words = _telling(text)
    if len(syllables(text)) > LONGEST_NAME:
        return None
    if words <= ASKING:
        return _phrase_of_label_said(text, labels)
    return _only([words <= _telling(_NUMBERED.sub("", label)) for label in labels])


def _phrase_of_label_said(text: str, labels: Sequence[str]) -> int | None:
    """ "Cấp lại" asks for nothing, though its words may: two of them, side by side in one label alone."""
    words = [word for word in syllables(fold(text)) if word not in _AROUND]
    if len(words) < FEWEST_OF_A_PHRASE or asked_part(text):
        return None
    phrase = f" {' '.join(words)} "
    return _only([phrase in f" {_said(_NUMBERED.sub('', label))} " for label in labels])


def _telling(text: str) -> set[str]:
    return set(syllables(fold(text))) - _AROUND


def _said(text: str) -> str:
    return " ".join(syllables(fold(text)))


def _only(fits: Sequence[bool]) -> int | None:
    return fits.index(True) if sum(fits) == 1 else None
