"""The vectors of a release. The only module that knows FAISS."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import ReleaseProblem

Vectors = NDArray[np.float32]

# Flat is exact and takes 0.4 ms for 10,000 vectors, 23 ms for 100,000; HNSW32 0.7 ms at recall .98
# (reference "search-baselines", 384 dimensions, one thread).
LARGEST_FLAT = 50_000
_NEIGHBOURS = 32
_BREADTH = 64


@dataclass(frozen=True, kw_only=True)
class VectorIndex:
    """Unit vectors, numbered from 0. Searching is safe from several threads."""

    index: faiss.Index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """An exact index for up to LARGEST_FLAT vectors of shape (n, dimensions), a graph above."""
        dimensions = vectors.shape[1]
        index = _flat(dimensions) if len(vectors) <= LARGEST_FLAT else _graph(dimensions)
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index=index)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Read what save() wrote. Raises ReleaseProblem if it is no index."""
        try:
            return cls(index=faiss.read_index(str(path)))
        except RuntimeError as problem:
            raise ReleaseProblem(
                f"{path.name} is not a FAISS index. Build the release again: `motcua kb build`."
            ) from problem

    def save(self, path: Path) -> None:
        """Write the index as one file."""
        faiss.write_index(self.index, str(path))

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self.index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.index.d)

    def nearest(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """The numbers of the `count` closest vectors, best first; fewer if there are fewer."""
        _, found = self.index.search(vector.reshape(1, -1), min(count, self.size))
        numbers: NDArray[np.int64] = found[0][found[0] >= 0]
        return numbers

    def cosines(self, vector: Vectors, numbers: NDArray[np.int64]) -> Vectors:
        """The cosine of one vector with each of the numbered ones."""
        cosines: Vectors = self.index.reconstruct_batch(np.ascontiguousarray(numbers)) @ vector
        return cosines


def _flat(dimensions: int) -> faiss.Index:
    return faiss.IndexFlatIP(dimensions)


def _graph(dimensions: int) -> faiss.Index:
    index = faiss.IndexHNSWFlat(dimensions, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efSearch = _BREADTH
    return index
