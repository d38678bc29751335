"""Variations: the matter and the sides of a title, and the sides that a message tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.deciding_facts import FACTS
from nlu.text import fold, syllables

_FIRST_WORDS = re.compile(r"^thu tuc ")
#: What an act for the first time is called; without it "cấp thẻ" and "cấp lại thẻ" are about one thing.
_ACT = re.compile(r"^(?:dang ky|cap moi|cap)\b")


@dataclass(frozen=True, kw_only=True)
class Variation:
    """A title taken apart. matter: what it shares with its siblings.

    sides: by key of a fact; absent where the title does not say.
    """

    matter: str
    sides: Mapping[str, str]


@lru_cache(maxsize=4096)
def variation(title: str) -> Variation:
    """What a title is about, and which side of each fact it is on."""
    matter = _FIRST_WORDS.sub("", " ".join(syllables(fold(title))))
    sides: dict[str, str] = {}
    for fact in FACTS:
        named = next((side for side in fact.sides if side.named and side.named.search(matter)), None)
        if named and named.named:
            matter = " ".join(named.named.sub(" ", matter).split())
        if named or fact.otherwise:
            sides[fact.key] = named.key if named else fact.otherwise
    return Variation(matter=_ACT.sub("", matter).strip(), sides=sides)


def told(text: str) -> dict[str, str]:
    """The facts that a message says beyond doubt, each with its side."""
    folded = " ".join(syllables(fold(text)))
    found: dict[str, str] = {}
    for fact in FACTS:
        # A denial holds the words of what it denies, and sides that deny stand last.
        sides = [side.key for side in fact.sides if side.told and side.told.search(folded)]
        if sides:
            found[fact.key] = sides[-1]
    return found
