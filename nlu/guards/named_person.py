"""Whether a text names a person: "ông Tám", "chị T", "tên Hải", "Nguyễn Văn A". Not "ông chủ tịch"."""

from __future__ import annotations

import re
from functools import cache

from nlu.guards.word_lists import plain_words, word_lists
from nlu.text import clean, fold
from nlu.word_rules import Said, tone_placed

_TITLES = "ông|ong|bà|ba|anh|chị|chi|thằng|thang|lão|mụ|cô|thầy|chú|chu|bác|bac|cậu|tên|ten"
# "·" stands where a role was: "ông chủ tịch Hùng", "cán bộ T".
_NAMED = re.compile(rf"(?<!\w)(?:{_TITLES})(?: ·)* ([^\W\d_]{{2,}})")
# A role or a title with initials: "cán bộ T", "ông N.V.T", "anh a ở địa chính".
_INITIALS = re.compile(
    rf"(?<!\w)(?i:{_TITLES}|cán bộ|can bo|công an|cong an|thôn|thon) "
    r"(?:[A-ZĐ](?!\w)(?!\s+(?:ơi|oi)\b)|[a-z](?:\.[a-z])+(?!\w))"
)
# "Cán bộ tên Hương", "tên là Lan": a name that is told, if it is one that people are given.
_CALLED = re.compile(r"(?<!\w)(?:tên|ten)(?: là| la)? ([^\W\d_]{2,})")
_ALPHA = re.compile(r"(?<!\w)(?:ông|ong|bà|anh|chị|chi) a(?= (?!ơi|oi)\w)")
_FAMILY_NAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|dao|cao|luong"
)
_MIDDLE_NAMES = "van|thi|huu|duc|dinh|xuan|quang|minh|ngoc|thanh|cong|trong|viet|manh|ba|dang|quoc"
_FULL_NAME = re.compile(
    rf"(?P<before>\w*|·) ?(?<!\w)(?:{_FAMILY_NAMES}) (?:{_MIDDLE_NAMES}) (?P<given>[^\W\d_]+)"
)
#: Before a full name, these make it the name of a street or a school.
_STREETS = frozenset({"duong", "pho", "ngo", "ngach", "hem", "truong", "cho", "cau", "thpt", "thcs"})
_STREETS_MARKED = _STREETS | {"đường", "phố", "ngõ", "ngách", "hẻm", "trường", "chợ", "cầu"}
_TITLED = re.compile(rf"(?P<before>\w*) ?(?<!\w)(?:{_TITLES})(?: ·)* (?P<given>[^\W\d_]{{2,}})")


def names_a_person(said: Said, text: str) -> bool:
    """Whether somebody can be known by it: a name, initials, a full name that is no street's.

    text: as it was sent, because only there a lone letter is a capital one.
    """
    roles = word_lists("accusation")["roles"].taken_out_of(said)
    words = " ".join(roles.tokens)
    if any(_is_name(found[1], marked=said.marked) for found in _NAMED.finditer(words)):
        return True
    if any(is_given_name(found[1], marked=said.marked) for found in _CALLED.finditer(" ".join(said.tokens))):
        return True
    if _INITIALS.search(clean(text)) or _ALPHA.search(words):
        return True
    return any(
        found["before"] not in _STREETS and _is_name(found["given"], marked=False)
        for found in _FULL_NAME.finditer(fold(words))
    )


def names_a_known_person(said: Said, text: str) -> bool:
    """As names_a_person, but after a title only a name that people are given counts: not "đèn tắt ba ngày".

    For texts that a person is about to publish, where a wrong alarm costs more than among accusations.
    """
    words = " ".join(word_lists("accusation")["roles"].taken_out_of(said).tokens)
    titled = (found for found in _TITLED.finditer(words) if found["before"] not in _STREETS_MARKED)
    called = _CALLED.finditer(words)
    if any(is_given_name(found["given"], marked=said.marked) for found in titled):
        return True
    if any(is_given_name(found[1], marked=said.marked) for found in called) or _INITIALS.search(clean(text)):
        return True
    return any(
        found["before"] not in _STREETS and _is_name(found["given"], marked=False)
        for found in _FULL_NAME.finditer(fold(words))
    )


def begins_like_a_full_name(words: str) -> bool:
    """ "Nguyễn Thị Mai", "le mai": a frequent family name and something after it."""
    return re.match(rf"(?:{_FAMILY_NAMES}) \w", fold(words)) is not None


def _is_name(word: str, *, marked: bool) -> bool:
    names = _names()
    return word not in names["not_names"] if marked else word in names["given_names_folded"]


def is_given_name(word: str, *, marked: bool) -> bool:
    """Whether people are given this word, in small letters, as a name; folded where it is not marked."""
    return word in _names()["given_names" if marked else "given_names_folded"]


@cache
def _names() -> dict[str, frozenset[str]]:
    listed = plain_words("names")
    plain = {name: frozenset(tone_placed(word.lower()) for word in words) for name, words in listed.items()}
    return {**plain, **{f"{name}_folded": frozenset(map(fold, words)) for name, words in plain.items()}}
