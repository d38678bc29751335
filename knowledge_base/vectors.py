"""The vectors of a release. The only module that knows FAISS."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import ReleaseProblem

Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]

# Flat is exact and takes 0.4 ms for 10,000 vectors, 23 ms for 100,000; HNSW32 0.7 ms at recall .98
# (reference "search-baselines", 384 dimensions, one thread).
LARGEST_FLAT = 50_000
_NEIGHBOURS = 32
# How broadly a graph is searched: the least of these with which the build finds LEAST_RECALL of the ten
# nearest vectors of a sample, the broadest if none does.
BREADTHS = (32, 64, 128, 256, 512)
LEAST_RECALL = 0.97
_SAMPLE = 200
_ASKED = 10


@dataclass(frozen=True, kw_only=True)
class VectorIndex:
    """Unit vectors, numbered from 0. Searching is safe from several threads.

    breadth: how broadly a graph is searched; 0 for an exact index. recall: what share of the ten nearest it
    found on a sample when it was built.
    """

    index: faiss.Index
    breadth: int = 0
    recall: float = 1.0

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """An exact index for up to LARGEST_FLAT vectors of shape (n, dimensions), a graph above."""
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        count, dimensions = vectors.shape
        if count <= LARGEST_FLAT:
            exact = faiss.IndexFlatIP(dimensions)
            exact.add(vectors)
            return cls(index=exact)
        graph = faiss.IndexHNSWFlat(dimensions, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        graph.add(vectors)
        breadth, recall = _broad_enough(graph, vectors)
        return cls(index=graph, breadth=breadth, recall=recall)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Read what save() wrote. Raises ReleaseProblem if it is no index."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as problem:
            raise ReleaseProblem(
                f"{path.name} is not a FAISS index. Build the release again: `motcua kb build`."
            ) from problem
        # The file holds the breadth of a graph.
        return cls(index=index, breadth=index.hnsw.efSearch if isinstance(index, faiss.IndexHNSW) else 0)

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

    def all(self) -> Vectors:
        """Every vector, shape (size, dimensions)."""
        vectors: Vectors = self.index.reconstruct_n(0, self.size)
        return vectors

    def nearest(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """The numbers of the `count` closest vectors, best first; fewer if there are fewer."""
        # FAISS sets its threads for each thread that calls. One question is work for one: the others would
        # only spin beside it (15.8 ms of CPU instead of 1.4 for 18,700 vectors on two busy cores).
        faiss.omp_set_num_threads(1)
        _, found = self.index.search(vector.reshape(1, -1), min(count, self.size))
        numbers: NDArray[np.int64] = found[0][found[0] >= 0]
        return numbers

    def cosines(self, vector: Vectors, numbers: NDArray[np.int64]) -> Vectors:
        """The cosine of one vector with each of the numbered ones."""
        cosines: Vectors = self.index.reconstruct_batch(np.ascontiguousarray(numbers)) @ vector
        return cosines


def _broad_enough(graph: faiss.IndexHNSW, vectors: Vectors) -> tuple[int, float]:
    """Sets the breadth of the graph; it and the recall that was measured with it.

    Asked are vectors of its own, evenly taken, each without itself: probes and questions are of one kind.
    """
    asked = np.arange(0, len(vectors), -(-len(vectors) // _SAMPLE))
    exact = _others(_nearest_exactly(vectors, asked), asked)
    for breadth in BREADTHS:
        graph.hnsw.efSearch = breadth
        found = _others(graph.search(vectors[asked], _ASKED + 1)[1], asked)
        recall = float(np.mean([len(a & b) / len(a) for a, b in zip(exact, found, strict=True)]))
        if recall >= LEAST_RECALL:
            break
    return breadth, round(recall, 4)


def _nearest_exactly(vectors: Vectors, asked: NDArray[np.int64]) -> NDArray[np.int64]:
    found: NDArray[np.int64]
    _, found = faiss.knn(vectors[asked], vectors, _ASKED + 1, metric=faiss.METRIC_INNER_PRODUCT)
    return found


def _others(found: NDArray[np.int64], asked: NDArray[np.int64]) -> list[set[int]]:
    return [set(row.tolist()) - {int(own), -1} for row, own in zip(found, asked, strict=True)]
