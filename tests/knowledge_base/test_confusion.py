from __future__ import annotations

from knowledge_base.confusion import Mistake, confusion
from tests.knowledge_base.search_base import BIRTH, BIRTH_ON_THE_SPOT, CONTENTS, MARRIAGE, RESIDENCE

HELD = {content.code: content for content in CONTENTS}


def test_pairs_are_counted_by_how_near_the_two_are() -> None:
    pairs = [
        ("q1", BIRTH.code, BIRTH_ON_THE_SPOT.code),
        ("q2", BIRTH.code, BIRTH_ON_THE_SPOT.code),
        ("q3", BIRTH.code, MARRIAGE.code),
        ("q4", BIRTH.code, RESIDENCE.code),
        ("q5", "9.999999", RESIDENCE.code),
    ]
    found = confusion([Mistake(question=q, meant=m, taken=t) for q, m, t in pairs], HELD.get)
    counts = {name: n for name, n in found.items() if name != "pairs"}
    assert counts == {"n": 5, "near_title": 2, "same_field": 1, "elsewhere": 1, "not_held": 1}
    first = found["pairs"][0]
    assert (first["n"], first["questions"], first["taken_title"]) == (
        2,
        ["q1", "q2"],
        BIRTH_ON_THE_SPOT.title,
    )


def test_no_mistakes_give_no_pairs() -> None:
    assert confusion([], HELD.get) == {"n": 0, "pairs": []}
