"""Weighing what the classifier takes a message for against what the search found for it.

Both are calibrated probabilities of different evidence: of words that ask, tell or greet, and of a procedure
that fits. Bayes' rule with the search's odds as the likelihood ratio joins them; on our own training examples
the true ratio is at least as high (docs/developers/dialogue.md), so the search is rather believed too little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.decision import Ambiguous, Answerable, Costs, Decision
from nlu.intents import Intent

QUESTION = "ask_procedure"
#: Never outvoted: a needless answer here would keep help, a person or the right way from someone.
UNTOUCHED = frozenset({"emergency", "complaint_or_denunciation", "talk_to_staff"})
#: The most the search is believed; calibration says nothing about what lies beyond a hundred cases.
MOST_BELIEVED = 0.99
#: An answer to what was no question costs a wrong answer, a question taken for something else a tap more.
ENOUGH = Costs().wrong_answer / (Costs().wrong_answer + Costs().tap)


def weighed(ranking: Sequence[Intent], decision: Decision | None) -> Intent:
    """The intent when the search has had its vote. ranking: all intents, likeliest first, at least one."""
    likeliest = ranking[0]
    asked = next((intent for intent in ranking if intent.name == QUESTION), None)
    if asked is None or likeliest.name in UNTOUCHED or not isinstance(decision, Answerable | Ambiguous):
        return likeliest
    chance = question_chance(asked.confidence, decision.probability)
    if likeliest is asked:
        return replace(asked, confidence=max(asked.confidence, chance))
    return replace(asked, confidence=chance) if chance >= ENOUGH else likeliest


def left_for(name: str, ranking: Sequence[Intent], decision: Decision | None) -> float:
    """The chance of an intent other than a question when the search has had its vote: its share of what that
    leaves. Never 0 by the search alone.
    """
    chances = {intent.name: intent.confidence for intent in ranking}
    before = chances.get(QUESTION, 0.0)
    if not isinstance(decision, Answerable | Ambiguous) or before >= 1:
        return chances.get(name, 0.0)
    after = question_chance(before, decision.probability)
    return chances.get(name, 0.0) * (1 - after) / (1 - before)


def question_chance(before: float, found: float) -> float:
    """The chance of a question: `before` by its words, `found` that what the search decided on is right."""
    believed = min(found, MOST_BELIEVED)
    weight = before * believed / (1 - believed)
    return weight / (weight + 1 - before) if weight else 0.0
