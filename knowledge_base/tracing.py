"""What a search found and decided, as a small record kept with the turn that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.decision import Ambiguous, Answerable, Decision, NotFound, decide
from knowledge_base.library import Hit, SearchResult

#: Rejected candidates kept, best first: enough to see what came close.
_REJECTED = 10


@dataclass(frozen=True, kw_only=True)
class TracedHit:
    """A candidate with its score, its share of the belief and the features that make the score."""

    code: str
    title: str
    score: float
    share: float
    features: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What came of one question. asked: its wording, marks restored, as it was encoded.

    outcome: "Answerable", "Ambiguous" or "NotFound", with its probability. offered: the codes of the answer
    or of the choices, none when nothing was found. signs: what the decision weighed. timings: milliseconds.
    """

    asked: str
    outcome: str
    probability: float
    offered: tuple[str, ...]
    hits: tuple[TracedHit, ...]
    rejected: tuple[TracedHit, ...]
    signs: Mapping[str, float]
    timings: Mapping[str, float]

    @classmethod
    def of(cls, result: SearchResult) -> Trace:
        """The trace of a search and of the decision it leads to."""
        decision = decide(result)
        return cls(
            asked=result.wording.marked,
            outcome=type(decision).__name__,
            probability=round(decision.probability, 4),
            offered=_offered(decision),
            hits=tuple(map(_traced, result.hits)),
            rejected=tuple(map(_traced, result.rejected[:_REJECTED])),
            signs=_rounded(result.signs),
            timings=_rounded(result.timings),
        )

    def to_json(self) -> dict[str, Any]:
        """JSON values only."""
        return {
            **vars(self),
            "offered": list(self.offered),
            "hits": [dict(vars(hit)) for hit in self.hits],
            "rejected": [dict(vars(hit)) for hit in self.rejected],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Trace:
        """What `to_json` wrote."""
        return cls(
            **{
                **plain,
                "offered": tuple(plain["offered"]),
                "hits": tuple(TracedHit(**hit) for hit in plain["hits"]),
                "rejected": tuple(TracedHit(**hit) for hit in plain["rejected"]),
            }
        )

    def differences(self, other: Trace) -> tuple[str, ...]:
        """What differs in substance, by name: the outcome, what was offered, the order of the hits."""
        parts = {
            "outcome": (self.outcome, other.outcome),
            "offered": (self.offered, other.offered),
            "hits": (_codes(self.hits), _codes(other.hits)),
        }
        return tuple(name for name, (mine, theirs) in parts.items() if mine != theirs)


def _offered(decision: Decision) -> tuple[str, ...]:
    match decision:
        case Answerable(hit=hit):
            return (hit.code,)
        case Ambiguous(hits=hits):
            return tuple(hit.code for hit in hits)
        case NotFound():
            return ()


def _traced(hit: Hit) -> TracedHit:
    return TracedHit(
        code=hit.code,
        title=hit.title,
        score=round(hit.score, 3),
        share=round(hit.share, 4),
        features=_rounded(hit.features),
    )


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


def _codes(hits: Sequence[TracedHit]) -> list[str]:
    return [hit.code for hit in hits]
