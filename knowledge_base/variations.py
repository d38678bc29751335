"""Variations: the matter and the sides of a title, and the sides that a message tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.deciding_facts import FACTS
from nlu.abbreviations import expand
from nlu.entities import Kind, about_people
from nlu.text import clean, fold, syllables

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
    """The facts that a message says beyond doubt, each with its side: {"foreign": "yes"}."""
    said = expand(clean(text))
    folded = " ".join(syllables(fold(said)))
    found = _told_of_people(said)
    for fact in FACTS:
        # A denial holds the words of what it denies, and sides that deny stand last.
        sides = [side.key for side in fact.sides if side.told and side.told.search(folded)]
        if sides:
            found[fact.key] = sides[-1]
    return found


def _told_of_people(said: str) -> dict[str, str]:
    """Whether a foreigner is concerned, and on which side of 14 years all the ages are that were said."""
    people = about_people(said)
    kinds = {entity.kind for entity in people}
    found: dict[str, str] = {}
    if kinds & {Kind.FOREIGNER, Kind.OVERSEAS_VIETNAMESE}:
        found["foreign"] = "yes"
    elif Kind.ALL_VIETNAMESE in kinds:
        found["foreign"] = "no"
    ages = {
        "under_14" if int(entity.value) < 14 else "from_14" for entity in people if entity.kind is Kind.AGE
    }
    if len(ages) == 1:
        found["age"] = ages.pop()
    return found


def besides_facts(text: str) -> str:
    """The message, folded, without the words that tell facts or name people: what else it is about."""
    said = expand(clean(text))
    for entity in sorted(about_people(said), key=lambda entity: entity.start, reverse=True):
        said = said[: entity.start] + " " * len(entity.text) + said[entity.end :]
    rest = " ".join(syllables(fold(said)))
    for fact in FACTS:
        for side in fact.sides:
            rest = side.told.sub(" ", rest) if side.told else rest
    return " ".join(rest.split())
