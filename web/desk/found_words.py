"""Where in a text the words of a search stand: a stretch around the first, cut into hits and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlu.text import clean
from office.word_index import Words

AROUND = 90  # characters before the first hit
LENGTH = 260  # characters of the whole

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the text. is_hit: it is a word that was looked for."""

    text: str
    is_hit: bool


def pieces(text: str, words: Words) -> tuple[Piece, ...]:
    """The text on one line, from a little before the first hit on; the beginning where there is none."""
    line = " ".join(clean(text).split())
    hits = [match.span() for match in _WORD.finditer(line) if words.says(match[0])]
    start = _start(line, hits[0][0] if hits else 0)
    end = _end(line, start)
    within = [hit for hit in hits if hit[0] >= start and hit[1] <= end]
    return tuple(_cut(line, start, end, within))


def _start(line: str, hit: int) -> int:
    """Where a word begins, near enough before the hit; 0 where all of it can be shown."""
    if hit <= AROUND or len(line) <= LENGTH:
        return 0
    return line.find(" ", hit - AROUND, hit) + 1 or hit


def _end(line: str, start: int) -> int:
    if len(line) - start <= LENGTH:
        return len(line)
    space = line.rfind(" ", start, start + LENGTH)
    return space if space > start else start + LENGTH


def _cut(line: str, start: int, end: int, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    if start:
        yield Piece(text="… ", is_hit=False)
    for (_, before), (first, last) in pairwise([(start, start), *hits]):
        yield from _plain(line[before:first])
        yield Piece(text=line[first:last], is_hit=True)
    yield from _plain(line[hits[-1][1] if hits else start : end])
    if end < len(line):
        yield Piece(text=" …", is_hit=False)


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text=text, is_hit=False)
