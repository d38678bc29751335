"""A tuned projection on disk, and in the build that takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.errors import TuningProblem
from knowledge_base.holdings import Live
from knowledge_base.library import Library
from knowledge_base.manifest import Manifest, read_manifest
from knowledge_base.release import build
from knowledge_base.tuned import Tuned, forget, read_tuned
from tests.knowledge_base.search_base import BIRTH, CONTENTS, ENCODER, EXAMPLES, many_procedures


def _tuned(*, seed: int = 0) -> Tuned:
    noise = np.random.default_rng(seed).normal(scale=0.01, size=(ENCODER.dimensions,) * 2)
    return Tuned(
        matrix=(np.eye(ENCODER.dimensions) + noise).astype(np.float32),
        encoder=ENCODER.name,
        tuned_at="2026-11-22T06:15:00+07:00",
        release="first",
        examples=240,
        figures={"n": 120, "tuned_r1": 0.75},
    )


def _build(folder: Path, *, tuned: Tuned | None, previous: Path | None = None, anew: bool = True) -> Manifest:
    contents, examples = many_procedures()
    live = Live.of(contents, examples)
    return build(live, encoder=ENCODER, folder=folder, previous=previous, anew=anew, tuned=tuned)


def test_what_is_written_comes_back_for_its_encoder_only(tmp_path: Path) -> None:
    tuned = _tuned()
    tuned.write(tmp_path)
    found = read_tuned(tmp_path, ENCODER)
    assert found is not None
    assert np.array_equal(found.matrix, tuned.matrix)
    assert found.note == tuned.note
    assert read_tuned(tmp_path, replace(ENCODER, name="test/other")) is None
    assert read_tuned(tmp_path, replace(ENCODER, dimensions=128)) is None


def test_a_new_one_takes_the_place_of_the_old_and_forgetting_leaves_nothing(tmp_path: Path) -> None:
    _tuned(seed=1).write(tmp_path)
    path = _tuned(seed=2).write(tmp_path)
    assert sorted(tmp_path.iterdir()) == [path.with_suffix(".json"), path]
    assert forget(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
    assert read_tuned(tmp_path, ENCODER) is None


def test_a_matrix_that_was_changed_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = _tuned().write(tmp_path)
    np.save(path, np.eye(ENCODER.dimensions, dtype=np.float32))
    with pytest.raises(TuningProblem, match=r"changed.*motcua encoder tune.*motcua encoder forget"):
        read_tuned(tmp_path, ENCODER)
    path.unlink()
    with pytest.raises(TuningProblem, match="motcua encoder forget"):
        read_tuned(tmp_path, ENCODER)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds the releases "own" and, built after it, "tuned"."""
    root = tmp_path_factory.mktemp("releases")
    _build(root / "own", tuned=None)
    _build(root / "tuned", tuned=_tuned(), previous=root / "own")
    return root


def test_a_build_takes_the_tuned_projection_and_says_so(root: Path) -> None:
    own, manifest, tuned = read_manifest(root / "own"), read_manifest(root / "tuned"), _tuned()
    _, projection = Library.open(root / "tuned", ENCODER).encoded()
    assert np.array_equal(projection, tuned.matrix)
    assert manifest.report["projection"] == tuned.note
    assert "projection" not in own.report
    # The rehearsal asks with projections that never saw the question: not with the tuned one.
    assert manifest.ranker == own.ranker


def test_when_it_is_forgotten_the_next_build_learns_its_own_again(root: Path, tmp_path: Path) -> None:
    again = _build(tmp_path / "again", tuned=None, previous=root / "tuned")
    assert again.files["projection.npy"] == read_manifest(root / "own").files["projection.npy"]
    assert "projection" not in again.report


def test_a_release_that_publishing_builds_upon_another_keeps_its_projection(
    root: Path, tmp_path: Path
) -> None:
    former = read_manifest(root / "tuned")
    upon = _build(tmp_path / "upon", tuned=_tuned(seed=2), previous=root / "tuned", anew=False)
    assert upon.files["projection.npy"] == former.files["projection.npy"]
    assert upon.report == former.report


def test_a_base_too_small_to_learn_takes_no_tuned_projection(tmp_path: Path) -> None:
    build(Live.of(CONTENTS, EXAMPLES), encoder=ENCODER, folder=tmp_path / "small", tuned=_tuned())
    library = Library.open(tmp_path / "small", ENCODER)
    assert np.array_equal(library.encoded()[1], np.eye(ENCODER.dimensions))
    assert library.search(BIRTH.title).hits[0].code == BIRTH.code
