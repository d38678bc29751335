"""The learned projection: turns the encoder's space so that people's words fall near the law's.

On frozen vectors, in seconds, with numpy alone: a square matrix that starts as the identity and learns that
two example questions of one procedure, or an example and its title, belong together, and the others of the
batch do not. Half of a batch is drawn from a few fields, so that siblings meet; everyday procedures are drawn
more often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge_base.vectors import Numbers, Vectors

FEWEST_EXAMPLES = 64
_BATCH = 256
_OF_ONE_FIELD = 32
_EPOCHS = 12
_FEWEST_STEPS, _MOST_STEPS = 220, 800
RATE = 1e-3
LAST_RATE = 0.1
TEMPERATURE = 0.1
_TITLE_SHARE = 0.3
# Pulls the matrix back to the identity, so that what has no examples is found about as well as before.
DECAY = 0.01


@dataclass(frozen=True, kw_only=True)
class Examples:
    """What is learned from, one row an example.

    owners, fields: numbers of its procedure and of its field. weights: how often people ask for it.
    """

    vectors: Vectors
    owners: Numbers
    fields: Numbers
    weights: NDArray[np.float64]

    @classmethod
    def of(
        cls, vectors: Vectors, owners: Numbers, *, fields: Numbers, weights: NDArray[np.float64]
    ) -> Examples:
        """Examples of these owners; fields and weights: of every procedure."""
        return cls(vectors=vectors, owners=owners, fields=fields[owners], weights=weights[owners])


def project(vectors: Vectors, matrix: Vectors) -> Vectors:
    """Vectors of shape (n, d) through the matrix (d, d), made of length 1 again."""
    turned = vectors @ matrix
    lengths = np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), np.float32(1e-12))
    projected: Vectors = (turned / lengths).astype(np.float32)
    return projected


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """A batch, row by row: an example, by number and as a vector, and what else belongs to its procedure."""

    chosen: Numbers
    asked: Vectors
    answers: Vectors
    owners: Numbers


def steps_for(examples: Examples) -> int:
    """How many batches to learn from."""
    return min(max(_EPOCHS * len(examples.owners) // _BATCH, _FEWEST_STEPS), _MOST_STEPS)


def drawn_pairs(examples: Examples, titles: Vectors, *, seed: int, batch: int = _BATCH) -> Iterator[Pairs]:
    """Batches without end, of at most this many rows. The same seed gives the same ones."""
    chance = np.random.default_rng(seed)
    families, draw = _Families.of(examples.owners), _drawing(examples, chance, batch)
    while True:
        chosen = draw()
        partners = families.another(chosen, chance)
        by_title = (partners == chosen) | (chance.random(len(chosen)) < _TITLE_SHARE)
        owners = examples.owners[chosen]
        yield Pairs(
            chosen=chosen,
            asked=examples.vectors[chosen],
            answers=np.where(by_title[:, None], titles[owners], examples.vectors[partners]),
            owners=owners,
        )


def learn_projection(examples: Examples, titles: Vectors, *, seed: int = 0) -> Vectors:
    """The matrix learned from examples, whose owners number the rows of `titles`.

    The identity when there are too few examples to learn from. The same input gives the same matrix.
    """
    descent = _Descent(matrix=np.eye(titles.shape[1], dtype=np.float32))
    if len(examples.owners) < FEWEST_EXAMPLES:
        return descent.matrix
    steps = steps_for(examples)
    for step, pairs in zip(range(steps), drawn_pairs(examples, titles, seed=seed), strict=False):
        gradient = _gradient(descent.matrix, pairs.asked, pairs.answers, pairs.owners)
        descent.step(gradient, rate=RATE * (1 - (1 - LAST_RATE) * step / steps))
    return descent.matrix


def _drawing(examples: Examples, chance: np.random.Generator, batch: int) -> Callable[[], Numbers]:
    """Draws a batch: half of it from anywhere, half from a few fields, so that siblings are told apart."""
    half = min(batch, len(examples.owners) // 2) // 2
    share = examples.weights / examples.weights.sum()
    of_field = {number: np.flatnonzero(examples.fields == number) for number in np.unique(examples.fields)}

    def draw() -> Numbers:
        chosen = [chance.choice(len(share), size=half, replace=False, p=share)]
        while sum(map(len, chosen)) < 2 * half:
            near = of_field[examples.fields[chance.choice(len(share), p=share)]]
            chosen.append(chance.choice(near, size=min(_OF_ONE_FIELD, len(near)), replace=False))
        return np.unique(np.concatenate(chosen))

    return draw


@dataclass(frozen=True, kw_only=True)
class _Families:
    """order: the examples sorted by procedure. For each: its place there, its family's begin and size."""

    order: Numbers
    places: Numbers
    begins: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, owners: Numbers) -> _Families:
        order = np.argsort(owners, kind="stable")
        _, begins, family, sizes = np.unique(
            owners[order], return_index=True, return_inverse=True, return_counts=True
        )
        back = np.argsort(order)
        return cls(order=order, places=back, begins=begins[family][back], sizes=sizes[family][back])

    def another(self, chosen: Numbers, chance: np.random.Generator) -> Numbers:
        """For each chosen example another one of its procedure, itself when it is the only one."""
        sizes, begins = self.sizes[chosen], self.begins[chosen]
        further = 1 + chance.integers(np.maximum(sizes - 1, 1))
        return self.order[begins + (self.places[chosen] - begins + further) % sizes]


def _gradient(matrix: Vectors, asked: Vectors, answers: Vectors, owners: Numbers) -> Vectors:
    """Of the cross-entropy of finding each question's own answer among those of the batch."""
    left, left_length = _turned(asked, matrix)
    right, right_length = _turned(answers, matrix)
    alike = left @ right.T / TEMPERATURE
    same = owners[:, None] == owners[None, :]
    np.fill_diagonal(same, val=False)
    alike[same] = -np.inf
    alike = np.exp(alike - alike.max(axis=1, keepdims=True))
    wrong = alike / alike.sum(axis=1, keepdims=True)
    wrong[np.diag_indices(len(asked))] -= 1.0
    wrong /= len(asked) * TEMPERATURE
    to_left = _along(wrong @ right, left, left_length)
    to_right = _along(wrong.T @ left, right, right_length)
    gradient: Vectors = asked.T @ to_left + answers.T @ to_right
    return gradient


def _turned(vectors: Vectors, matrix: Vectors) -> tuple[Vectors, Vectors]:
    turned = vectors @ matrix
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return turned / lengths, lengths


def _along(gradient: Vectors, unit: Vectors, lengths: Vectors) -> Vectors:
    """The gradient through the normalisation to length 1."""
    through: Vectors = (gradient - unit * (gradient * unit).sum(axis=1, keepdims=True)) / lengths
    return through


@dataclass(kw_only=True)
class _Descent:
    """AdamW (Loshchilov and Hutter, 2019) with the decay towards the identity."""

    matrix: Vectors
    taken: int = 0
    mean: Vectors = field(default_factory=lambda: np.zeros(1, dtype=np.float32))
    spread: Vectors = field(default_factory=lambda: np.zeros(1, dtype=np.float32))

    def step(self, gradient: Vectors, *, rate: float) -> None:
        self.taken += 1
        self.mean = 0.9 * self.mean + 0.1 * gradient
        self.spread = 0.999 * self.spread + 0.001 * gradient**2
        mean = self.mean / (1 - 0.9**self.taken)
        spread = self.spread / (1 - 0.999**self.taken)
        away = self.matrix - np.eye(len(self.matrix), dtype=np.float32)
        self.matrix = (self.matrix - rate * (mean / (np.sqrt(spread) + 1e-8) + DECAY * away)).astype(
            np.float32
        )
