"""Calibration: what a release learns from its own example questions, by leaving each of them out.

Nothing but the release is used: an example with its own probe held out stands for a citizen who asks about
what is held; with its whole field held out, or a message known to be about something else, for one who asks
about what is not. The weights, the costs and the figures go into the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from knowledge_base.decision import MOST_CHOICES, SIGNS, Calibration, Chance, signs_of
from knowledge_base.projection import learn_projection, project
from knowledge_base.ranking import (
    FEATURES,
    Evidence,
    Features,
    Numbers,
    ProbeTable,
    Ranker,
    candidates,
    features,
)
from knowledge_base.vectors import Vectors
from knowledge_base.words import Scores, WordIndex

_FOLDS = 3
_NONE = -1
_MOST_HIDDEN = 1500
# How many of the messages that reach the search are about nothing that is held: an assumption, to be replaced
# by the share that the gap inbox shows.
OUTSIDE_SHARE = 0.25
# Ten times less finds .8 points more of the examples left out, but leaves titles and variants no say.
_PULL = 3e-2
# A feature that hardly differs in this base must not get a giant weight.
_LEAST_SPREAD = 0.03


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Simulated questions. owners: the procedure meant, -1 for none. probes: its own probe, -1 for none."""

    vectors: Vectors
    words: Sequence[tuple[str, ...]]
    variants: NDArray[np.bool_]
    owners: Numbers
    probes: Numbers


@dataclass(frozen=True, kw_only=True)
class Base:
    """What is searched: probes by number with their encoded vectors, words of probes and of parts.

    fields: the field of each procedure, as a number.
    """

    table: ProbeTable
    vectors: Vectors
    probe_words: WordIndex
    part_words: WordIndex
    fields: Numbers


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What is learned, with the figures of the simulation and the digest of what it was learned from."""

    projection: Vectors
    ranker: Ranker
    calibration: Calibration
    report: Mapping[str, Any]
    learned_from: str


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One simulated question with its candidates; meant is the place of the right one, or -1."""

    features: Features
    meant: int
    words: int
    kind: str


def learn(base: Base, asked: Asked, *, learned_from: str) -> Learned:
    """Learn projection, weights and calibration. Takes seconds; the same input gives the same result."""
    # Small products: several threads would only wait for one another, most of all on a busy machine.
    with threadpool_limits(limits=1):
        return _learn(base, asked, learned_from)


def _learn(base: Base, asked: Asked, learned_from: str) -> Learned:
    projection = _projection(base, np.ones(len(base.table.codes), dtype=bool), set())
    held = list(_held(base, asked))
    outside = [*_hidden(base, asked), *_cases(base, asked, np.flatnonzero(asked.owners < 0), projection)]
    ranker = _fit_ranker(held)
    calibration, report = _fit_calibration(ranker, held, outside)
    return Learned(
        projection=projection,
        ranker=ranker,
        calibration=calibration,
        report={**_ranking_report(ranker, held), **report},
        learned_from=learned_from,
    )


def _projection(base: Base, procedures: NDArray[np.bool_], probes: set[int]) -> Vectors:
    """Learned from the examples of these procedures, without these probes."""
    numbers = base.table.examples[base.table.examples >= 0]
    kept = np.array(
        [n for n in numbers if procedures[base.table.owners[n]] and int(n) not in probes], dtype=np.int64
    )
    return learn_projection(
        base.vectors[kept], base.table.owners[kept], base.vectors[base.table.titles[:, 0]]
    )


def _held(base: Base, asked: Asked) -> Iterator[_Case]:
    """Questions about what is held, each without its own probe and with a projection that never saw it."""
    numbers = np.flatnonzero(asked.owners >= 0)
    turns = np.random.default_rng(1).permutation(len(numbers)) % _FOLDS
    everything = np.ones(len(base.table.codes), dtype=bool)
    for fold in range(_FOLDS):
        chosen = numbers[turns == fold]
        matrix = _projection(base, everything, set(asked.probes[chosen].tolist()))
        yield from _cases(base, asked, chosen, matrix)


def _hidden(base: Base, asked: Asked) -> Iterator[_Case]:
    """The same questions with their whole field held out: what is not held mostly lies in other fields."""
    chance = np.random.default_rng(2)
    turns = chance.permutation(int(base.fields.max(initial=0)) + 1) % _FOLDS
    numbers = chance.permutation(np.flatnonzero(asked.owners >= 0))[:_MOST_HIDDEN]
    for fold in range(_FOLDS):
        hidden = turns[base.fields] == fold
        chosen = numbers[hidden[asked.owners[numbers]]]
        if len(chosen) and not hidden.all():
            yield from _cases(base, asked, chosen, _projection(base, ~hidden, set()), hidden=base.fields)


def _cases(
    base: Base, asked: Asked, chosen: Numbers, matrix: Vectors, hidden: Numbers | None = None
) -> Iterator[_Case]:
    """hidden: the field of each procedure; those of the asked one's field are taken out of the candidates."""
    probes = project(base.vectors, matrix)
    cosines = project(asked.vectors[chosen], matrix) @ probes.T
    for number, close in zip(chosen, cosines, strict=True):
        evidence = _evidence(base, asked, int(number), close)
        found = _candidates(base.table, evidence)
        owner = int(asked.owners[number])
        if hidden is not None:
            found = found[hidden[found] != hidden[owner]]
        if len(found):
            yield _Case(
                features=features(base.table, evidence, found),
                meant=_NONE if hidden is not None else _place(found, owner),
                words=len(asked.words[number]),
                kind="field" if hidden is not None else "outside" if owner < 0 else "held",
            )


def _evidence(base: Base, asked: Asked, number: int, cosines: Vectors) -> Evidence:
    """Of one simulated question, as if its own probe did not exist."""
    evidence = Evidence(
        cosines=_with_none(cosines),
        words=_with_none(base.probe_words.scores(asked.words[number])),
        parts=base.part_words.scores(asked.words[number]),
        variants=asked.variants[number],
    )
    return evidence.without(int(asked.probes[number]))


def _with_none(scores: Scores) -> Scores:
    return np.append(scores, np.float32(0.0)).astype(np.float32)


def _candidates(table: ProbeTable, evidence: Evidence) -> Numbers:
    close = np.argsort(-evidence.cosines[:-1])[:200]
    return candidates(table, close, evidence.words, evidence.parts)


def _place(found: Numbers, owner: int) -> int:
    places = np.flatnonzero(found == owner)
    return int(places[0]) if len(places) else _NONE


def _fit_ranker(held: Sequence[_Case]) -> Ranker:
    """Weights that make the share of the right candidate as large as they can (conditional logit).

    None is negative: more evidence must never count against a procedure. A pull towards equal weights keeps
    each feature in play: the examples of a procedure were written to differ, which underrates their words.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 -- 30 MB that only a build needs

    cases = [case for case in held if case.meant >= 0]
    spread = np.maximum(np.concatenate([case.features for case in cases]).std(axis=0), _LEAST_SPREAD)
    wide = max(len(case.features) for case in cases)
    stacked = np.zeros((len(cases), wide, len(FEATURES)))
    present = np.zeros((len(cases), wide), dtype=bool)
    for number, case in enumerate(cases):
        stacked[number, : len(case.features)] = case.features / spread
        present[number, : len(case.features)] = True
    right = np.array([case.meant for case in cases])
    start = np.ones(len(FEATURES))
    found = minimize(
        _loss,
        start,
        args=(stacked, present, right, start),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * len(FEATURES),
    )
    return Ranker(weights={n: round(float(w), 4) for n, w in zip(FEATURES, found.x / spread, strict=True)})


def _loss(
    weights: NDArray[np.float64],
    stacked: NDArray[np.float64],
    present: NDArray[np.bool_],
    right: Numbers,
    start: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    scores = np.where(present, stacked @ weights, -np.inf)
    scores -= scores.max(axis=1, keepdims=True)
    share = np.exp(scores)
    share /= share.sum(axis=1, keepdims=True)
    each = np.arange(len(right))
    loss = -np.log(share[each, right] + 1e-12).mean() + _PULL * ((weights - start) ** 2).sum()
    share[each, right] -= 1
    gradient = np.einsum("qc,qcf->f", share, stacked) / len(right) + 2 * _PULL * (weights - start)
    return float(loss), gradient


def _fit_calibration(
    ranker: Ranker, held: Sequence[_Case], outside: Sequence[_Case]
) -> tuple[Calibration, dict[str, Any]]:
    cases = [*held, *outside]
    signs = [_signs(ranker, case) for case in cases]
    places = np.array([_rank(ranker, case) for case in cases])
    weights = _balance([case.kind for case in cases])
    first = _fit_chance(signs, places < 1, weights)
    four = _fit_chance(signs, places < MOST_CHOICES, weights)
    report = {
        "outside": {kind: sum(case.kind == kind for case in outside) for kind in ("field", "outside")},
        "outside_share": OUTSIDE_SHARE,
        "auc_first": _auc(first, signs, places < 1),
        "auc_four": _auc(four, signs, places < MOST_CHOICES),
    }
    return Calibration(first=first, four=four), report


def _balance(kinds: Sequence[str]) -> NDArray[np.float64]:
    """Weights that give what is not held OUTSIDE_SHARE of the whole, half of it to each kind present."""
    outside = sorted({"field", "outside"} & set(kinds))
    shares = {"held": 1 - OUTSIDE_SHARE, **dict.fromkeys(outside, OUTSIDE_SHARE / max(len(outside), 1))}
    counts = {kind: kinds.count(kind) for kind in shares}
    return np.array([shares[kind] / counts[kind] for kind in kinds]) * len(kinds)


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


def _signs(ranker: Ranker, case: _Case) -> dict[str, float]:
    scores = ranker.scores(case.features)
    order = np.argsort(-scores)
    top = dict(zip(FEATURES, case.features[order[0]].tolist(), strict=True))
    return signs_of(scores[order].tolist(), top, words=case.words)


def _rank(ranker: Ranker, case: _Case) -> int:
    """The place of the right one, 0 the first; a large number when it is not among the candidates."""
    if case.meant < 0:
        return 1_000_000
    scores = ranker.scores(case.features)
    return int((scores > scores[case.meant]).sum())


def _ranking_report(ranker: Ranker, held: Sequence[_Case]) -> dict[str, Any]:
    places = np.array([_rank(ranker, case) for case in held])
    return {
        "held": len(held),
        **{f"r{count}": round(float((places < count).mean()), 4) for count in (1, 4, 10)},
    }
