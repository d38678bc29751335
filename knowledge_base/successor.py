"""A release built upon the former one: only what changed is worked out, everything else is taken over.

The result is that of a build anew, but for what is learned (projection, weights, calibration): that is taken
over, and the manifest counts the probes that changed since. The marks restored on other probes stay as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from knowledge_base import library_file
from knowledge_base.article import Content
from knowledge_base.catalogue import without_namesakes
from knowledge_base.encoding import encode
from knowledge_base.holdings import (
    Holding,
    Live,
    Source,
    beginnings,
    share_of_passages,
)
from knowledge_base.learning import is_due
from knowledge_base.library_file import HeldProbe, Outline
from knowledge_base.manifest import Counts, Manifest
from knowledge_base.probes import ProbeKind
from knowledge_base.projection import project
from knowledge_base.vectors import VectorIndex, Vectors
from knowledge_base.words import WordIndex
from nlu.diacritics import Restorer
from nlu.encoders import Encoder

# With more changes a build anew takes no longer.
_MOST_CHANGED = 0.2
_FEW = 20


@dataclass(frozen=True, kw_only=True)
class Former:
    """A release that is whole and of the encoder in use."""

    folder: Path
    manifest: Manifest

    @property
    def library(self) -> Path:
        """Its library.db."""
        return self.folder / library_file.NAME

    def vectors(self) -> Vectors:
        """What it encoded, by the number of the probe."""
        vectors: Vectors = np.load(self.folder / "encoded.npy", allow_pickle=False)
        return vectors


def build_upon(former: Former, live: Live, *, encoder: Encoder, folder: Path) -> Manifest | None:
    """Fill `folder` with a release of what is live; its manifest, in which no files are listed yet.

    None, and nothing written, when it must be built anew: too much has changed, or learning is due.
    """
    held = library_file.outline(former.library)
    difference = _difference(held, live)
    plan = difference and _plan(former, held, difference)
    if not plan:
        return None
    changed = former.manifest.changed_since + _changed(held.probes, plan.probes)
    if is_due(former.manifest, examples=plan.examples, probes=len(plan.probes), changed=changed):
        return None
    manifest = _write(former, held, plan, encoder=encoder, folder=folder)
    return replace(
        manifest,
        built_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        counts=Counts(procedures=len(plan.codes), passages=plan.passages, probes=len(plan.probes)),
        changed_since=changed,
        files={},
    )


@dataclass(frozen=True, kw_only=True)
class _Difference:
    """codes: all that is to be held. come: what of it is new or changed. gone: codes no longer held."""

    codes: tuple[str, ...]
    come: tuple[Source, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Named:
    """A held procedure of which only the name matters."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()
    is_catalogue_entry: bool = False


def _difference(held: Outline, live: Live) -> _Difference | None:
    other = [code for code in live.digests if held.made_from.get(code) != live.made_from(code)]
    if len(other) > max(_FEW, len(held.made_from) * _MOST_CHANGED):
        return None
    read = {content.code: content for content in live.read(other)}
    known: dict[str, Content | _Named] = {
        **{code: _Named(code=code, title=title) for code, title in held.titles.items()},
        **{entry.code: entry for entry in held.entries},
        **read,
    }
    codes = tuple(one.code for one in without_namesakes(known[code] for code in live.digests))
    come = tuple(Source.of(read[code], live) for code in codes if code in read)
    gone = tuple(held.made_from.keys() - set(codes))
    return _Difference(codes=codes, come=come, gone=gone) if codes else None


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The release to be, all of it but the vectors of new probes.

    probes: by the number each will have. passages: how many there will be.
    """

    codes: tuple[str, ...]
    gone: tuple[str, ...]
    come: tuple[Holding, ...]
    former_restorer: Restorer
    restorer: Restorer
    probes: tuple[HeldProbe, ...]
    passages: int

    @property
    def examples(self) -> int:
        return sum(probe.kind is ProbeKind.EXAMPLE for probe in self.probes)


def _plan(former: Former, held: Outline, difference: _Difference) -> _Plan | None:
    come = difference.come
    replaced = [*difference.gone, *(source.content.code for source in come)]
    texts, quotable = library_file.texts_of(former.library, replaced)
    new_quotable = [passage.text for source in come for passage in source.passages]
    passages = held.passages - len(quotable) + len(new_quotable)
    share = share_of_passages(held.passages)
    if share != share_of_passages(passages):
        return None  # all passages teach the restorer more or less than before
    new_texts = [probe.text for source in come for probe in source.probes]
    former_restorer = Restorer.load(former.folder / "restorer.npz")
    restorer = former_restorer.changed(
        gone=Restorer.learn(texts, beginnings(quotable, share)),
        come=Restorer.learn(new_texts, beginnings(new_quotable, share)),
    )
    holdings = {source.content.code: Holding.of(source, restorer) for source in come}
    probes = _numbered(difference.codes, held.probes, holdings)
    return _Plan(
        codes=difference.codes,
        gone=difference.gone,
        come=tuple(holdings.values()),
        former_restorer=former_restorer,
        restorer=restorer,
        probes=probes,
        passages=passages,
    )


def _numbered(
    codes: Iterable[str], former: tuple[HeldProbe, ...], come: dict[str, Holding]
) -> tuple[HeldProbe, ...]:
    numbers: dict[str, list[int]] = {}
    for number, probe in enumerate(former):
        numbers.setdefault(probe.code, []).append(number)
    probes: list[HeldProbe] = []
    for code in codes:
        if code in come:
            probes += HeldProbe.all_of(come[code])
        else:
            probes += [former[number] for number in numbers.get(code, ())]
    return tuple(probes)


def _changed(former: Iterable[HeldProbe], probes: Iterable[HeldProbe]) -> int:
    """How many probes came, went or say something else."""
    before, now = ({(probe.id, probe.digest) for probe in group} for group in (former, probes))
    return len({id_ for id_, _ in before ^ now})


def _write(former: Former, held: Outline, plan: _Plan, *, encoder: Encoder, folder: Path) -> Manifest:
    """All files; the former manifest with what is new of the vector index."""
    manifest = former.manifest
    if plan.come or plan.gone:
        shutil.copyfile(former.library, folder / library_file.NAME)
        library_file.change(folder / library_file.NAME, gone=plan.gone, come=plan.come)
    if plan.probes != held.probes:
        vectors = _write_probes(former, held, plan, encoder=encoder, folder=folder)
        manifest = replace(manifest, breadth=vectors.breadth, recall=vectors.recall)
    if plan.restorer != plan.former_restorer:
        plan.restorer.save(folder / "restorer.npz")
    for name in former.manifest.files.keys() - {path.name for path in folder.iterdir()}:
        _share(former.folder / name, folder / name)
    return manifest


def _write_probes(
    former: Former, held: Outline, plan: _Plan, *, encoder: Encoder, folder: Path
) -> VectorIndex:
    before = former.vectors()
    known = {probe.marked: before[number] for number, probe in enumerate(held.probes)}
    encoded = encode([probe.marked for probe in plan.probes], encoder=encoder, known=known)
    projection = np.load(former.folder / "projection.npy", allow_pickle=False)
    vectors = VectorIndex.build(project(encoded, projection))
    vectors.save(folder / "vectors.faiss")
    np.save(folder / "encoded.npy", encoded)
    _write_words(former, held, plan, folder)
    return vectors


def _write_words(former: Former, held: Outline, plan: _Plan, folder: Path) -> None:
    numbers = {code: number for number, code in enumerate(held.made_from)}
    fresh = {holding.content.code: holding.words for holding in plan.come}
    origins = np.array([-1 if code in fresh else numbers[code] for code in plan.codes], dtype=np.int64)
    words = [fresh[code] for code in plan.codes if code in fresh]
    WordIndex.load(former.folder / "words.npz").with_texts(origins, words).save(folder / "words.npz")


def _share(path: Path, link: Path) -> None:
    """The same file under a second name: neither is ever changed. A copy where the disk knows no links."""
    try:
        os.link(path, link)
    except OSError:
        shutil.copyfile(path, link)
