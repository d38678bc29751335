"""Building a release folder. The only module that knows sqlite-utils.

library.db        procedures, passages and probes, with full text in an exact and a folded column
vectors.faiss     the probes' vectors after the learned projection, in the order of probes.number
encoded.npy       the same before it, so that the next build encodes only what changed
projection.npy    the projection
probe_words.npz, part_words.npz   word indexes of probes and of procedures
restorer.npz      what puts marks on questions typed without
local_values.json what holds in Hà Nội beside the national text
manifest.json     digests of all these, weights, calibration, counts
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from knowledge_base.calibration import Learned
from knowledge_base.catalogue import without_namesakes
from knowledge_base.content import ProcedureContent
from knowledge_base.content_json import digest, to_json
from knowledge_base.encoding import Progress, encode
from knowledge_base.errors import ReleaseProblem
from knowledge_base.learning import Material, learned
from knowledge_base.local_values import LocalValue, write_values
from knowledge_base.manifest import FORMAT, Counts, Manifest, check, digest_of, read_manifest
from knowledge_base.passages import Passage, indexed_text, passages
from knowledge_base.probes import Probe, probes
from knowledge_base.projection import project
from knowledge_base.ranking import is_for_citizens
from knowledge_base.vectors import VectorIndex, Vectors
from knowledge_base.wording import Wording, wording
from knowledge_base.words import WordIndex
from nlu.diacritics import Restorer
from nlu.encoders import Encoder
from nlu.text import fold, syllables

# Neither removes marks: the exact column keeps them, the folded one has none (no setting of FTS5 folds đ).
_TOKENIZE = "unicode61 remove_diacritics 0"
_RESTORER_CHARACTERS = 4_000_000


def build(  # noqa: PLR0913 -- what goes in, where to, and what may be taken over
    contents: Iterable[ProcedureContent],
    examples: Mapping[str, Sequence[str]],
    *,
    encoder: Encoder,
    folder: Path,
    previous: Path | None = None,
    outside: Sequence[str] = (),
    local: Sequence[LocalValue] = (),
    progress: Progress | None = None,
) -> Manifest:
    """Build a release of these contents into `folder`, which appears only when it is whole.

    examples: questions by code; those of codes that are not held count as questions about something else,
    like `outside`: messages about no procedure. local: the city's values, kept with the release. previous: a
    release whose vectors are taken over, and its weights too if no probe changed. Raises ReleaseProblem if
    the folder exists or there is nothing to hold.
    """
    if folder.exists():
        raise ReleaseProblem(f"{folder.name} exists and releases never change: build under another name.")
    held = _held(contents, examples, outside)
    draft = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        before = _usable(previous, encoder)
        worked_out = _draft(held, encoder=encoder, before=before, outside=outside, progress=progress)
        _save(held, worked_out, draft)
        write_values(draft, local)
        manifest = _manifest(held, worked_out, encoder=encoder, folder=draft)
        manifest.write(draft)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What goes in, with everything worked out from the texts alone."""

    contents: tuple[ProcedureContent, ...]
    passages: tuple[Passage, ...]
    probes: tuple[Probe, ...]
    wordings: tuple[Wording, ...]
    restorer: Restorer
    elsewhere: tuple[str, ...]


def _held(
    contents: Iterable[ProcedureContent], examples: Mapping[str, Sequence[str]], messages: Sequence[str]
) -> _Held:
    ordered = tuple(without_namesakes(contents))
    if not ordered:
        raise ReleaseProblem(
            "There is nothing to release: import procedures first (`motcua kb import PATH`)."
        )
    codes = {content.code for content in ordered}
    found = [probe for content in ordered for probe in probes(content, examples.get(content.code, ()))]
    quotable = tuple(passage for content in ordered for passage in passages(content))
    restorer = _restorer(found, quotable, messages)
    worded = [(probe, wording(probe.text, restorer)) for probe in found]
    kept = [(probe, forms) for probe, forms in worded if forms.says_something]
    return _Held(
        contents=ordered,
        passages=quotable,
        probes=tuple(probe for probe, _ in kept),
        wordings=tuple(forms for _, forms in kept),
        restorer=restorer,
        elsewhere=tuple(text for code in sorted(examples.keys() - codes) for text in examples[code]),
    )


def _restorer(found: Iterable[Probe], quotable: Sequence[Passage], messages: Iterable[str]) -> Restorer:
    """Learned from what people write and from as much of the parts as keeps it small in memory."""
    share = _RESTORER_CHARACTERS // max(len(quotable), 1)
    official = (passage.text[:share] for passage in quotable)
    return Restorer.learn([*(probe.text for probe in found), *messages], official)


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """What is worked out with the encoder: everything but the texts."""

    encoded: Vectors
    probe_words: WordIndex
    part_words: WordIndex
    learned: Learned


def _draft(
    held: _Held,
    *,
    encoder: Encoder,
    before: tuple[Path, Manifest] | None,
    outside: Sequence[str],
    progress: Progress | None,
) -> _Draft:
    known = _known(before[0]) if before else {}
    marked = [forms.marked for forms in held.wordings]
    material = Material(
        contents=held.contents,
        probes=held.probes,
        wordings=held.wordings,
        encoded=encode(marked, encoder=encoder, known=known, progress=progress),
        probe_words=WordIndex.build([forms.words for forms in held.wordings]),
        part_words=WordIndex.build(_indexed_words(held.contents), length_share=0.75),
        restorer=held.restorer,
        outside=(*outside, *held.elsewhere),
    )
    return _Draft(
        encoded=material.encoded,
        probe_words=material.probe_words,
        part_words=material.part_words,
        learned=learned(material, encoder=encoder, before=before),
    )


def _indexed_words(contents: Iterable[ProcedureContent]) -> list[list[str]]:
    return [syllables(fold(indexed_text(content))) for content in contents]


def _usable(previous: Path | None, encoder: Encoder) -> tuple[Path, Manifest] | None:
    """The previous release if it is whole and of this encoder; a broken one is only not taken over from."""
    if previous is None:
        return None
    try:
        manifest = read_manifest(previous)
        check(manifest, previous, encoder)
    except ReleaseProblem:
        return None
    return previous, manifest


def _known(previous: Path) -> dict[str, Vectors]:
    """What the previous release encoded, by the text that was encoded."""
    vectors = np.load(previous / "encoded.npy", allow_pickle=False)
    with closing(sqlite3.connect(f"{(previous / 'library.db').as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute("select marked from probes order by number")
        return {marked: vectors[number] for number, (marked,) in enumerate(rows)}


def _save(held: _Held, draft: _Draft, folder: Path) -> None:
    _save_texts(held, folder / "library.db")
    projection = draft.learned.projection
    VectorIndex.build(project(draft.encoded, projection)).save(folder / "vectors.faiss")
    np.save(folder / "encoded.npy", draft.encoded)
    np.save(folder / "projection.npy", projection)
    draft.probe_words.save(folder / "probe_words.npz")
    draft.part_words.save(folder / "part_words.npz")
    held.restorer.save(folder / "restorer.npz")


def _save_texts(held: _Held, path: Path) -> None:
    database = Database(path)
    database.table("procedures").insert_all(map(_procedure_row, count(), held.contents), pk="code")
    database.table("passages").insert_all(map(_passage_row, held.passages), pk="id")
    database.table("probes").insert_all(map(_probe_row, count(), held.probes, held.wordings), pk="number")
    for table in ("passages", "probes"):
        database.table(table).enable_fts(["text", "folded"], tokenize=_TOKENIZE)
    database.vacuum()
    database.close()


def _procedure_row(number: int, content: ProcedureContent) -> dict[str, Any]:
    return {
        "code": content.code,
        "number": number,
        "revision": digest(content),
        "title": content.title,
        "for_citizens": is_for_citizens(content),
        "content": json.dumps(to_json(content), ensure_ascii=False),
    }


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {**asdict(passage), "part": str(passage.part), "folded": fold(passage.text)}


def _probe_row(number: int, probe: Probe, forms: Wording) -> dict[str, Any]:
    row = {"number": number, **asdict(probe), "kind": str(probe.kind)}
    return {**row, "marked": forms.marked, "folded": " ".join(forms.words)}


def _manifest(held: _Held, draft: _Draft, *, encoder: Encoder, folder: Path) -> Manifest:
    return Manifest(
        format=FORMAT,
        encoder=encoder.name,
        dimensions=encoder.dimensions,
        built_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        counts=Counts(procedures=len(held.contents), passages=len(held.passages), probes=len(held.probes)),
        files={path.name: digest_of(path) for path in sorted(folder.iterdir())},
        ranker=draft.learned.ranker,
        calibration=draft.learned.calibration,
        learned_from=draft.learned.learned_from,
        report=draft.learned.report,
    )
