"""Decision: answer, ask which one, or say that it is not held. The least expected cost, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log
from typing import TYPE_CHECKING

from knowledge_base.siblings import (
    MOST_OF_THE_BELIEF,
    Question,
    as_told,
    decide_between,
    likely_siblings,
)
from knowledge_base.variations import told

if TYPE_CHECKING:
    from knowledge_base.library import Hit, SearchResult

MOST_CHOICES = 4

SIGNS = (
    "lead",  # log of the first one's share of the belief
    "margin",  # score of the first one less that of the second
    "meaning",  # features of the first one
    "meaning_of_title",
    "meaning_of_all",
    "words",
    "demand",
    "length",  # log of the number of syllables asked
)


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What an outcome costs, in units of one needless tap. Stated, not learned; written in the manifest.

    wrong_answer: content of another procedure, under its own title and with the others a tap away.
    tap: the right one is among the choices. vain_choices: it is not. needless_refusal: it was there, and the
    citizen waits for a person or goes to the counter for it.
    """

    wrong_answer: float = 3.0
    tap: float = 1.0
    vain_choices: float = 2.0
    needless_refusal: float = 6.0


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A logistic model of one probability: a weight for each of SIGNS, and the rest."""

    weights: Mapping[str, float]
    constant: float

    def of(self, signs: Mapping[str, float]) -> float:
        """The probability, 0 to 1."""
        raised = self.constant + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, raised))))


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """first: that the first hit is right. four: that the right one is among the first four."""

    first: Chance
    four: Chance
    costs: Costs = field(default_factory=Costs)


@dataclass(frozen=True, kw_only=True)
class Answerable:
    """The hit is meant, with this probability."""

    hit: Hit
    probability: float


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """One of these, at most four, best first, with this probability; the citizen chooses."""

    hits: tuple[Hit, ...]
    probability: float


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """Nothing held is likely to be meant. nearest: what came closest, for the editors; never an answer."""

    nearest: tuple[Hit, ...]
    probability: float


Decision = Answerable | Ambiguous | NotFound


def decide(result: SearchResult) -> Decision:
    """The decision of the least expected cost under the release's calibrated probabilities.

    Variants that one untold fact tells apart are asked about, however cheap a wrong answer would be. What the
    question itself tells settles which variant is answered.
    """
    nearest = result.hits[:MOST_CHOICES]
    if not nearest:
        return NotFound(nearest=(), probability=1.0)
    decision = choose(nearest, result.signs, result.calibration)
    if not isinstance(decision, Answerable):
        return decision
    known = told(result.wording.cleaned)
    if _one_fact_is_missing(result, known):
        return Ambiguous(hits=nearest, probability=decision.probability)
    return _as_told(decision, result, known)


def _as_told(decision: Answerable, result: SearchResult, known: Mapping[str, str]) -> Decision:
    """Of the variants found, the one that the question's own words name: "bố là người Hàn" settles it.

    Where it only rules out the likeliest, the citizen chooses.
    """
    titles = {hit.code: hit.title for hit in result.hits}
    code = as_told(decision.hit.code, titles, known)
    if code is None:
        return Ambiguous(hits=result.hits[:MOST_CHOICES], probability=decision.probability)
    return replace(decision, hit=next(hit for hit in result.hits if hit.code == code))


def _one_fact_is_missing(result: SearchResult, known: Mapping[str, str]) -> bool:
    """Whether most of the belief is shared by variants that one fact would tell apart, and nobody told it."""
    likely = likely_siblings(result.hits)
    if not likely or likely[0].share >= MOST_OF_THE_BELIEF:
        return False
    return isinstance(decide_between(likely, known), Question)


def expected_costs(signs: Mapping[str, float], calibration: Calibration) -> dict[str, float]:
    """What to "answer", to "ask" and to "refuse" would cost on average, given these signs."""
    first = calibration.first.of(signs)
    four = max(first, calibration.four.of(signs))
    costs = calibration.costs
    return {
        "answer": (1 - first) * costs.wrong_answer,
        "ask": four * costs.tap + (1 - four) * costs.vain_choices,
        "refuse": four * costs.needless_refusal,
    }


def choose(nearest: tuple[Hit, ...], signs: Mapping[str, float], calibration: Calibration) -> Decision:
    """The same for the nearest hits (at least one) when their signs are known."""
    first = calibration.first.of(signs)
    four = max(first, calibration.four.of(signs))
    expected = expected_costs(signs, calibration)
    if len(nearest) == 1:
        expected.pop("ask")
    match min(expected, key=lambda name: expected[name]):
        case "answer":
            return Answerable(hit=nearest[0], probability=first)
        case "ask":
            return Ambiguous(hits=nearest, probability=four)
        case _:
            return NotFound(nearest=nearest, probability=1 - four)


def signs_of(scores: Sequence[float], features: Mapping[str, float], *, words: int) -> dict[str, float]:
    """SIGNS of a ranking: scores best first (at least one), features of the first, words of the question."""
    top = scores[0]
    return {
        "lead": -log(sum(exp(max(score - top, -30.0)) for score in scores)),
        "margin": top - scores[1] if len(scores) > 1 else 5.0,
        "length": log(1 + words),
        **{name: features[name] for name in SIGNS if name in features},
    }
