"""The answer to what was just asked, and nothing else: before any rule that rests on the classifier alone.

Such an answer ("tôi ở phường Láng", "bố cháu là người Hàn") is a piece of a sentence; what the classifier
takes a piece for says little.
"""

from __future__ import annotations

from bot.chosen import choice_said
from bot.decided import Decided, Situation
from bot.form_rules import place_told
from bot.living_place import names_only_a_ward, ward_named
from bot.told_facts import fact_told, says_only_facts, says_only_side, variant_told


def open_question_answered(now: Situation) -> Decided | None:
    """A ward, a fact or a choice that was asked for, or the place of a report, with nothing beside it."""
    seen = now.seen
    if seen.tapped or not seen.has_words or seen.correction or seen.shows_paper or now.in_queue:
        return None
    if now.state.form:
        return place_told(now)
    ward = ward_named(now) if names_only_a_ward(seen, besides=0) else None
    return ward or _fact(now) or choice_said(now)


def _fact(now: Situation) -> Decided | None:
    if says_only_side(now) or says_only_facts(now.seen):
        return fact_told(now) or variant_told(now)
    return None
