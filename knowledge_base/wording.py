"""Wording: one text in the forms in which questions and probes are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.abbreviations import expand
from nlu.diacritics import Restorer
from nlu.text import clean, fold, syllables

# "Khai sinh mất bao lâu" takes time and loses nothing; "mất giấy khai sinh" is another procedure.
_TAKES = re.compile(
    r"\b(?<!bị )(?<!bi )(?:mất|mat) (?=(?:(?:khoảng|khoang|tầm|tam|chừng|chung|độ|do) )?"
    r"(?:bao (?:lâu|lau|nhiêu|nhieu)|mấy|may|có lâu|co lau|lâu không|lau khong)\b)",
    re.IGNORECASE,
)

# A question is short; what follows (a pasted document, a story) would cost seconds and blur the meaning.
LONGEST_QUESTION = 400  # characters


@dataclass(frozen=True, kw_only=True)
class Wording:
    """cleaned: as typed. marked: abbreviations written out, marks restored if none were typed, lower case:
    the form that is encoded. words: the same as folded syllables: the form that is matched word for word.
    """

    cleaned: str
    marked: str
    words: tuple[str, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is any word to search for (not so for a sticker, an emoji, a row of dots)."""
        return bool(self.words)


def wording(text: str, restorer: Restorer) -> Wording:
    """The forms of what a citizen typed, or of a probe; safe on any text."""
    cleaned = clean(text)
    expanded = _TAKES.sub("", expand(_beginning(cleaned)))
    return Wording(
        cleaned=cleaned,
        marked=restorer.restore(expanded).lower(),
        words=tuple(syllables(fold(expanded))),
    )


def _beginning(text: str) -> str:
    if len(text) <= LONGEST_QUESTION:
        return text
    return text[:LONGEST_QUESTION].rsplit(None, 1)[0]
