"""Demand: how often people ask for a procedure. Stated, until enough questions are asked here to count them.

Among procedures that fit a question about as well, the one that is asked for more often is more likely
meant: "con mới sinh thì làm giấy tờ gì" is a plain birth registration before it is one in a prison. A release
is rehearsed with each question counting as often as people ask it (knowledge_base.rehearsal).
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from importlib import resources

import yaml

from knowledge_base.article import Content
from nlu.text import fold


class Demand(IntEnum):
    """How often a procedure is asked for; the number is its feature in ranking."""

    SELDOM = 0
    OFTEN = 1
    EVERYDAY = 2


#: Where it is stated.
SOURCE = resources.files("starter").joinpath("demand.yaml")
#: How many times as often as one that is seldom asked for: our estimate, reviewed by no one.
TIMES_ASKED = {Demand.SELDOM: 1.0, Demand.OFTEN: 5.0, Demand.EVERYDAY: 25.0}


def demand_of(content: Content) -> Demand:
    """As starter/demand.yaml states it; else often for what communes do for citizens, seldom for the rest."""
    stated = _stated().get(content.code)
    if stated is not None:
        return stated
    return Demand.OFTEN if _is_for_citizens(content) else Demand.SELDOM


def _is_for_citizens(content: Content) -> bool:
    at_commune = any("cap xa" in fold(level) for level in content.levels)
    return at_commune and any("cong dan" in fold(audience) for audience in content.audience)


@cache
def _stated() -> dict[str, Demand]:
    listed = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {code: Demand[name.upper()] for name, codes in listed.items() for code in codes}
