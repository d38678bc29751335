"""What somebody typed into a search box, as words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.text import fold

#: More say nothing more, and each one costs.
MOST_WORDS = 12
#: Fewer letters begin nearly every word there is.
SHORTEST_BEGINNING = 2

_WORD = re.compile(r"[a-z0-9]+")
_PHONE = re.compile(r"(?<![0-9])(?:\+?84|0)(?:[ .\-]?[0-9]){8,10}(?![0-9])")


@dataclass(frozen=True, kw_only=True)
class Words:
    """ways: each some words that must all stand there; one way is enough. The last may only have begun."""

    ways: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, typed: str) -> Words:
        """A telephone number is found as it was typed and as it is dialled."""
        folded = fold(typed)
        texts = dict.fromkeys((folded, _PHONE.sub(_dialled, folded)))
        ways = (tuple(_WORD.findall(text)[:MOST_WORDS]) for text in texts)
        return cls(ways=tuple(way for way in ways if way))

    def __bool__(self) -> bool:
        return bool(self.ways)

    def says(self, word: str) -> bool:
        """Whether this word of a text, marks or not, is one of those asked for."""
        folded = fold(word)
        return any(folded in way or (may_begin(way[-1]) and folded.startswith(way[-1])) for way in self.ways)


def may_begin(word: str) -> bool:
    """Whether it is long enough to be taken for the beginning of a word."""
    return len(word) >= SHORTEST_BEGINNING


def _dialled(number: re.Match[str]) -> str:
    digits = re.sub(r"[^0-9]", "", number[0])
    return f"0{digits[2:]}" if digits.startswith("84") else digits
