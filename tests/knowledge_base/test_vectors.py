from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base import vectors
from knowledge_base.errors import ReleaseProblem
from knowledge_base.vectors import VectorIndex


def _unit(count: int) -> vectors.Vectors:
    made = np.random.default_rng(0).normal(size=(count, 16)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_the_nearest_vector_of_each_is_itself(tmp_path: Path) -> None:
    made = _unit(50)
    VectorIndex.build(made).save(tmp_path / "vectors.faiss")
    index = VectorIndex.open(tmp_path / "vectors.faiss")
    assert [int(index.nearest(vector, 1)[0]) for vector in made] == list(range(50))


def test_cosines_are_those_of_the_numbered_vectors() -> None:
    made = _unit(20)
    found = VectorIndex.build(made).cosines(made[3], np.array([7, 3]))
    assert found == pytest.approx([float(made[7] @ made[3]), 1.0], abs=1e-6)


def test_above_the_limit_a_graph_finds_nearly_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LARGEST_FLAT", 100)
    made = _unit(1000)
    exact = np.argsort(-(made @ made[0]))[:10]
    found = VectorIndex.build(made).nearest(made[0], 10)
    assert len(set(exact.tolist()) & set(found.tolist())) >= 9


def test_more_than_there_are_gives_all() -> None:
    assert len(VectorIndex.build(_unit(3)).nearest(_unit(1)[0], 10)) == 3


def test_a_file_that_is_no_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_bytes(b"nothing of the kind")
    with pytest.raises(ReleaseProblem, match="motcua kb build"):
        VectorIndex.open(tmp_path / "vectors.faiss")
