"""Building a release folder: anew from all that is live, or upon the former release where little changed.

library.db        knowledge_base.library_file
vectors.faiss     the probes' vectors after the learned projection, by the number of the probe
encoded.npy       the same before it, so that the next build encodes only what changed
projection.npy    the projection
words.npz         word index: all probes of a procedure as one text
restorer.npz      what puts marks on questions typed without
local_values.json what holds in Hà Nội beside the national text
manifest.json     digests of all these, weights, calibration, counts
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from knowledge_base import library_file
from knowledge_base.calibration import Learned
from knowledge_base.catalogue import without_namesakes
from knowledge_base.demand import SOURCE, demand_of
from knowledge_base.encoding import Progress, encode
from knowledge_base.errors import ReleaseProblem
from knowledge_base.holdings import Holding, Live, Source, beginnings, share_of_passages
from knowledge_base.learning import Material, learned
from knowledge_base.local_values import write_values
from knowledge_base.manifest import FORMAT, Counts, Manifest, check, digest_of, read_manifest
from knowledge_base.projection import project
from knowledge_base.ranking import ProbeTable, word_index
from knowledge_base.successor import Former, build_upon
from knowledge_base.tuned import Tuned
from knowledge_base.vectors import VectorIndex
from nlu.diacritics import Restorer
from nlu.encoders import Encoder

# Where the words of probes and passages are made: a change of these programs or data changes all of them.
_ROOMS = (Path(__file__).parent, Path(__file__).parent.parent / "nlu")
_PROGRAM = {".py", ".tsv", ".yml"}


def build(  # noqa: PLR0913 -- what goes in, where to, and what may be taken over
    live: Live,
    *,
    encoder: Encoder,
    folder: Path,
    previous: Path | None = None,
    anew: bool = False,
    tuned: Tuned | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Build a release of what is live into `folder`, which appears only when it is whole.

    previous: a release from which everything unchanged is taken over; anew: only its vectors, and what it
    learned if no probe has changed. tuned: the projection to use when it is built anew and there are enough
    examples to learn from. Raises ReleaseProblem if the folder exists or nothing is live.
    """
    if folder.exists():
        raise ReleaseProblem(f"{folder.name} exists and releases never change: build under another name.")
    former, made_by = _usable(previous, encoder), _made_by(live.outside)
    with _draft(folder) as draft:
        write_values(draft, live.local)
        manifest = None
        if former and not anew and former.manifest.made_by == made_by:
            manifest = build_upon(former, live, encoder=encoder, folder=draft)
        if manifest is None:
            manifest = _build_anew(
                live, former, encoder=encoder, tuned=tuned, folder=draft, progress=progress
            )
        manifest = replace(
            manifest, made_by=made_by, files={path.name: digest_of(path) for path in sorted(draft.iterdir())}
        )
        manifest.write(draft)
    return manifest


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside the other, which takes its name if the block ends well, and goes away otherwise."""
    draft = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _usable(previous: Path | None, encoder: Encoder) -> Former | None:
    """The previous release if it is whole and of this encoder; a broken one is only not taken over from."""
    if previous is None:
        return None
    try:
        manifest = read_manifest(previous)
        check(manifest, previous, encoder)
    except ReleaseProblem:
        return None
    return Former(folder=previous, manifest=manifest)


def _made_by(outside: Sequence[str]) -> str:
    """SHA-256 of what turns contents into a release, besides the contents: program, word lists, messages."""
    said = sha256(_program().encode())
    for text in outside:
        said.update(f"\n{text}".encode())
    return said.hexdigest()


@cache
def _program() -> str:
    said = sha256(SOURCE.read_bytes())
    for room in _ROOMS:
        for path in sorted(room.rglob("*")):
            if path.suffix in _PROGRAM:
                said.update(path.read_bytes())
    return said.hexdigest()


def _build_anew(  # noqa: PLR0913 -- what goes in, where to, and what is taken over
    live: Live,
    former: Former | None,
    *,
    encoder: Encoder,
    tuned: Tuned | None,
    folder: Path,
    progress: Progress | None,
) -> Manifest:
    holdings, restorer = _holdings(live)
    known = _known(former) if former else {}
    material = _material(holdings, restorer, live, encoder=encoder, known=known, progress=progress)
    before = (former.folder, former.manifest) if former else None
    result = learned(material, encoder=encoder, before=before, tuned=tuned)
    vectors = _write(holdings, material, result, folder)
    return Manifest(
        format=FORMAT,
        encoder=encoder.name,
        dimensions=encoder.dimensions,
        built_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        counts=Counts(
            procedures=len(holdings),
            passages=sum(len(holding.passages) for holding in holdings),
            probes=len(material.probes),
        ),
        files={},
        ranker=result.ranker,
        calibration=result.calibration,
        learned_from=result.learned_from,
        report=result.report,
        breadth=vectors.breadth,
        recall=vectors.recall,
    )


def _holdings(live: Live) -> tuple[list[Holding], Restorer]:
    """Everything that is worked out from the texts alone, by code."""
    sources = [Source.of(content, live) for content in without_namesakes(live.read(live.digests))]
    if not sources:
        raise ReleaseProblem(
            "There is nothing to release: import procedures first (`motcua kb import PATH`)."
        )
    quotable = [passage.text for source in sources for passage in source.passages]
    found = [probe.text for source in sources for probe in source.probes]
    share = share_of_passages(len(quotable))
    restorer = Restorer.learn([*found, *live.outside], beginnings(quotable, share))
    return [Holding.of(source, restorer) for source in sources], restorer


def _known(former: Former) -> dict[str, np.ndarray]:
    """What the former release encoded, by the text that was encoded."""
    vectors = former.vectors()
    probes = library_file.outline(former.library).probes
    return {probe.marked: vectors[number] for number, probe in enumerate(probes)}


def _material(  # noqa: PLR0913 -- texts, and how they are encoded
    holdings: Sequence[Holding],
    restorer: Restorer,
    live: Live,
    *,
    encoder: Encoder,
    known: dict[str, np.ndarray],
    progress: Progress | None,
) -> Material:
    wordings = [forms for holding in holdings for forms in holding.wordings]
    marked = [forms.marked for forms in wordings]
    held = {holding.content.code for holding in holdings}
    elsewhere = [text for code in sorted(live.examples.keys() - held) for text in live.examples[code]]
    contents = [holding.content for holding in holdings]
    probes = [probe for holding in holdings for probe in holding.probes]
    return Material(
        contents=contents,
        probes=probes,
        wordings=wordings,
        encoded=encode(marked, encoder=encoder, known=known, progress=progress),
        table=ProbeTable.of(
            [content.code for content in contents],
            [content.title for content in contents],
            [demand_of(content) for content in contents],
            probes,
        ),
        restorer=restorer,
        outside=(*live.outside, *elsewhere),
    )


def _write(holdings: Sequence[Holding], material: Material, result: Learned, folder: Path) -> VectorIndex:
    library_file.write(folder / library_file.NAME, holdings)
    vectors = VectorIndex.build(project(material.encoded, result.projection))
    vectors.save(folder / "vectors.faiss")
    np.save(folder / "encoded.npy", material.encoded)
    np.save(folder / "projection.npy", result.projection)
    word_index(holding.words for holding in holdings).save(folder / "words.npz")
    material.restorer.save(folder / "restorer.npz")
    return vectors
