"""The table of words: what stands near what, with marks and without."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.encoders.weights import bundled_weights, read_weights
from nlu.word_vectors import DIMENSIONS, word_vectors


def likeness(one: str, other: str) -> float:
    first, second = word_vectors().means([one, other])[:, :DIMENSIONS]
    return float(first @ second)


@pytest.mark.parametrize(
    ("near", "one", "far"),
    [("gió", "bão", "phường"), ("quận", "phường", "bão"), ("weather", "wetter", "quận")],
)
def test_words_of_one_matter_stand_nearer_than_others(near: str, one: str, far: str) -> None:
    assert likeness(one, near) > likeness(one, far) + 0.1


def test_a_word_without_marks_stands_near_the_commonest_it_may_be() -> None:
    assert likeness("phuong", "phương") > 0.6


def test_a_text_has_two_means_of_length_one() -> None:
    means = word_vectors().means(["bão to quá", "bao to qua", "Bão TO quá"])
    assert means.shape == (3, 2 * DIMENSIONS)
    assert np.linalg.norm(means.reshape(3, 2, -1), axis=2) == pytest.approx(np.ones((3, 2)), abs=1e-3)
    assert (means[1][:DIMENSIONS] == means[1][DIMENSIONS:]).all()
    assert (means[0] == means[2]).all()


@pytest.mark.parametrize("text", ["", "???", "12 34", "\x00", "🙂"])
def test_a_text_of_no_known_word_is_zero(text: str) -> None:
    assert not word_vectors().means([text]).any()


def test_rows_of_a_tensor_are_those_of_the_whole() -> None:
    weights = read_weights(bundled_weights())
    width = weights.shape.hidden
    numbers = np.array([7, 0, 300])
    assert (weights.rows("l0.q.w", numbers, width) == weights.tensor("l0.q.w", width, width)[numbers]).all()
