"""Lists of words as one pattern each: whole words, with diacritics or, where a text has none, without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nlu.abbreviations import expand
from nlu.text import clean, fold, has_diacritics


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text made ready for word rules: abbreviations written out, lower case."""

    text: str
    marked: bool

    @classmethod
    def of(cls, text: str) -> Said:
        """Read a citizen's text, whatever its form."""
        text = tone_placed(expand(clean(text)).lower())
        return cls(text=text, marked=has_diacritics(text))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Alternatives to look for. In a list of words, "…" stands for up to three words in between;

    "=" before one: only with diacritics ("=tự tử": "tu tu" is "từ từ" too); "~": only without.
    """

    marked: re.Pattern[str]
    folded: re.Pattern[str]

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        """Compile a list of words and phrases, written with diacritics."""
        return cls(
            marked=_any_of(tone_placed(word.removeprefix("=")) for word in words if word[0] != "~"),
            folded=_any_of(fold(word.removeprefix("~")) for word in words if word[0] != "="),
        )

    def found_in(self, said: Said) -> list[str]:
        """What was found, in order, without overlaps."""
        return (self.marked if said.marked else self.folded).findall(said.text)

    def taken_out_of(self, said: Said) -> Said:
        """The text without them."""
        pattern = self.marked if said.marked else self.folded
        return replace(said, text=pattern.sub(" ", said.text))

    def stand_in(self, said: Said) -> bool:
        """Whether any of the words stands in the text."""
        return (self.marked if said.marked else self.folded).search(said.text) is not None


def tone_placed(text: str) -> str:
    """The older placing of tone marks made the one we write: "hoà", "uỷ" as "hòa", "ủy"."""
    return _NEW_PLACE.sub(lambda found: _OLD_PLACE[found.group()], text)


_OLD_PLACE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
# "quý" and "quỳ" keep theirs: there the u belongs to qu. So do syllables that go on ("hoàn").
_NEW_PLACE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_PLACE)})(?!\w)")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    alternatives = sorted(
        (re.escape(word).replace("\\ ", r"\s+").replace("…", r"(?:\S+\s+){0,3}?") for word in words),
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives) or '(?!)'})(?!\w)")
