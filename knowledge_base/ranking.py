"""Ranking: a linear model over named features of a candidate, whose weights the manifest shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge_base.probes import Probe, ProbeKind
from knowledge_base.vectors import Numbers, Vectors
from knowledge_base.words import Scores, WordIndex
from nlu.text import fold

Features = NDArray[np.float32]

FEATURES = (
    "meaning",  # the closest probe, cosine after the projection
    "meaning_of_title",  # the closest of title, aliases and lead
    "meaning_together",  # all probes, the close ones counting most (soft maximum of their cosines)
    "meaning_of_all",  # the middle of all probes
    "words",  # how far all probes together cover the question's words
    "demand",  # how often people ask for it (knowledge_base.demand)
    "plain_variant",  # minus the number of special cases the title names and the question does not
)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What makes a procedure a special case of a plainer one of nearly the same name (reference "domain").

    named: pattern of a folded title that names it; said: of a folded question that means it.
    """

    named: re.Pattern[str]
    said: re.Pattern[str]


def _variant(named: str, said: str = "") -> Variant:
    return Variant(named=re.compile(rf"\b(?:{named})\b"), said=re.compile(rf"\b(?:{said or named})\b"))


VARIANTS = (
    _variant("luu dong"),
    _variant("co yeu to nuoc ngoai", "nuoc ngoai|ngoai quoc|quoc tich|viet kieu|dinh cu|tay|visa"),
    _variant("khu vuc bien gioi", "bien gioi"),
    _variant("co quan dai dien", "dai su quan|su quan|lanh su|co quan dai dien|o nuoc ngoai"),
    _variant("cap tinh", "tinh|thanh pho|so"),
    _variant("cap huyen", "huyen|quan"),
    _variant("cap trung uong|cap bo", "trung uong|bo"),
    _variant("noi bo"),
    # Acts on what exists already; people name them by what happened.
    _variant("lai", "lai|mat(?! (?:bao|may|thoi|phi|tien|le))|hong|rach|that lac|chay"),
    _variant("xoa|huy|thu hoi", "xoa|huy|thu hoi|bo|cat|rut"),
    _variant("gia han", "han"),
    _variant(
        "thay doi|cap doi|dieu chinh|cai chinh|bo sung",
        "doi|sua|sai|nham|chuyen|dieu chinh|cai chinh|bo sung|them",
    ),
    _variant("cham dut|giai the", "cham dut|giai the|nghi|dong cua|dep|thoi"),
    _variant("tam ngung", "tam|ngung|nghi"),
    _variant("ket hop", "ket hop|nhan cha|nhan me|nhan con|dong thoi|luon"),
)
_NONE = -1
CLOSE_PROBES = 100
_WORDY = 40
# How fast a probe that is less close stops counting in meaning_together.
_SOFTNESS = 0.05


@dataclass(frozen=True, kw_only=True)
class ProbeTable:
    """Which probes lead to which procedure, by number.

    owners: the procedure of each probe. examples, titles: (procedures, most of one) numbers of probes, filled
    up with -1. demand: (procedures,). variants: (procedures, len(VARIANTS)), what each title names.
    """

    codes: tuple[str, ...]
    owners: Numbers
    examples: Numbers
    titles: Numbers
    demand: Features
    variants: NDArray[np.bool_]

    @classmethod
    def of(
        cls, codes: Sequence[str], titles: Sequence[str], demand: Sequence[int], probes: Sequence[Probe]
    ) -> ProbeTable:
        """The table of these procedures, numbered as given. Raises KeyError for a probe of another one."""
        numbers = {code: number for number, code in enumerate(codes)}
        rows: dict[bool, list[list[int]]] = {kind: [[] for _ in codes] for kind in (True, False)}
        for number, probe in enumerate(probes):
            rows[probe.kind is ProbeKind.EXAMPLE][numbers[probe.code]].append(number)
        return cls(
            codes=tuple(numbers),
            owners=np.array([numbers[probe.code] for probe in probes], dtype=np.int64),
            examples=_filled_up(rows[True]),
            titles=_filled_up(rows[False]),
            demand=np.array(demand, dtype=np.float32),
            variants=np.array([variants_named(title) for title in titles]).reshape(-1, len(VARIANTS)),
        )

    def without(self, probes: Numbers) -> ProbeTable:
        """The table as if these probes did not exist, but for their owners: leave them out of the close."""
        gone = np.isin(self.examples, probes)
        return replace(self, examples=np.where(gone, _NONE, self.examples))


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one question has in common with every probe and procedure.

    cosines: one for each probe and a last 0 for "no such probe". middles, words: one for each procedure, of
    its middle and of its words (`word_index`).
    """

    cosines: Features
    middles: Features
    words: Scores
    variants: NDArray[np.bool_]


def word_index(texts: Iterable[Sequence[str]]) -> WordIndex:
    """Of all probes of each procedure as one text of folded syllables."""
    return WordIndex.build(list(texts), length_share=0.75)


def middles(procedures: int, owners: Numbers, vectors: Vectors) -> Vectors:
    """The middle of the probes of each procedure, shape (procedures, dimensions), of length 1."""
    sums = np.zeros((procedures, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-12))
    middle: Vectors = sums / lengths
    return middle


@dataclass(frozen=True, kw_only=True)
class Ranker:
    """Weights by feature name. A score has no unit; its softmax over the candidates is their share."""

    weights: Mapping[str, float]

    def scores(self, features: Features) -> Features:
        """One score for each row of features (n, len(FEATURES))."""
        scores: Features = features @ np.array([self.weights[name] for name in FEATURES], dtype=np.float32)
        return scores


def shares(scores: Features) -> Features:
    """The softmax: how the candidates share the belief that one of them is meant."""
    raised = np.exp(scores - scores.max())
    shared: Features = raised / raised.sum()
    return shared


def variants_named(title: str) -> list[bool]:
    """Which of VARIANTS a title names."""
    folded = fold(title)
    return [variant.named.search(folded) is not None for variant in VARIANTS]


def variants_said(question: str) -> list[bool]:
    """Which of VARIANTS a question means, with or without marks."""
    folded = fold(question)
    return [variant.said.search(folded) is not None for variant in VARIANTS]


def candidates(table: ProbeTable, close: Numbers, words: Scores) -> Numbers:
    """Numbers of the procedures worth comparing: of the close probes, and those with the question's words."""
    return np.union1d(table.owners[close[:CLOSE_PROBES]], best(words, _WORDY))


def best(scores: Scores, count: int) -> Numbers:
    """The numbers of the highest scores above 0, in no order."""
    found = np.argpartition(-scores, count - 1)[:count] if len(scores) > count else np.arange(len(scores))
    return found[scores[found] > 0]


def features(table: ProbeTable, evidence: Evidence, chosen: Numbers) -> Features:
    """Features of the chosen procedures, shape (chosen, len(FEATURES)), columns as in FEATURES."""
    titles = evidence.cosines[table.titles[chosen]]
    every = np.concatenate((titles, evidence.cosines[table.examples[chosen]]), axis=1)
    columns = (
        every.max(axis=1),
        titles.max(axis=1),
        _together(every),
        evidence.middles[chosen],
        evidence.words[chosen],
        table.demand[chosen],
        -(table.variants[chosen] & ~evidence.variants).sum(axis=1),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _together(cosines: Features) -> Features:
    """The soft maximum: the closest one, and a little more for each other one nearly as close."""
    together: Features = 1 + _SOFTNESS * np.log(np.exp((cosines - 1) / _SOFTNESS).sum(axis=1))
    return together


def _filled_up(rows: Sequence[Sequence[int]]) -> Numbers:
    width = max([1, *map(len, rows)])
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], dtype=np.int64).reshape(-1, width)
