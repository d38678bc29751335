"""Ranking: a linear model over named features of a candidate, whose weights the manifest shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.article import Content
from knowledge_base.probes import Probe, ProbeKind
from knowledge_base.words import Scores
from nlu.text import fold

Numbers = NDArray[np.int64]
Features = NDArray[np.float32]

FEATURES = (
    "meaning",  # the closest probe, cosine after the projection
    "meaning_of_examples",  # mean of the three closest example questions, 0 without examples
    "meaning_of_title",  # the closest of title, aliases and lead
    "words",  # the probe that covers most of the question's words
    "words_of_examples",
    "words_of_title",
    "words_of_parts",  # the same of title, documents and steps together
    "for_citizens",  # 1: handled at commune level for citizens, which is asked far more often
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
_CLOSE_PROBES = 100
_WORDY_PROBES = 60
_WORDY_PARTS = 30


@dataclass(frozen=True, kw_only=True)
class ProbeTable:
    """Which probes lead to which procedure, by number.

    owners: the procedure of each probe. examples, titles: (procedures, most of one) numbers of probes, filled
    up with -1. citizens: (procedures,) 0 or 1. variants: (procedures, len(VARIANTS)), what each title names.
    """

    codes: tuple[str, ...]
    owners: Numbers
    examples: Numbers
    titles: Numbers
    citizens: Features
    variants: NDArray[np.bool_]

    @classmethod
    def of(
        cls, codes: Sequence[str], titles: Sequence[str], citizens: Sequence[bool], probes: Sequence[Probe]
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
            citizens=np.array(citizens, dtype=np.float32),
            variants=np.array([variants_named(title) for title in titles]).reshape(-1, len(VARIANTS)),
        )


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one question has in common with every probe and procedure.

    cosines, words: one for each probe and a last 0 for "no such probe". parts: one for each procedure.
    """

    cosines: Features
    words: Scores
    parts: Scores
    variants: NDArray[np.bool_]

    def without(self, probe: int) -> Evidence:
        """The evidence as if this probe did not exist."""
        cosines, words = self.cosines.copy(), self.words.copy()
        cosines[probe] = words[probe] = 0.0
        return Evidence(cosines=cosines, words=words, parts=self.parts, variants=self.variants)


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


def candidates(table: ProbeTable, close: Numbers, words: Scores, parts: Scores) -> Numbers:
    """Numbers of the procedures worth comparing: of the close probes, of wordy probes and parts."""
    return np.unique(
        np.concatenate(
            (
                table.owners[close[:_CLOSE_PROBES]],
                table.owners[best(words[: len(table.owners)], _WORDY_PROBES)],
                best(parts, _WORDY_PARTS),
            )
        )
    )


def best(scores: Scores, count: int) -> Numbers:
    """The numbers of the highest scores above 0, in no order."""
    found = np.argpartition(-scores, count - 1)[:count] if len(scores) > count else np.arange(len(scores))
    return found[scores[found] > 0]


def features(table: ProbeTable, evidence: Evidence, chosen: Numbers) -> Features:
    """Features of the chosen procedures, shape (chosen, len(FEATURES)), columns as in FEATURES."""
    examples, titles = table.examples[chosen], table.titles[chosen]
    close, close_title = evidence.cosines[examples], evidence.cosines[titles].max(axis=1)
    wordy, wordy_title = evidence.words[examples].max(axis=1), evidence.words[titles].max(axis=1)
    best_three = -np.sort(-close, axis=1)[:, :3]
    columns = (
        np.maximum(close.max(axis=1), close_title),
        best_three.mean(axis=1),
        close_title,
        np.maximum(wordy, wordy_title),
        wordy,
        wordy_title,
        evidence.parts[chosen],
        table.citizens[chosen],
        -(table.variants[chosen] & ~evidence.variants).sum(axis=1),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def is_for_citizens(content: Content) -> bool:
    """Whether it is handled at commune level for citizens: what most people ask about."""
    at_commune = any("cap xa" in fold(level) for level in content.levels)
    return at_commune and any("cong dan" in fold(audience) for audience in content.audience)


def _filled_up(rows: Sequence[Sequence[int]]) -> Numbers:
    width = max([1, *map(len, rows)])
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], dtype=np.int64).reshape(-1, width)
