"""Calibration: the projection, the weights and the chances a release learns from its rehearsal.

Nothing but the release is used. The weights, the costs and the figures go into the manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from knowledge_base.decision import MOST_CHOICES, SIGNS, Calibration, Chance, signs_of
from knowledge_base.ranking import FEATURES, Features, Ranker
from knowledge_base.rehearsal import Asked, Base, Case, cases_of_nothing_held, held_cases
from knowledge_base.vectors import Numbers, Vectors

# How many of the messages that reach the search are about nothing that is held: an assumption, to be replaced
# by the share that the gap inbox shows.
OUTSIDE_SHARE = 0.25
# A pull towards equal shares keeps every feature in play: the examples of a procedure were written to differ
# from one another, which underrates the words they share with a question of someone else.
_PULL = 1e-2
# A feature that hardly differs in this base must not get a giant weight.
_LEAST_SPREAD = 0.03


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What is learned, with the figures of the rehearsal and the digest of what it was learned from."""

    projection: Vectors
    ranker: Ranker
    calibration: Calibration
    report: Mapping[str, Any]
    learned_from: str


def learn(base: Base, asked: Asked, *, learned_from: str) -> Learned:
    """Learn projection, weights and calibration. Takes seconds; the same input gives the same result."""
    # Small products: several threads would only wait for one another, most of all on a busy machine.
    with threadpool_limits(limits=1):
        held = list(held_cases(base, asked))
        outside = list(cases_of_nothing_held(base, asked))
        ranker = _fit_ranker(held)
        calibration, report = _fit_calibration(ranker, held, outside)
        return Learned(
            projection=base.matrix,
            ranker=ranker,
            calibration=calibration,
            report={**_ranking_report(ranker, held), **report},
            learned_from=learned_from,
        )


def _fit_ranker(held: Sequence[Case]) -> Ranker:
    """Weights that make the share of the right candidate as large as they can (conditional logit).

    None is negative: more evidence must never count against a procedure.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 -- 30 MB that only a build needs

    cases = [case for case in held if case.meant >= 0]
    spread = np.maximum(np.concatenate([case.features for case in cases]).std(axis=0), _LEAST_SPREAD)
    found = minimize(
        _Fit.of(cases, spread).loss,
        np.ones(len(FEATURES)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * len(FEATURES),
    )
    return Ranker(weights={n: round(float(w), 4) for n, w in zip(FEATURES, found.x / spread, strict=True)})


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """The cases side by side. features: (cases, most candidates, FEATURES). present: which places are taken.

    meant: the place of the right one. shares: how often it is asked, 1 in all.
    """

    features: NDArray[np.float32]
    present: NDArray[np.bool_]
    meant: Numbers
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, cases: Sequence[Case], spread: Features) -> _Fit:
        wide = max(len(case.features) for case in cases)
        features = np.zeros((len(cases), wide, len(FEATURES)), dtype=np.float32)
        present = np.zeros((len(cases), wide), dtype=bool)
        for number, case in enumerate(cases):
            features[number, : len(case.features)] = case.features / spread
            present[number, : len(case.features)] = True
        weights = np.array([case.weight for case in cases])
        meant = np.array([case.meant for case in cases])
        return cls(features=features, present=present, meant=meant, shares=weights / weights.sum())

    def loss(self, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """How surprising the right ones are under these weights, with the pull; and its gradient."""
        scores = np.where(self.present, self.features @ weights.astype(np.float32), -np.inf)
        scores -= scores.max(axis=1, keepdims=True)
        belief = np.exp(scores)
        belief /= belief.sum(axis=1, keepdims=True)
        each = np.arange(len(self.meant))
        surprise = -self.shares @ np.log(belief[each, self.meant] + 1e-12)
        belief[each, self.meant] -= 1
        pulled = weights - 1
        gradient = np.tensordot(belief * self.shares[:, None], self.features, axes=([0, 1], [0, 1]))
        return float(surprise + _PULL * (pulled**2).sum()), gradient + 2 * _PULL * pulled


def _fit_calibration(
    ranker: Ranker, held: Sequence[Case], outside: Sequence[Case]
) -> tuple[Calibration, dict[str, Any]]:
    cases = [*held, *outside]
    signs = [_signs(ranker, case) for case in cases]
    places = np.array([_rank(ranker, case) for case in cases])
    weights = _balance(cases)
    first = _fit_chance(signs, places < 1, weights)
    four = _fit_chance(signs, places < MOST_CHOICES, weights)
    report = {
        "outside": {kind: sum(case.kind == kind for case in outside) for kind in ("field", "outside")},
        "outside_share": OUTSIDE_SHARE,
        "auc_first": _auc(first, signs, places < 1),
        "auc_four": _auc(four, signs, places < MOST_CHOICES),
    }
    return Calibration(first=first, four=four), report


def _balance(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Weights that give what is not held OUTSIDE_SHARE of the whole, half of it to each kind present."""
    kinds = np.array([case.kind for case in cases])
    asked = np.array([case.weight for case in cases])
    outside = sorted({"field", "outside"} & set(kinds.tolist()))
    shares = {"held": 1 - OUTSIDE_SHARE, **dict.fromkeys(outside, OUTSIDE_SHARE / max(len(outside), 1))}
    for kind, share in shares.items():
        asked[kinds == kind] *= share / asked[kinds == kind].sum()
    return asked * len(cases)


def _fit_chance(
    signs: Sequence[Mapping[str, float]], true: NDArray[np.bool_], weights: NDArray[np.float64]
) -> Chance:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- only a build needs it

    table = _table(signs)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000).fit(
        (table - middle) / spread, true, sample_weight=weights
    )
    slopes = model.coef_[0] / spread
    return Chance(
        weights={name: round(float(slope), 5) for name, slope in zip(SIGNS, slopes, strict=True)},
        constant=round(float(model.intercept_[0] - slopes @ middle), 5),
    )


def _table(signs: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    return np.array([[sign[name] for name in SIGNS] for sign in signs])


def _auc(chance: Chance, signs: Sequence[Mapping[str, float]], true: NDArray[np.bool_]) -> float:
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415 -- only a build needs it

    return round(float(roc_auc_score(true, [chance.of(sign) for sign in signs])), 4)


def _signs(ranker: Ranker, case: Case) -> dict[str, float]:
    scores = ranker.scores(case.features)
    order = np.argsort(-scores)
    top = dict(zip(FEATURES, case.features[order[0]].tolist(), strict=True))
    return signs_of(scores[order].tolist(), top, words=case.words)


def _rank(ranker: Ranker, case: Case) -> int:
    """The place of the right one, 0 the first; a large number when it is not among the candidates."""
    if case.meant < 0:
        return 1_000_000
    scores = ranker.scores(case.features)
    return int((scores > scores[case.meant]).sum())


def _ranking_report(ranker: Ranker, held: Sequence[Case]) -> dict[str, Any]:
    """Of the rehearsal, each question counted as often as people ask it."""
    places = np.array([_rank(ranker, case) for case in held])
    asked = np.array([case.weight for case in held])
    return {
        "held": len(held),
        **{f"r{count}": round(float(asked @ (places < count) / asked.sum()), 4) for count in (1, 4, 10)},
    }
