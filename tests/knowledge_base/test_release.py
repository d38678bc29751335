from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from knowledge_base.errors import ReleaseProblem
from knowledge_base.holdings import Live
from knowledge_base.library import Library
from knowledge_base.manifest import read_manifest
from knowledge_base.release import build
from nlu.encoders import Vectors
from tests.knowledge_base.search_base import (
    BIRTH,
    CONTENTS,
    ENCODER,
    EXAMPLES,
    RESIDENCE,
    SyllableEncoder,
    build_here,
    many_procedures,
    retitled,
)


@dataclass(frozen=True, kw_only=True)
class CountingEncoder(SyllableEncoder):
    """Remembers what it was asked to encode."""

    seen: list[str] = field(default_factory=list)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        return super().encode_queries(texts)


def test_a_release_holds_what_went_in(tmp_path: Path) -> None:
    manifest = build_here(tmp_path)
    assert manifest.counts.procedures == len(CONTENTS)
    with sqlite3.connect(tmp_path / "first" / "library.db") as database:
        queries = ("select count(*) from probes", "select count(*) from passages")
        counts = [database.execute(query).fetchone()[0] for query in queries]
    assert counts == [manifest.counts.probes, manifest.counts.passages]


def test_the_content_comes_back_word_for_word(tmp_path: Path) -> None:
    build_here(tmp_path)
    assert Library.open(tmp_path / "first", ENCODER).content(BIRTH.code) == BIRTH


def test_nothing_is_left_of_a_build_that_fails(tmp_path: Path) -> None:
    class Broken(SyllableEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        build(Live.of(CONTENTS, EXAMPLES), encoder=Broken(), folder=tmp_path / "first")
    assert list(tmp_path.iterdir()) == []


def test_a_release_is_never_overwritten(tmp_path: Path) -> None:
    build_here(tmp_path)
    with pytest.raises(ReleaseProblem, match="another name"):
        build_here(tmp_path)


def test_an_empty_base_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseProblem, match="motcua kb import"):
        build_here(tmp_path, contents=())


def test_only_changed_probes_are_encoded_again(tmp_path: Path) -> None:
    build_here(tmp_path)
    encoder = CountingEncoder()
    changed = [retitled(RESIDENCE, "Đăng ký tạm trú") if c == RESIDENCE else c for c in CONTENTS]
    build(
        Live.of(changed, EXAMPLES), encoder=encoder, folder=tmp_path / "second", previous=tmp_path / "first"
    )
    assert encoder.seen == ["đăng ký tạm trú"]


def test_a_damaged_previous_release_is_not_taken_over_from(tmp_path: Path) -> None:
    build_here(tmp_path)
    (tmp_path / "first" / "encoded.npy").write_bytes(b"")
    manifest = build_here(tmp_path, "second", previous="first")
    assert manifest.counts.procedures == len(CONTENTS)


def test_progress_ends_with_everything_done(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    manifest = build(
        Live.of(CONTENTS, EXAMPLES),
        encoder=ENCODER,
        folder=tmp_path / "first",
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps[-1] == (manifest.counts.probes, manifest.counts.probes)
    assert steps == sorted(steps)


def test_a_release_of_another_encoder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    build_here(tmp_path)
    with pytest.raises(ReleaseProblem, match=r"test/syllables.*motcua kb build.*MOTCUA_ENCODER"):
        Library.open(tmp_path / "first", replace(ENCODER, name="test/other"))


@pytest.mark.parametrize(
    "name", ["library.db", "vectors.faiss", "words.npz", "restorer.npz", "projection.npy"]
)
def test_a_changed_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    build_here(tmp_path)
    with (tmp_path / "first" / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ReleaseProblem, match=f"{name}.*motcua kb build"):
        Library.open(tmp_path / "first", ENCODER)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_manifest_that_cannot_be_read_says_what_to_do(tmp_path: Path, text: str) -> None:
    build_here(tmp_path)
    (tmp_path / "first" / "manifest.json").write_text(text)
    with pytest.raises(ReleaseProblem, match="motcua kb build"):
        Library.open(tmp_path / "first", ENCODER)


def test_the_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = build_here(tmp_path)
    assert read_manifest(tmp_path / "first") == manifest
    assert json.loads(json.dumps(manifest.as_json())) == manifest.as_json()


def test_a_release_with_enough_examples_learns_and_the_next_takes_over(tmp_path: Path) -> None:
    contents, examples = many_procedures()
    first = build(Live.of(contents, examples, ["chào bạn"]), encoder=ENCODER, folder=tmp_path / "first")
    changed = [replace(contents[0], steps="Một bước khác"), *contents[1:]]
    second = build(
        Live.of(changed, examples, ["chào bạn"]),
        encoder=ENCODER,
        folder=tmp_path / "second",
        previous=tmp_path / "first",
    )
    assert first.learned_from
    assert first.report["r4"] > 0.8
    assert (second.ranker, second.calibration, second.learned_from) == (
        first.ranker,
        first.calibration,
        first.learned_from,
    )


def test_a_release_with_few_examples_takes_the_shipped_weights(tmp_path: Path) -> None:
    assert build_here(tmp_path).learned_from == ""
