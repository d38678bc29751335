from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import release
from knowledge_base.content import ProcedureContent
from knowledge_base.holdings import Live, share_of_passages
from knowledge_base.learning import is_due
from knowledge_base.library import Library
from knowledge_base.local_values import read_values
from knowledge_base.manifest import Manifest, digest_of
from tests.knowledge_base.contents import known_only, procedure
from tests.knowledge_base.local_rules import value
from tests.knowledge_base.search_base import (
    BIRTH,
    CONTENTS,
    ENCODER,
    EXAMPLES,
    MARRIAGE,
    RESIDENCE,
    many_procedures,
    retitled,
)

QUESTIONS = (
    "lam giay khai sinh cho be",
    "nhập khẩu về nhà chồng",
    "ket hon voi nguoi o xa",
    "thường trú",
    "ca canh",
)
# What is worked out from the texts and the encoder, not learned: the same bytes, however it came about.
SAME_BYTES = (
    "encoded.npy",
    "vectors.faiss",
    "words.npz",
    "restorer.npz",
    "projection.npy",
)
Examples = Mapping[str, Sequence[str]]


def _build(folder: Path, live: Live, *, previous: Path | None = None, anew: bool = False) -> Manifest:
    return release.build(live, encoder=ENCODER, folder=folder, previous=previous, anew=anew)


def _rows(folder: Path) -> dict[str, list[Any]]:
    queries = {
        "procedures": "select * from procedures order by code",
        "passages": "select * from passages order by id",
        "probes": "select * from probes order by code, place",
        "found": "select p.id from probes_fts f join probes p on p.rowid = f.rowid "
        "where probes_fts match 'folded : khai' order by p.id",
        "passages found": "select p.id from passages_fts f join passages p on p.rowid = f.rowid "
        'where passages_fts match \'folded : ("khai" OR "buoc")\' order by p.id',
    }
    with closing(sqlite3.connect(folder / "library.db")) as database:
        return {name: database.execute(query).fetchall() for name, query in queries.items()}


def _answers(folder: Path) -> list[list[tuple[str, float, Mapping[str, float]]]]:
    library = Library.open(folder, ENCODER)
    try:
        results = [library.search(question) for question in QUESTIONS]
        return [[(hit.code, hit.score, hit.features) for hit in result.hits] for result in results]
    finally:
        library.close()


def _is_same(upon: Path, anew: Path) -> None:
    assert _rows(upon) == _rows(anew)
    for name in SAME_BYTES:
        assert digest_of(upon / name) == digest_of(anew / name), name
    assert _answers(upon) == _answers(anew)


def _with(changed: ProcedureContent) -> list[ProcedureContent]:
    return [changed if content.code == changed.code else content for content in CONTENTS]


NEW = procedure(code="1.009999", title="Cấp giấy phép nuôi cá cảnh", field="Thủy sản")
SHADOWED = replace(known_only(), title=NEW.title)

CHANGES: dict[str, tuple[Sequence[ProcedureContent], Examples]] = {
    "nothing": (CONTENTS, EXAMPLES),
    "a part": (_with(replace(BIRTH, steps="Bước 1: nộp hồ sơ khai sinh ở bộ phận một cửa.")), EXAMPLES),
    "a title": (_with(retitled(RESIDENCE, "Đăng ký tạm trú")), EXAMPLES),
    "an alias": (_with(replace(MARRIAGE, aliases=("giấy hôn thú",))), EXAMPLES),
    "an example more": (
        CONTENTS,
        {**EXAMPLES, RESIDENCE.code: [*EXAMPLES[RESIDENCE.code], "chuyen khau ve dau"]},
    ),
    "examples gone": (CONTENTS, {BIRTH.code: EXAMPLES[BIRTH.code][:1]}),
    "a procedure more": ([*CONTENTS, NEW], {**EXAMPLES, NEW.code: ["tôi muốn nuôi cá cảnh để bán"]}),
    "the first withdrawn": (CONTENTS[1:], EXAMPLES),
    "an entry more": ([*CONTENTS, SHADOWED], EXAMPLES),
    "an entry hidden by what came": ([*CONTENTS, SHADOWED, NEW], EXAMPLES),
}


@pytest.mark.parametrize("change", CHANGES)
def test_building_upon_a_release_gives_what_building_anew_gives(tmp_path: Path, change: str) -> None:
    _build(tmp_path / "first", Live.of(CONTENTS, EXAMPLES))
    live = Live.of(*CHANGES[change])
    upon = _build(tmp_path / "upon", live, previous=tmp_path / "first")
    anew = _build(tmp_path / "anew", live)
    assert upon.counts == anew.counts
    _is_same(tmp_path / "upon", tmp_path / "anew")


@given(names=st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=5))
@settings(max_examples=8)
def test_one_change_after_another_gives_what_building_the_last_anew_gives(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    root = tmp_path_factory.mktemp("chain")
    previous = None
    for number, name in enumerate(names):
        _build(root / str(number), Live.of(*CHANGES[name]), previous=previous)
        previous = root / str(number)
    _build(root / "anew", Live.of(*CHANGES[names[-1]]))
    assert previous
    _is_same(previous, root / "anew")


def test_an_entry_shows_again_when_what_hid_it_is_withdrawn(tmp_path: Path) -> None:
    _build(tmp_path / "first", Live.of([*CONTENTS, NEW, SHADOWED], EXAMPLES))
    live = Live.of([*CONTENTS, SHADOWED], EXAMPLES)
    _build(tmp_path / "upon", live, previous=tmp_path / "first")
    _build(tmp_path / "anew", live)
    _is_same(tmp_path / "upon", tmp_path / "anew")


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    _build(tmp_path / "first", Live.of(CONTENTS, EXAMPLES))
    live = Live.of(_with(replace(BIRTH, steps="khác")), EXAMPLES)
    read: list[str] = []

    def reading(codes: Any) -> Any:
        read.extend(codes)
        return live.read(codes)

    _build(tmp_path / "upon", replace(live, read=reading), previous=tmp_path / "first")
    assert read == [BIRTH.code]


def test_files_that_did_not_change_are_shared_between_releases(tmp_path: Path) -> None:
    _build(tmp_path / "first", Live.of(CONTENTS, EXAMPLES))
    live = Live.of(_with(replace(BIRTH, steps="Bước khác")), EXAMPLES)
    _build(tmp_path / "upon", live, previous=tmp_path / "first")
    assert (tmp_path / "first" / "vectors.faiss").samefile(tmp_path / "upon" / "vectors.faiss")
    assert not (tmp_path / "first" / "library.db").samefile(tmp_path / "upon" / "library.db")


def test_a_changed_local_value_is_all_that_is_written(tmp_path: Path) -> None:
    live = replace(Live.of(CONTENTS, EXAMPLES), local=[value(key="cu")])
    first = _build(tmp_path / "first", live)
    second = _build(tmp_path / "upon", replace(live, local=[value(key="moi")]), previous=tmp_path / "first")
    assert {name for name in first.files if first.files[name] != second.files[name]} == {"local_values.json"}
    assert [local.key for local in read_values(tmp_path / "first")] == ["cu"]
    assert [local.key for local in read_values(tmp_path / "upon")] == ["moi"]


def test_the_former_release_is_left_as_it_was(tmp_path: Path) -> None:
    before = _build(tmp_path / "first", Live.of(CONTENTS, EXAMPLES))
    _build(tmp_path / "upon", Live.of(*CHANGES["a title"]), previous=tmp_path / "first")
    assert {name: digest_of(tmp_path / "first" / name) for name in before.files} == before.files


def test_another_program_builds_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _build(tmp_path / "first", Live.of(CONTENTS, EXAMPLES))
    monkeypatch.setattr(release, "_program", lambda: "another")
    second = _build(tmp_path / "second", Live.of(CONTENTS, EXAMPLES), previous=tmp_path / "first")
    assert first.made_by != second.made_by
    assert not (tmp_path / "first" / "encoded.npy").samefile(tmp_path / "second" / "encoded.npy")


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learned") / "first"
    _build(folder, Live.of(*many_procedures()))
    return folder


def _again(learned: Path, folder: Path, change: Callable[[dict[str, list[str]]], None]) -> Manifest:
    contents, examples = many_procedures()
    change(examples)
    return _build(folder, Live.of(contents, examples), previous=learned)


def test_what_was_learned_is_taken_over_and_the_changes_since_are_counted(
    learned: Path, tmp_path: Path
) -> None:
    second = _again(learned, tmp_path / "second", lambda examples: examples["9.000003"].append("bam cang"))
    third = _build(tmp_path / "third", Live.of(*many_procedures()), previous=tmp_path / "second")
    assert second.learned_from
    assert (second.changed_since, third.changed_since) == (1, 2)
    assert second.learned_from == third.learned_from
    assert (tmp_path / "second" / "projection.npy").samefile(learned / "projection.npy")


def test_after_many_changes_a_release_learns_again(learned: Path, tmp_path: Path) -> None:
    def much(examples: dict[str, list[str]]) -> None:
        for number in range(50):
            examples[f"9.{number:06}"][0] = f"câu hỏi mới số {number} ban cam"

    second = _again(learned, tmp_path / "second", much)
    assert second.changed_since == 0
    assert not (tmp_path / "second" / "projection.npy").samefile(learned / "projection.npy")


def test_a_release_without_weights_of_its_own_learns_once_there_are_enough_examples(learned: Path) -> None:
    manifest = replace(_manifest(learned), learned_from="")
    assert not is_due(manifest, examples=199, probes=1000, changed=900)
    assert is_due(manifest, examples=200, probes=1000, changed=1)


def _manifest(folder: Path) -> Manifest:
    library = Library.open(folder, ENCODER)
    library.close()
    return library.manifest


def test_the_share_of_a_passage_moves_in_steps() -> None:
    assert [share_of_passages(count) for count in (1, 400, 401, 10_000, 22_000, 1_000_000)] == [
        2_097_152, 8192, 8192, 256, 200, 200,
    ]  # fmt: skip
