"""What simple methods make of the same questions over the same probes, beside which ours must be worth it.

bm25, bm25_folded   BM25 of the library bm25s over syllables as typed, and without marks
encoder, encoder_projected   the closest probe by the encoder alone, before and after the learned projection
rrf                 bm25_folded and encoder_projected by reciprocal rank, equal weights (Cormack 2009, k = 60)

Each ranks procedures by the best of their probes, and sees every probe of the release. bm25s comes with the
extra `evaluation`; without it the first two and the last are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.library import Library
from knowledge_base.projection import project
from knowledge_base.vectors import Vectors
from knowledge_base.wording import Wording
from nlu.text import clean, fold, syllables

Scores = NDArray[np.floating[Any]]
# One score for each probe of the release.
Method = Callable[[Wording], Scores]
_RRF = 60
_NOT_HELD = 1_000_000


def has_bm25() -> bool:
    """Whether the library bm25s is installed."""
    return find_spec("bm25s") is not None


class Baselines:
    """All methods over the probes of one release. Made once: indexing takes a second for ten thousand."""

    def __init__(self, library: Library) -> None:
        probes = library.probes()
        self._codes = sorted({probe.code for probe in probes})
        numbers = {code: number for number, code in enumerate(self._codes)}
        self._owners = np.array([numbers[probe.code] for probe in probes])
        words = _by_words([probe.text for probe in probes]) if has_bm25() else {}
        self._methods: dict[str, Method] = {**words, **_by_meaning(library)}

    def places(self, asked: Wording, codes: Sequence[str]) -> Mapping[str, int]:
        """By method the place of the first of the codes, 0 the first; a large number when none is held."""
        ranks = {name: _ranks(self._by_procedure(method(asked))) for name, method in self._methods.items()}
        if "bm25_folded" in ranks:
            ranks["rrf"] = _ranks(_fused(ranks["bm25_folded"], ranks["encoder_projected"]))
        accepted = [number for number, code in enumerate(self._codes) if code in codes]
        return {name: int(each[accepted].min(initial=_NOT_HELD)) for name, each in ranks.items()}

    def _by_procedure(self, scores: Scores) -> Scores:
        best = np.full(len(self._codes), -np.inf)
        np.maximum.at(best, self._owners, scores)
        return best


def _by_words(texts: Sequence[str]) -> dict[str, Method]:
    typed = _bm25([syllables(clean(text)) for text in texts])
    bare = _bm25([syllables(fold(text)) for text in texts])
    return {
        "bm25": lambda asked: typed(syllables(asked.cleaned)),
        "bm25_folded": lambda asked: bare(syllables(fold(asked.cleaned))),
    }


def _by_meaning(library: Library) -> dict[str, Method]:
    raw, matrix = library.encoded()
    turned = project(raw, matrix)

    @lru_cache(maxsize=1)
    def vector(text: str) -> Vectors:
        return library.encoder.encode_queries([text])

    return {
        "encoder": lambda asked: raw @ vector(asked.marked)[0],
        "encoder_projected": lambda asked: turned @ project(vector(asked.marked), matrix)[0],
    }


def _bm25(texts: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], Scores]:
    from bm25s import BM25  # noqa: PLC0415 -- of the extra `evaluation`

    index = BM25()
    index.index([list(words) or [""] for words in texts], show_progress=False)

    def scores(words: Sequence[str]) -> Scores:
        known = [word for word in words if word in index.vocab_dict]
        found: Scores = index.get_scores(known) if known else np.zeros(len(texts))
        return found

    return scores


def _ranks(scores: Scores) -> NDArray[np.int64]:
    """The place of each, 0 the best; equal scores in the order of the codes."""
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks


def _fused(*ranks: NDArray[np.int64]) -> Scores:
    fused: Scores = np.sum([1 / (_RRF + 1 + each) for each in ranks], axis=0)
    return fused
