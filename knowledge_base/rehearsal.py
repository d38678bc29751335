"""Rehearsal: questions asked of a release before anyone else asks it, made of nothing but its own texts.

An example question asked of a base that does not hold it stands for one who asks about what is held;
with its field hidden, or a message known to be about something else, for one who asks about what is not.
Each counts as often as people ask for its procedure (knowledge_base.demand).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge_base.projection import Examples, learn_projection, project
from knowledge_base.ranking import (
    CLOSE_PROBES,
    Evidence,
    Features,
    ProbeTable,
    best,
    candidates,
    features,
    middles,
    word_index,
)
from knowledge_base.vectors import Numbers, Vectors
from knowledge_base.words import WordIndex

_NONE = -1
# Rounds: in each, one example of every procedure is held out. As many as give about this number of questions.
_ENOUGH = 4000
_FEWEST_ROUNDS, _MOST_ROUNDS = 2, 6
# A procedure with fewer keeps them all: what is left would say too little.
_FEWEST_EXAMPLES = 4
_FIELD_FOLDS = 3
_MOST_HIDDEN = 1500


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Questions to rehearse. owners: the procedure meant, -1 for none. probes: its own probe, -1 for none."""

    vectors: Vectors
    words: Sequence[tuple[str, ...]]
    variants: NDArray[np.bool_]
    owners: Numbers
    probes: Numbers


@dataclass(frozen=True, kw_only=True)
class Base:
    """What is searched: probes by number with their encoded vectors and words.

    fields: the field of each procedure, as a number. weights: how often people ask for it.
    """

    table: ProbeTable
    vectors: Vectors
    probe_words: Sequence[Sequence[str]]
    fields: Numbers
    weights: NDArray[np.float64]

    @cached_property
    def matrix(self) -> Vectors:
        """The projection learned from all examples."""
        return self.projection()

    @cached_property
    def word_index(self) -> WordIndex:
        """Of all probes."""
        return word_index(self.words(self.table))

    def words(self, table: ProbeTable) -> Iterator[list[str]]:
        """The words of all probes that this table has of each procedure."""
        for rows in zip(table.titles, table.examples, strict=True):
            numbers = np.concatenate(rows)
            yield [word for number in numbers[numbers >= 0] for word in self.probe_words[number]]

    def projection(
        self, *, without: Numbers | None = None, hidden: NDArray[np.bool_] | None = None
    ) -> Vectors:
        """Learned from all examples but these probes and those of the hidden procedures."""
        numbers = self.table.examples[self.table.examples >= 0]
        kept = np.ones(len(numbers), dtype=bool)
        if without is not None:
            kept &= ~np.isin(numbers, without)
        if hidden is not None:
            kept &= ~hidden[self.table.owners[numbers]]
        numbers = numbers[kept]
        owners = self.table.owners[numbers]
        examples = Examples.of(self.vectors[numbers], owners, fields=self.fields, weights=self.weights)
        return learn_projection(examples, self.vectors[self.table.titles[:, 0]])


@dataclass(frozen=True, kw_only=True)
class Case:
    """One rehearsed question with its candidates. meant: the place of the right one, or -1.

    kind: "held", "field" (its field hidden) or "outside". words: how many syllables were asked.
    """

    features: Features
    meant: int
    words: int
    kind: str
    weight: float


def held_cases(base: Base, asked: Asked) -> Iterator[Case]:
    """Questions about what is held, each asked of a base without its own probe.

    Those made of titles are asked in the first round.
    """
    for number, held_out in enumerate(_rounds(base.table)):
        chosen = np.flatnonzero(np.isin(asked.probes, held_out))
        if number == 0:
            chosen = np.concatenate((chosen, np.flatnonzero((asked.owners >= 0) & (asked.probes < 0))))
        yield from _World.of(base, held_out=held_out).cases(asked, chosen, kind="held")


def cases_of_nothing_held(base: Base, asked: Asked) -> Iterator[Case]:
    """Questions that nothing held answers: of hidden fields, and messages about something else."""
    none = np.empty(0, dtype=np.int64)
    yield from _World.of(base, held_out=none).cases(asked, np.flatnonzero(asked.owners < 0), kind="outside")
    yield from _hidden_cases(base, asked)


def _rounds(table: ProbeTable) -> list[Numbers]:
    """The probes that each round holds out: one example of every procedure that has enough of them."""
    chance = np.random.default_rng(1)
    rows = [chance.permutation(row[row >= 0]) for row in table.examples]
    rows = [row for row in rows if len(row) >= _FEWEST_EXAMPLES]
    rounds = min(max(_ENOUGH // max(len(rows), 1), _FEWEST_ROUNDS), _MOST_ROUNDS)
    held_out = [np.array([row[n] for row in rows if n < len(row)], dtype=np.int64) for n in range(rounds)]
    return [numbers for numbers in held_out if len(numbers)]


def _hidden_cases(base: Base, asked: Asked) -> Iterator[Case]:
    """Questions with their whole field hidden: what an office lacks mostly lies in other fields."""
    chance = np.random.default_rng(2)
    turns = chance.permutation(int(base.fields.max(initial=0)) + 1) % _FIELD_FOLDS
    numbers = chance.permutation(np.flatnonzero(asked.owners >= 0))[:_MOST_HIDDEN]
    none = np.empty(0, dtype=np.int64)
    for fold in range(_FIELD_FOLDS):
        hidden = turns[base.fields] == fold
        chosen = numbers[hidden[asked.owners[numbers]]]
        if len(chosen) and not hidden.all():
            yield from _World.of(base, held_out=none, hidden=hidden).cases(asked, chosen, kind="field")


@dataclass(frozen=True, kw_only=True)
class _World:
    """The base as if some probes did not exist, and with some procedures hidden from every question."""

    table: ProbeTable
    gone: Numbers
    hidden: NDArray[np.bool_] | None
    matrix: Vectors
    vectors: Vectors
    middles: Vectors
    words: WordIndex
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, base: Base, *, held_out: Numbers, hidden: NDArray[np.bool_] | None = None) -> _World:
        table = base.table.without(held_out)
        is_whole = not len(held_out)
        matrix = (
            base.matrix if is_whole and hidden is None else base.projection(without=held_out, hidden=hidden)
        )
        vectors = project(base.vectors, matrix)
        kept = np.setdiff1d(np.arange(len(vectors)), held_out)
        return cls(
            table=table,
            gone=held_out,
            hidden=hidden,
            matrix=matrix,
            vectors=vectors,
            middles=middles(len(table.codes), table.owners[kept], vectors[kept]),
            words=base.word_index if is_whole else word_index(base.words(table)),
            weights=base.weights,
        )

    def cases(self, asked: Asked, chosen: Numbers, *, kind: str) -> Iterator[Case]:
        turned = project(asked.vectors[chosen], self.matrix)
        for number, vector in zip(chosen.tolist(), turned, strict=True):
            case = self._case(asked, number, vector, kind)
            if case is not None:
                yield case

    def _case(self, asked: Asked, number: int, vector: Vectors, kind: str) -> Case | None:
        cosines = self.vectors @ vector
        cosines[self.gone] = 0.0
        words = self.words.scores(asked.words[number])
        found = candidates(self.table, best(cosines, CLOSE_PROBES), words)
        if self.hidden is not None:
            found = found[~self.hidden[found]]
        if not len(found):
            return None
        owner = int(asked.owners[number])
        evidence = Evidence(
            cosines=np.append(cosines, np.float32(0.0)),
            middles=self.middles @ vector,
            words=words,
            variants=asked.variants[number],
        )
        return Case(
            features=features(self.table, evidence, found),
            meant=_place(found, owner) if kind == "held" else _NONE,
            words=len(asked.words[number]),
            kind=kind,
            weight=float(self.weights[owner]) if owner >= 0 else 1.0,
        )


def _place(found: Numbers, owner: int) -> int:
    places = np.flatnonzero(found == owner)
    return int(places[0]) if len(places) else _NONE
