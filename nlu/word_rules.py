"""Lists of words and phrases looked for in a text: with diacritics or, where a text has none, without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import TypeAlias

from nlu.abbreviations import expand
from nlu.text import clean, fold, has_diacritics

Phrase: TypeAlias = tuple[str, ...]

_GAP = "…"
_LONGEST_GAP = 3
#: Stands where words were taken out.
NOTHING = "·"
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
        return _said(text)

    @property
    def words(self) -> Phrase:
        """The words, without marks of punctuation and places where words were taken out."""
        return tuple(token for token in self.tokens if token[0].isalnum())

    def without(self, *lists: Words) -> Said:
        """The text with the words of each list taken out, one list after the other."""
        return reduce(lambda said, words: words.taken_out_of(said), lists, self)

    def cut(self, start: int, end: int) -> Said:
        """The words from one place up to another, read as the whole was."""
        return replace(self, tokens=self.tokens[start:end])


@lru_cache(maxsize=256)
def _said(text: str) -> Said:
    """A dozen lists of words are looked for in the same message, one after the other."""
    text = tone_placed(expand(clean(text)).lower())
    return Said(tokens=tuple(_TOKEN.findall(text)), marked=has_diacritics(text))


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

    @classmethod
    def listed(cls, words: str) -> Words:
        """From words in one line, "|" between them: "gửi đi | gửi luôn"."""
        return cls.of([word.strip() for word in words.split("|")])

    def or_else(self, others: Words) -> Words:
        """These words, and others."""
        return Words(marked=_joined(self.marked, others.marked), folded=_joined(self.folded, others.folded))

    def found_in(self, said: Said) -> list[str]:
        """What was found, in order, without overlaps, the longer before the shorter."""
        return [" ".join(said.tokens[start:end]) for start, end in self.spans_in(said)]

    def stand_in(self, said: Said) -> bool:
        """Whether any of the words stands in the text."""
        return next(self.spans_in(said), None) is not None

    def are_all_of(self, said: Said, *, but: Sequence[Words] = ()) -> bool:
        """Whether they stand in the text, and nothing else but words of the lists in `but`."""
        return self.stand_in(said) and not said.without(self, *but).words

    def taken_out_of(self, said: Said) -> Said:
        """The text without them."""
        tokens = list(said.tokens)
        for start, end in self.spans_in(said):
            tokens[start:end] = [NOTHING] * (end - start)
        return replace(said, tokens=tuple(tokens))

    def spans_in(self, said: Said) -> Iterator[tuple[int, int]]:
        """Where they stand, as places of words: the first, and the one after the last."""
        phrases = self.marked if said.marked else self.folded
        if phrases.keys().isdisjoint(said.tokens):  # nearly always, and 150 lists are asked
            return
        at = 0
        while at < len(said.tokens):
            begun = phrases.get(said.tokens[at])
            longest = max(_end(phrase, said.tokens, at) for phrase in begun) if begun else 0
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


def _joined(
    some: Mapping[str, tuple[Phrase, ...]], others: Mapping[str, tuple[Phrase, ...]]
) -> dict[str, tuple[Phrase, ...]]:
    return {first: (*some.get(first, ()), *others.get(first, ())) for first in {*some, *others}}


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
