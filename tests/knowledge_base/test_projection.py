from __future__ import annotations

import numpy as np

from knowledge_base.projection import Examples, Vectors, learn_projection, project


def _unit(vectors: Vectors) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _two_tongues(seed: int) -> tuple[Vectors, np.ndarray, Vectors]:
    """Titles in one space, examples in another that is turned against it, with noise."""
    chance = np.random.default_rng(seed)
    titles = _unit(chance.normal(size=(40, 24)))
    turn, _ = np.linalg.qr(np.random.default_rng(9).normal(size=(24, 24)))
    owners = np.repeat(np.arange(40), 5)
    return _unit(titles[owners] @ turn + chance.normal(scale=0.1, size=(200, 24))), owners, titles


def _examples(vectors: Vectors, owners: np.ndarray) -> Examples:
    """Of eight fields, the even procedures asked five times as often."""
    return Examples(vectors=vectors, owners=owners, fields=owners % 8, weights=np.where(owners % 2, 1.0, 5.0))


def test_examples_left_out_are_found_better_after_learning() -> None:
    examples, owners, titles = _two_tongues(1)
    unseen = np.arange(len(owners)) % 5 == 0
    matrix = learn_projection(_examples(examples[~unseen], owners[~unseen]), titles)

    def found(turned: Vectors) -> float:
        asked, answers = project(examples[unseen], turned), project(titles, turned)
        return float(((asked @ answers.T).argmax(axis=1) == owners[unseen]).mean())

    assert found(matrix) > found(np.eye(24, dtype=np.float32)) + 0.2


def test_the_same_examples_give_the_same_matrix() -> None:
    examples, owners, titles = _two_tongues(1)
    again = learn_projection(_examples(examples, owners), titles)
    assert np.array_equal(learn_projection(_examples(examples, owners), titles), again)


def test_a_few_examples_change_nothing() -> None:
    examples, owners, titles = _two_tongues(1)
    assert np.array_equal(learn_projection(_examples(examples[:20], owners[:20]), titles), np.eye(24))


def test_one_example_for_each_procedure_is_paired_with_its_title() -> None:
    examples, owners, titles = _two_tongues(1)
    alone = np.arange(len(owners)) % 5 == 0
    many, whose = np.vstack([examples[alone]] * 2), np.concatenate([owners[alone]] * 2)
    assert np.isfinite(learn_projection(_examples(many, whose), titles)).all()


def test_projected_vectors_have_length_one() -> None:
    examples, owners, titles = _two_tongues(2)
    projected = project(examples, learn_projection(_examples(examples, owners), titles))
    assert np.allclose(np.linalg.norm(projected, axis=1), 1, atol=1e-5)
