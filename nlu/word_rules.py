"""Lists of words and phrases looked for in a text: with diacritics or, where a text has none, without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from nlu.abbreviations import expand
from nlu.text import clean, fold, has_diacritics

Phrase: TypeAlias = tuple[str, ...]

_GAP = "…"
_LONGEST_GAP = 3
_NOTHING = "·"
# Words, and marks of punctuation, so that a phrase never reaches over a comma.
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text made ready for word rules: abbreviations written out, lower case, cut into words."""

    tokens: Phrase
    marked: bool

    @classmethod
    def of(cls, text: str) -> Said:
        """Read a citizen's text, whatever its form."""
        text = tone_placed(expand(clean(text)).lower())
        return cls(tokens=tuple(_TOKEN.findall(text)), marked=has_diacritics(text))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Alternatives to look for, by their first word."""

    marked: Mapping[str, tuple[Phrase, ...]]
    folded: Mapping[str, tuple[Phrase, ...]]

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        """From words and phrases written with diacritics. "…" stands for up to three words in between;

        "=" before one: only with diacritics ("=tự tử": "tu tu" is "từ từ" too); "~": only without.
        """
        return cls(
            marked=_by_first(tone_placed(word.removeprefix("=")) for word in words if word[0] != "~"),
            folded=_by_first(fold(word.removeprefix("~")) for word in words if word[0] != "="),
        )

    def found_in(self, said: Said) -> list[str]:
        """What was found, in order, without overlaps, the longer before the shorter."""
        return [" ".join(said.tokens[start:end]) for start, end in self._spans(said)]

    def stand_in(self, said: Said) -> bool:
        """Whether any of the words stands in the text."""
        return next(self._spans(said), None) is not None

    def taken_out_of(self, said: Said) -> Said:
        """The text without them."""
        tokens = list(said.tokens)
        for start, end in self._spans(said):
            tokens[start:end] = [_NOTHING] * (end - start)
        return replace(said, tokens=tuple(tokens))

    def _spans(self, said: Said) -> Iterator[tuple[int, int]]:
        phrases = self.marked if said.marked else self.folded
        at = 0
        while at < len(said.tokens):
            ends = [_end(phrase, said.tokens, at) for phrase in phrases.get(said.tokens[at], ())]
            longest = max(ends, default=0)
            if longest:
                yield at, longest
            at = longest or at + 1


def tone_placed(text: str) -> str:
    """The newer placing of tone marks made the older one, as people type it: "hoà", "uỷ" as "hòa", "ủy"."""
    return _NEW_PLACE.sub(lambda found: _OLD_PLACE[found.group()], text)


_OLD_PLACE = {
    "oà": "òa",
    "oá": "óa",
    "oả": "ỏa",
    "oã": "õa",
    "oạ": "ọa",
    "oè": "òe",
    "oé": "óe",
    "oẻ": "ỏe",
    "oẽ": "õe",
    "oẹ": "ọe",
    "uỳ": "ùy",
    "uý": "úy",
    "uỷ": "ủy",
    "uỹ": "ũy",
    "uỵ": "ụy",
}
# "quý" and "quỳ" keep theirs: there the u belongs to qu. So do syllables that go on ("hoàn").
_NEW_PLACE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_PLACE)})(?!\w)")


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
    listed: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        tokens = tuple(_TOKEN.findall(phrase))
        listed[tokens[0]].append(tokens)
    return {first: tuple(phrases) for first, phrases in listed.items()}


def _end(phrase: Phrase, tokens: Phrase, at: int) -> int:
    """Where a phrase that starts at this token ends; 0 if it does not stand there."""
    for place, word in enumerate(phrase):
        if word == _GAP:
            rest = phrase[place + 1 :]
            return max(_end(rest, tokens, at + gap) for gap in range(_LONGEST_GAP + 1))
        if at >= len(tokens) or tokens[at] != word:
            return 0
        at += 1
    return at
