"""Siblings: variants of one procedure among the hits, the one fact that decides, and their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge_base.deciding_facts import FACTS, Fact, Side
from knowledge_base.variations import Variation, told, variation
from nlu.text import fold

if TYPE_CHECKING:
    from knowledge_base.library import Hit

#: Share of the belief that the siblings must hold together before a question about them replaces the list:
#: below it something else may well be meant. Stated, not tuned.
MOST_OF_THE_BELIEF = 0.8
#: Characters of a title that says what differs at a glance ("Gia hạn tạm trú").
SHORT_TITLE = 30


@dataclass(frozen=True, kw_only=True)
class Question:
    """The one fact that tells the likely hits apart. codes: of the procedure on each of `sides`."""

    fact: Fact
    sides: tuple[Side, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What the citizen said already leaves one."""

    code: str


def likely_siblings(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The fewest first hits, two at least, that hold most of the belief, if they are variants of one another;
    () if they are not.
    """
    held = 0.0
    for count, hit in enumerate(hits, start=1):
        held += hit.share
        if held >= MOST_OF_THE_BELIEF and count > 1:
            likely = tuple(hits[:count])
            return likely if len({variation(hit.title).matter for hit in likely}) == 1 else ()
    return ()


def decide_between(likely: Sequence[Hit], known: Mapping[str, str]) -> Question | Settled | None:
    """What to ask, or what is settled, given what the citizen said; None where one fact does not do it.

    known: side (or UNCLEAR) by key of a fact. A fact in it is never asked.
    """
    fitting = [hit for hit in likely if _fits(hit, known)]
    if len(fitting) == 1 and len(likely) > 1:
        return Settled(code=fitting[0].code)
    return _question(fitting or likely, known)


def as_told(code: str, titles: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    """The variant of procedure `code` that agrees with what was told; `code` where none does, or none better.

    titles: by code; of it and of those that may be variants of it. The variant differs from it in nothing but
    what was told; of several, the one that says most of it, then the one most like it. None where some agree,
    but differ in more.
    """
    here = variation(titles[code])
    agreeing = [
        other
        for other, title in titles.items()
        if variation(title).matter == here.matter and _agrees(title, known)
    ]
    fitting = [other for other in agreeing if _says_otherwise(variation(titles[other]), here) <= known.keys()]
    if not fitting:
        return None if agreeing else code
    return min(fitting, key=lambda other: _distance(titles[other], titles[code], known))


def saying_all(codes: Sequence[str], titles: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The first of these procedures, else of their variants, whose title says all that was told; "" for none.

    titles: by code, of all that may be variants. known: side by key of a fact; "" where nothing was told.
    """
    if not known:
        return ""
    held = [code for code in codes if code in titles]
    matters = {variation(titles[code]).matter for code in held}
    alike = {code: title for code, title in titles.items() if variation(title).matter in matters}
    variants = (other for code in held for other in plainest_first(variants_of(code, alike), known))
    return next((code for code in (*held, *variants) if _says_all(titles[code], known)), "")


def _says_all(title: str, known: Mapping[str, str]) -> bool:
    sides = variation(title).sides
    return all(sides.get(key) == side for key, side in known.items())


def variants_of(code: str, titles: Mapping[str, str]) -> dict[str, str]:
    """The titles of a procedure and of its variants, by code; {} for a code that is not among the titles."""
    if code not in titles:
        return {}
    matter = variation(titles[code]).matter
    return {other: title for other, title in titles.items() if variation(title).matter == matter}


def tells_apart(facts: Mapping[str, str], titles: Mapping[str, str]) -> bool:
    """Whether any of the facts told stands differently in the titles of these variants."""
    return any(len({variation(title).sides.get(key) for title in titles.values()}) > 1 for key in facts)


def plainest_first(titles: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of the variants that agree with what was told, those with fewest special cases first."""
    agreeing = [code for code, title in titles.items() if _agrees(title, known)]
    return tuple(sorted(agreeing, key=lambda code: _special_cases(titles[code], known)))


def _says_otherwise(one: Variation, other: Variation) -> set[str]:
    """The facts that the title of `one` is on a side of, and that of `other` on another or on none."""
    return {key for key, side in one.sides.items() if other.sides.get(key) != side}


def _distance(title: str, origin: str, known: Mapping[str, str]) -> tuple[int, int]:
    """How many facts told the title does not say, then in how many it differs from the origin."""
    here, there = variation(origin), variation(title)
    said = sum(there.sides.get(key) == side for key, side in known.items())
    return len(known) - said, len(_says_otherwise(there, here) | _says_otherwise(here, there))


def _fits(hit: Hit, known: Mapping[str, str]) -> bool:
    return _agrees(hit.title, known)


def _agrees(title: str, known: Mapping[str, str]) -> bool:
    sides = variation(title).sides
    return all(
        sides.get(fact.key) in {None, known[fact.key]}
        for fact in FACTS
        if fact.key in known and fact.side(known[fact.key])
    )


def _question(hits: Sequence[Hit], known: Mapping[str, str]) -> Question | None:
    telling = [fact for fact in FACTS if len(_sides(hits, fact)) > 1]
    if len(telling) != 1 or telling[0].key in known:
        return None
    (fact,) = telling
    of_side = {variation(hit.title).sides.get(fact.key): hit.code for hit in hits}
    if len(of_side) < len(hits) or None in of_side:
        return None
    sides = tuple(side for side in fact.sides if side.key in of_side)
    return Question(fact=fact, sides=sides, codes=tuple(of_side[side.key] for side in sides))


def _sides(hits: Sequence[Hit], fact: Fact) -> set[str]:
    """The sides that the titles name; one that does not say is on all of them."""
    named = (variation(hit.title).sides.get(fact.key) for hit in hits)
    return {side for side in named if side}


def side_by_side(hits: Sequence[Hit], asked: str) -> tuple[Hit, ...]:
    """The hits with siblings together, the group of the best first; in each the plain one first, but for what
    the question says.
    """
    known = told(asked)
    places: dict[str, int] = {}
    for hit in hits:
        places.setdefault(variation(hit.title).matter, len(places))
    return tuple(
        sorted(hits, key=lambda hit: (places[variation(hit.title).matter], _special_cases(hit.title, known)))
    )


def _special_cases(title: str, known: Mapping[str, str]) -> int:
    """How many facts the title has otherwise than they were told or, untold, than the plain case."""
    sides = variation(title).sides
    return sum(
        side != known.get(fact.key, fact.otherwise)
        for fact in FACTS
        if (side := sides.get(fact.key)) is not None
    )


def in_words(title: str) -> str:
    """The title without "Thủ tục", beginning with a capital."""
    spoken = title.strip()
    if fold(spoken).startswith("thu tuc "):
        spoken = spoken[len("thủ tục ") :].lstrip()
    return spoken[:1].upper() + spoken[1:]


def labels(titles: Sequence[str]) -> tuple[str, ...]:
    """What to call each of these in a numbered list: its title or, where it is long and that of a sibling
    stands further up, what differs."""
    first_of: dict[str, int] = {}
    called = []
    for place, title in enumerate(titles):
        first = first_of.setdefault(variation(title).matter, place)
        differs = _differs(title, titles[first]) if first < place else ""
        whole, other = in_words(title), f"Như mục {first + 1}, {differs}"
        called.append(other if differs and len(whole) > SHORT_TITLE and len(other) < len(whole) else whole)
    return tuple(called)


def _differs(title: str, first: str) -> str:
    sides, others = variation(title).sides, variation(first).sides
    words = (
        side.differs
        for fact in FACTS
        if sides.get(fact.key) != others.get(fact.key) and (side := fact.side(sides.get(fact.key, "")))
    )
    return ", ".join(words)
