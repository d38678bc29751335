"""Tuning: a projection trained by one command, compared with what a build would learn, on the same examples.

Each round holds one example of every procedure out, learns from the others, and asks with those held out for
the closest probe. Nothing but the release is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from knowledge_base.demand import TIMES_ASKED, demand_of
from knowledge_base.errors import TuningProblem
from knowledge_base.library import Library
from knowledge_base.probes import ProbeKind
from knowledge_base.projection import (
    DECAY,
    FEWEST_EXAMPLES,
    LAST_RATE,
    RATE,
    TEMPERATURE,
    Examples,
    drawn_pairs,
    learn_projection,
    project,
    steps_for,
)
from knowledge_base.resampling import interval
from knowledge_base.vectors import Numbers, Vectors
from nlu.encoders.dense import Batch, Training, train

_ROUNDS = 2
# A procedure with fewer keeps them all, as in rehearsal.
_FEWEST_TO_LEAVE_ONE = 4
_BATCH = 512
# Of each example, from how many of the closest examples of its field a wrong one is drawn.
_SIBLINGS = 4
_ROWS = 1024

# From examples, the titles of all procedures and a seed to a matrix.
Learner = Callable[[Examples, Vectors, int], Vectors]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The probes of a release before the projection.

    vectors, owners, is_example: one a probe. titles (numbers of probes), fields, weights: one a procedure.
    """

    vectors: Vectors
    owners: Numbers
    is_example: NDArray[np.bool_]
    titles: Numbers
    fields: Numbers
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, library: Library) -> Ground:
        """The ground of an open release. Raises TuningProblem when it has too few examples to learn from."""
        probes, codes = library.probes(), sorted(library.titles())
        contents = [library.content(code) for code in codes]
        _, fields = np.unique([content.field for content in contents], return_inverse=True)
        numbers = {code: number for number, code in enumerate(codes)}
        owners = np.array([numbers[probe.code] for probe in probes], dtype=np.int64)
        titles = {probe.code: n for n, probe in enumerate(probes) if probe.kind is ProbeKind.TITLE}
        ground = cls(
            vectors=library.encoded()[0],
            owners=owners,
            is_example=np.array([probe.kind is ProbeKind.EXAMPLE for probe in probes]),
            titles=np.array([titles[code] for code in codes], dtype=np.int64),
            fields=fields,
            weights=np.array([TIMES_ASKED[demand_of(content)] for content in contents]),
        )
        if ground.is_example.sum() < FEWEST_EXAMPLES or not len(ground.rounds()):
            raise TuningProblem(
                f"{library.name} has too few example questions to tune on: {FEWEST_EXAMPLES} are needed, and "
                f"{_FEWEST_TO_LEAVE_ONE} of one procedure. Add some (`motcua kb import-examples PATH`), then "
                "`motcua kb build`."
            )
        return ground

    def rounds(self) -> list[Numbers]:
        """The probes that each round holds out: one example of every procedure that has enough of them."""
        chance = np.random.default_rng(1)
        numbers = chance.permutation(np.flatnonzero(self.is_example))
        order = numbers[np.argsort(self.owners[numbers], kind="stable")]
        _, begins, sizes = np.unique(self.owners[order], return_index=True, return_counts=True)
        begins = begins[sizes >= _FEWEST_TO_LEAVE_ONE]
        return [order[begins + number] for number in range(_ROUNDS)] if len(begins) else []

    def learned(self, learner: Learner, *, without: Numbers | None = None, seed: int = 0) -> Vectors:
        """The matrix that a learner makes of all examples but these probes."""
        kept = self.is_example.copy()
        if without is not None:
            kept[without] = False
        examples = Examples.of(
            self.vectors[kept], self.owners[kept], fields=self.fields, weights=self.weights
        )
        return learner(examples, self.vectors[self.titles], seed)

    def places(self, matrix: Vectors, held_out: Numbers) -> Numbers:
        """The place of the right procedure for each example held out, 0 the first, by the closest probe."""
        kept = np.ones(len(self.vectors), dtype=bool)
        kept[held_out] = False
        turned, owners = project(self.vectors, matrix), self.owners[kept]
        # Probes are numbered by procedure, and each keeps its title: one run of columns a procedure.
        begins = np.flatnonzero(np.diff(owners, prepend=-1))
        places = []
        for begin in range(0, len(held_out), _ROWS):
            asked = held_out[begin : begin + _ROWS]
            closest = np.maximum.reduceat(turned[asked] @ turned[kept].T, begins, axis=1)
            right = closest[np.arange(len(asked)), self.owners[asked]]
            places.append((closest > right[:, None]).sum(axis=1))
        return np.concatenate(places)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The places of the same held-out examples: without a projection, with a build's own, with the tuned."""

    none: Numbers
    own: Numbers
    tuned: Numbers

    @property
    def gain(self) -> tuple[float, float]:
        """95 % bootstrap interval of R@1 of the tuned one minus that of the better of the others."""
        other = max((self.none, self.own), key=lambda places: float(recall(places, 1)))
        each = (self.tuned < 1).astype(np.float64) - (other < 1)
        return interval(each)

    @property
    def is_better(self) -> bool:
        """Whether the tuned one is surely better at the first place, and no worse among four."""
        return self.gain[0] > 0 and recall(self.tuned, 4) >= max(recall(self.own, 4), recall(self.none, 4))

    def figures(self) -> Mapping[str, float]:
        """n, and R@1 and R@4 of each, by names such as "own_r1"."""
        found: dict[str, float] = {"n": len(self.tuned)}
        for name, places in (("none", self.none), ("own", self.own), ("tuned", self.tuned)):
            found |= {f"{name}_r{count}": recall(places, count) for count in (1, 4)}
        return found


def recall(places: Numbers, count: int) -> float:
    """The share of places among the first `count`."""
    return round(float((places < count).mean()), 4)


def compare(ground: Ground) -> Comparison:
    """Learn and ask in every round. The number of the round is the seed of both learners.

    Takes about ten seconds a round for 13,000 examples. Raises EncoderUnavailable without the extra.
    """
    identity = np.eye(ground.vectors.shape[1], dtype=np.float32)
    found: dict[str, list[Numbers]] = {"none": [], "own": [], "tuned": []}
    with threadpool_limits(limits=1):
        for seed, held_out in enumerate(ground.rounds()):
            matrices = {
                "none": identity,
                "own": ground.learned(own, without=held_out, seed=seed),
                "tuned": ground.learned(tuned, without=held_out, seed=seed),
            }
            for name, matrix in matrices.items():
                found[name].append(ground.places(matrix, held_out))
    return Comparison(**{name: np.concatenate(places) for name, places in found.items()})


def own(examples: Examples, titles: Vectors, seed: int) -> Vectors:
    """What a build learns itself, with numpy."""
    return learn_projection(examples, titles, seed=seed)


def tuned(examples: Examples, titles: Vectors, seed: int) -> Vectors:
    """What sentence-transformers make of the same examples."""
    training = Training(
        steps=steps_for(examples),
        rate=RATE,
        last_rate=LAST_RATE,
        # The same as the numpy one: the ranker's weights are rehearsed with cosines of that spread.
        temperature=TEMPERATURE,
        decay=DECAY,
    )
    return train(_batches(examples, titles, seed), training, dimensions=titles.shape[1])


def _batches(examples: Examples, titles: Vectors, seed: int) -> Iterator[Batch]:
    """One row a procedure: the loss takes every other row of its batch for wrong."""
    siblings, chance = _siblings(examples), np.random.default_rng(seed)
    for pairs in drawn_pairs(examples, titles, seed=seed, batch=_BATCH):
        _, rows = np.unique(pairs.owners, return_index=True)
        drawn = chance.integers(siblings.shape[1], size=len(rows))
        yield Batch(
            asked=pairs.asked[rows],
            answers=pairs.answers[rows],
            negatives=examples.vectors[siblings[pairs.chosen[rows], drawn]],
        )


def _siblings(examples: Examples) -> Numbers:
    """For each example the closest ones of other procedures, of its field as far as there are any."""
    count = min(_SIBLINGS, len(examples.owners) - 1)
    closest = []
    for begin in range(0, len(examples.owners), _ROWS):
        rows = slice(begin, begin + _ROWS)
        alike = examples.vectors[rows] @ examples.vectors.T
        alike -= 2 * (examples.fields[rows, None] != examples.fields[None, :])
        alike -= 8 * (examples.owners[rows, None] == examples.owners[None, :])
        closest.append(np.argpartition(-alike, count - 1, axis=1)[:, :count])
    return np.concatenate(closest)
