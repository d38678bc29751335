"""Patterns over Vietnamese words, on a text with diacritics as it is and on one without them folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlu.entities.entity import Entity, Kind
from nlu.text import clean, fold, has_diacritics, syllables
from nlu.word_rules import tone_placed

#: Of ten Vietnamese syllables some seven carry a mark. A text with fewer than this share was typed without,
#: but for a word the keyboard completed ("đăng ký ket hon voi nguoi han"). Stated, not tuned.
FEWEST_MARKED = 1 / 4


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A cleaned text and the form of it that patterns are matched on, letter for letter as long.

    spoken: lower case, tone marks placed in one way; without any where the text has next to none.
    """

    text: str
    spoken: str
    marked: bool

    @classmethod
    def of(cls, text: str) -> Heard:
        cleaned = clean(text)
        words = syllables(cleaned)
        marked = sum(map(has_diacritics, words)) >= len(words) * FEWEST_MARKED
        letters = "".join(map(_lower if marked else _folded, cleaned))
        return cls(text=cleaned, spoken=tone_placed(letters), marked=marked)

    def entity(self, kind: Kind, found: re.Match[str], value: str, *, group: int | str = 0) -> Entity:
        start, end = found.span(group)
        return Entity(kind=kind, start=start, end=end, text=self.text[start:end], value=value)


@lru_cache(maxsize=4096)
def _lower(letter: str) -> str:
    lowered = letter.lower()
    return lowered if len(lowered) == 1 else letter


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A pattern written with diacritics, in lower case, tried without them on a text that has none."""

    marked: re.Pattern[str]
    bare: re.Pattern[str]

    @classmethod
    def of(cls, source: str) -> Wording:
        """From the source of a regular expression. Its escapes in lower case: folded, \\W would be \\w."""
        source = tone_placed(source)
        return cls(marked=re.compile(source), bare=re.compile(fold(source).replace("(?p", "(?P")))

    def found_in(self, heard: Heard) -> Iterator[re.Match[str]]:
        return (self.marked if heard.marked else self.bare).finditer(heard.spoken)


def labelled(labels: str, number: str, *, between: int = 12) -> Wording:
    """A number behind a word that says what it is, up to `between` characters (no digit) after it."""
    return Wording.of(rf"(?<![^\s\d(,;:.])(?:{labels})[^\d\n]{{0,{between}}}?(?P<number>{number})")


def digits(text: str) -> str:
    """Its decimal digits, as ASCII."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())
