"""Teencode and office abbreviations written out: "đk ks cho bé ntn" → "đăng ký khai sinh cho bé như thế nào".

The words are data in data/abbreviations.tsv: abbreviation, meaning, and when it means that:
  (empty)         always
  before: a b     the next syllable is one of these (folded; "$" end of the text, "#" a number, "." a dot
                  that joins it to a word)
  after: a b      the previous syllable is one of these
  after! a b      unless the previous syllable is one of these
The first row that fits wins; without one the token stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlu.text import fold, has_diacritics

_TOKEN = re.compile(r"[^\W_]+(?:[-./@_][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_ADDRESS_ENDS = frozenset({"vn", "com", "net", "org", "gov", "edu", "info", "html"})


@dataclass(frozen=True, kw_only=True)
class _Meaning:
    text: str
    side: str
    neighbours: frozenset[str]

    def fits(self, *, before: str, after: str) -> bool:
        match self.side:
            case "before":
                return after in self.neighbours
            case "after":
                return before in self.neighbours
            case "after!":
                return before not in self.neighbours
        return True


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """An abbreviation from `start` to `end` of a text, written out."""

    start: int
    end: int
    meaning: str


def expand(text: str) -> str:
    """The text with its abbreviations written out, for search and classification, not for display.

    Where the other words carry no mark, the meanings are written without marks too, so that
    Restorer.restore() still meets a text without any.
    """
    text = unicodedata.normalize("NFC", text)
    written, at = "", 0
    for expansion in expansions(text):
        written += text[at : expansion.start] + expansion.meaning
        at = expansion.end
    return written + text[at:]


def expansions(text: str) -> tuple[Expansion, ...]:
    """The abbreviations of an NFC text in order, each where it stands and with its meaning there."""
    tokens = list(_TOKEN.finditer(text))
    neighbours = ["^", *(_as_neighbour(token.group()) for token in tokens), "$"]
    meanings = [
        _written_out(token.group(), before=neighbours[at], after=neighbours[at + 2])
        for at, token in enumerate(tokens)
    ]
    bare = _is_typed_without_marks(tokens, meanings)
    return tuple(
        Expansion(start=token.start(), end=token.end(), meaning=fold(meaning) if bare else meaning)
        for token, meaning in zip(tokens, meanings, strict=True)
        if meaning
    )


def _is_typed_without_marks(tokens: list[re.Match[str]], meanings: list[str | None]) -> bool:
    kept = " ".join(token.group() for token, meaning in zip(tokens, meanings, strict=True) if not meaning)
    return bool(kept) and not has_diacritics(kept)


def _as_neighbour(token: str) -> str:
    return "#" if token[-1].isdigit() else fold(_PIECE.findall(token)[0])


def _written_out(token: str, *, before: str, after: str) -> str | None:
    whole = _meaning(token, before=before, after=after)
    pieces = _PIECE.findall(token)
    if whole or len(pieces) == 1 or not _may_be_cut(token, pieces):
        return whole
    befores = ["^", *map(fold, pieces)]
    meanings = [
        _meaning(piece, before=before, after=".") for before, piece in zip(befores, pieces, strict=False)
    ]
    if not any(meanings):
        return None
    # The dot of "tp.hà nội" only joins the abbreviation to the next word.
    return " ".join(meaning or piece for meaning, piece in zip(meanings, pieces, strict=True))


def _may_be_cut(token: str, pieces: list[str]) -> bool:
    """Codes, amounts, e-mail and web addresses stay whole."""
    is_code = any(char.isdigit() or char in "@_-" for char in token)
    return not is_code and pieces[-1].lower() not in _ADDRESS_ENDS


def _meaning(token: str, *, before: str, after: str) -> str | None:
    for meaning in _dictionary().get(token.lower(), ()):
        if meaning.fits(before=before, after=after):
            return meaning.text
    return None


@cache
def _dictionary() -> dict[str, tuple[_Meaning, ...]]:
    """Meanings by abbreviation, and by its folded form where the table does not say otherwise."""
    listed: defaultdict[str, list[_Meaning]] = defaultdict(list)
    table = files("nlu").joinpath("data/abbreviations.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        abbreviation, text, when = (line + "\t").split("\t")[:3]
        side, _, neighbours = when.partition(" ")
        listed[abbreviation].append(
            _Meaning(text=text, side=side.rstrip(":"), neighbours=frozenset(neighbours.split()))
        )
    folded = {fold(abbreviation): meanings for abbreviation, meanings in listed.items()}
    return {key: tuple(meanings) for key, meanings in {**folded, **listed}.items()}
