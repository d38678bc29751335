"""Names of people, whoever is accused and whoever tells; not of streets, schools and shops named so.

What a name is, the words before it say: a title ("anh Hùng"), a role ("chủ quán Nguyễn Thị Hoa"), the word
"tên". Without any, only a full name of a common form ("Trần Văn Bảy") that is no street's. The words are data
in data/people_names.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard
from nlu.guards.named_person import is_given_name
from nlu.text import fold
from nlu.word_rules import tone_placed

_WORD = re.compile(r"đ/c|[^\W\d_]+|\d[\w/]*", re.IGNORECASE)
#: Words of a Vietnamese name at most: family, two middles, two given.
_LONGEST = 5
#: Words before a name that are looked at.
_BEFORE = 4


@dataclass(frozen=True, kw_only=True)
class _Word:
    """A word of the text. key: as the lists have it, folded in a text without marks; gap: what stands between
    it and the word before."""

    text: str
    key: str
    start: int
    end: int
    gap: str
    marked: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    def is_in(self, name: str) -> bool:
        return self.key in _lists(marked=self.marked)[name]


def names_of_people(heard: Heard) -> Iterator[Entity]:
    """Each name without its title; value: the name folded. None overlap."""
    words = _words(heard)
    at = 0
    while at < len(words):
        length = _length_of_name(words, at)
        if length:
            start, end = words[at].start, words[at + length - 1].end
            value = fold(heard.text[start:end])
            yield Entity(kind=Kind.PERSON_NAME, start=start, end=end, text=heard.text[start:end], value=value)
        at += length or 1


def _words(heard: Heard) -> list[_Word]:
    words, end = [], 0
    for found in _WORD.finditer(heard.text):
        start, gap = found.start(), heard.text[end : found.start()]
        end = found.end()
        key = heard.spoken[start:end]
        words.append(_Word(text=found[0], key=key, start=start, end=end, gap=gap, marked=heard.marked))
    return words


def _length_of_name(words: Sequence[_Word], at: int) -> int:
    """How many words the name has that begins here; 0 when none does."""
    capitals = _run_of_capitals(words, at)
    before = _clause_before(words, at)
    if capitals and _is_told_to_be_a_person(words[at : at + capitals], before):
        return capitals
    return 0 if capitals else _small_name(words, at, before)


def _run_of_capitals(words: Sequence[_Word], at: int) -> int:
    """Words with a capital from here on, one space apart, at most as many as a name has."""
    length = 0
    for word in words[at : at + _LONGEST]:
        after_initial = length and len(words[at + length - 1].text) == 1
        is_joined = not length or word.gap == " " or (after_initial and word.gap in {".", ". "})
        if not (word.is_capital and is_joined) or _is_never_a_name(words, at + length):
            break
        length += 1
    return length


def _is_never_a_name(words: Sequence[_Word], at: int) -> bool:
    two = " ".join(word.key for word in words[at : at + 2])
    return words[at].is_in("never") or two in _lists(marked=words[at].marked)["never"]


def _clause_before(words: Sequence[_Word], at: int) -> list[_Word]:
    """The words before, back to a mark of punctuation; a colon behind "tên" is none."""
    first = at
    while first > max(at - _BEFORE, 0) and not words[first].gap.strip(" :"):
        first -= 1
    return list(words[first:at])


def _is_told_to_be_a_person(name: Sequence[_Word], before: Sequence[_Word]) -> bool:
    full = len(name) > 1 and name[0].is_in("families")
    told = _without_links(before)
    if len(told) < len(before) and not _stands_last(told, "things", within=2):
        return len(name) > 1 or _is_given(name[0])
    if _stands_last(told, "doubtful") and not (full and len(name) > 2):
        return False
    if _stands_last(told, "titles"):
        return not _stands_last(told[:-1], "places")
    if _stands_last(told, "young"):
        return full or _is_given(name[0])
    if full and (_stands_last(told, "roles") or _is_an_owner(told)):
        return True
    return full and _is_a_common_full_name(name, told)


def _is_given(word: _Word) -> bool:
    return is_given_name(word.key, marked=word.marked)


def _is_a_common_full_name(name: Sequence[_Word], before: Sequence[_Word]) -> bool:
    said = " ".join(word.key for word in name)
    is_elsewhere = _stands_last(before, "places") or (before and before[-1].key[0].isdigit())
    is_street = any(said.startswith(street) for street in _lists(marked=name[0].marked)["streets"])
    return len(name) > 2 and name[1].is_in("middles") and not is_elsewhere and not is_street


def _small_name(words: Sequence[_Word], at: int, before: Sequence[_Word]) -> int:
    """The length of a full name in small letters, behind "tên là" or a title: "ten la tran van bay"."""
    told = _without_links(before)
    is_named = len(told) < len(before) and not _stands_last(told, "things", within=2)
    if not (is_named or _stands_last(told, "titles")):
        return 0
    if words[at].is_in("links") or not words[at].is_in("families"):
        return 0
    rest = words[at + 1 : at + _LONGEST]
    joined = next((n for n, word in enumerate(rest) if word.gap != " "), len(rest))
    longest = max((n for n, word in enumerate(rest[:joined], 2) if n <= 4 and _is_given(word)), default=0)
    return longest if longest >= (2 if is_named else 3) else 0


def _without_links(before: Sequence[_Word]) -> list[_Word]:
    """The words before without "tên", "là" … at their end."""
    told = list(before)
    while told and told[-1].is_in("links"):
        told.pop()
    return told


def _stands_last(words: Sequence[_Word], name: str, *, within: int = 1) -> bool:
    """Whether the last words, or those up to `within` places before, are one of the list."""
    listed = _lists(marked=words[-1].marked)[name] if words else frozenset()
    spans = ((start, end) for end in _ends(words, within) for start in range(max(end - 3, 0), end))
    return any(" ".join(word.key for word in words[start:end]) in listed for start, end in spans)


def _ends(words: Sequence[_Word], within: int) -> range:
    return range(len(words), max(len(words) - within, 0), -1)


def _is_an_owner(told: Sequence[_Word]) -> bool:
    """ "Chủ quán", "chủ cửa hàng"."""
    return any(word.is_in("owners") for word in told[-3:])


@cache
def _lists(*, marked: bool) -> dict[str, frozenset[str]]:
    table: dict[str, list[str]] = yaml.safe_load(
        files("nlu").joinpath("data/people_names.yml").read_text(encoding="utf-8")
    )
    return {name: frozenset(_as_heard(words, marked=marked)) for name, words in table.items()}


def _as_heard(words: Sequence[str], *, marked: bool) -> Iterator[str]:
    """ "~": only in a text without marks, as in the lists of word_rules."""
    for word in words:
        if not marked:
            yield fold(word.removeprefix("~"))
        elif not word.startswith("~"):
            yield tone_placed(word)
