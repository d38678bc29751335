from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.errors import TuningProblem
from knowledge_base.holdings import Live
from knowledge_base.library import Library
from knowledge_base.projection import Examples, project
from knowledge_base.release import build
from knowledge_base.tuning import Comparison, Ground, recall, tuned
from knowledge_base.vectors import Vectors
from tests.knowledge_base.search_base import ENCODER, build_here, many_procedures


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("releases") / "first"
    contents, examples = many_procedures(40)
    build(Live.of(contents, examples), encoder=ENCODER, folder=folder)
    return Ground.of(Library.open(folder, ENCODER))


def test_each_round_holds_out_another_example_of_every_procedure(ground: Ground) -> None:
    first, second = ground.rounds()
    assert ground.is_example[first].all()
    assert ground.owners[first].tolist() == ground.owners[second].tolist() == list(range(40))
    assert not set(first) & set(second)


def test_what_is_held_out_is_not_found_by_itself(ground: Ground) -> None:
    held_out = ground.rounds()[0]
    kept = np.setdiff1d(np.arange(len(ground.vectors)), held_out)
    alike = ground.vectors[held_out] @ ground.vectors[kept].T
    share = (ground.owners[kept][alike.argmax(axis=1)] == ground.owners[held_out]).mean()
    identity = np.eye(ENCODER.dimensions, dtype=np.float32)
    assert recall(ground.places(identity, held_out), 1) == pytest.approx(share, abs=1e-4)
    assert share < 1


def test_a_learner_never_sees_what_is_held_out(ground: Ground) -> None:
    held_out, seen = ground.rounds()[0], []

    def learner(examples: Examples, titles: Vectors, seed: int) -> Vectors:
        seen.append(examples)
        return titles

    ground.learned(learner, without=held_out)
    rows = {vector.tobytes() for vector in seen[0].vectors}
    assert len(seen[0].owners) == ground.is_example.sum() - len(held_out)
    assert not rows & {vector.tobytes() for vector in ground.vectors[held_out]}


def test_better_means_surely_better_at_the_first_place_and_no_worse_among_four() -> None:
    worse, better = np.repeat([0, 5], 100), np.repeat([0, 0, 0, 5], 50)
    assert Comparison(none=worse, own=worse, tuned=better).is_better
    assert not Comparison(none=worse, own=better, tuned=better).is_better
    assert not Comparison(none=better, own=worse, tuned=worse).is_better
    one_more = np.where(np.arange(200) == 150, 0, worse)
    assert not Comparison(none=worse, own=worse, tuned=one_more).is_better


def test_a_base_with_too_few_examples_says_how_many_are_needed(tmp_path: Path) -> None:
    build_here(tmp_path)
    with pytest.raises(TuningProblem, match=r"64 are needed.*import-examples"):
        Ground.of(Library.open(tmp_path / "first", ENCODER))


def _two_tongues() -> Ground:
    """Forty procedures, with five examples each in another tongue than the titles: turned, with noise."""
    chance = np.random.default_rng(1)
    turn, _ = np.linalg.qr(chance.normal(size=(24, 24)))
    titles = chance.normal(size=(40, 24))
    titles /= np.linalg.norm(titles, axis=1, keepdims=True)
    owners, is_example = np.repeat(np.arange(40), 6), np.arange(240) % 6 > 0
    spoken = titles[owners] @ turn + chance.normal(scale=0.1, size=(240, 24))
    vectors = np.where(is_example[:, None], spoken, titles[owners])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Ground(
        vectors=vectors.astype(np.float32),
        owners=owners,
        is_example=is_example,
        titles=np.flatnonzero(~is_example),
        fields=np.arange(40) % 8,
        weights=np.ones(40),
    )


@pytest.mark.heavy
def test_tuning_brings_examples_it_never_saw_closer_to_their_titles() -> None:
    pytest.importorskip("sentence_transformers", reason="needs motcua[transformers]")
    ground = _two_tongues()
    asked = ground.rounds()[0]

    def closeness(matrix: Vectors) -> float:
        titles = ground.vectors[ground.titles[ground.owners[asked]]]
        turned = project(ground.vectors[asked], matrix) * project(titles, matrix)
        return float(turned.sum(axis=1).mean())

    matrix = ground.learned(tuned, without=asked)
    assert closeness(matrix) > closeness(np.eye(24, dtype=np.float32)) + 0.2
