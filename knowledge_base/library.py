"""The library: an open release that answers searches. Nothing in it changes, so threads may share it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from knowledge_base.article import ARTICLE_CODE, Content
from knowledge_base.content_json import from_json
from knowledge_base.decision import Calibration, signs_of
from knowledge_base.errors import ReleaseProblem
from knowledge_base.local_values import read_values
from knowledge_base.manifest import Manifest, check, read_manifest
from knowledge_base.passages import Passage
from knowledge_base.probes import Probe, ProbeKind
from knowledge_base.projection import project
from knowledge_base.ranking import (
    CLOSE_PROBES,
    FEATURES,
    Evidence,
    Features,
    ProbeTable,
    candidates,
    features,
    middles,
    shares,
    variants_said,
)
from knowledge_base.vectors import Numbers, VectorIndex, Vectors
from knowledge_base.wording import Wording, wording
from knowledge_base.words import WordIndex
from nlu.diacritics import Restorer
from nlu.encoders import Encoder
from nlu.text import clean, fold, has_diacritics, syllables

_HITS = 10
_QUESTIONS_REMEMBERED = 2048
_CONTENTS_REMEMBERED = 256


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A procedure that may be meant. score has no unit; share is its part of the belief, 0 to 1; features are
    those of knowledge_base.ranking.FEATURES, which with the weights of the manifest explain the score.
    is_held: False for a catalogue entry, whose answer is a signpost.
    """

    code: str
    title: str
    score: float
    share: float
    features: Mapping[str, float]
    is_held: bool = True


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """hits: at most ten, best first. rejected: the other candidates, best first.

    signs: what the decision weighs. timings: milliseconds by step. release: the name of what was searched.
    """

    wording: Wording
    hits: tuple[Hit, ...]
    rejected: tuple[Hit, ...]
    signs: Mapping[str, float]
    calibration: Calibration
    timings: Mapping[str, float]
    release: str

    def without(self, code: str) -> SearchResult:
        """The same as if this procedure were not held: what else is meant, if it is not."""
        ranked = tuple(hit for hit in (*self.hits, *self.rejected) if hit.code != code)
        if not ranked:
            return replace(self, hits=(), rejected=(), signs={})
        scores = [hit.score for hit in ranked]
        shared = zip(ranked, shares(np.array(scores)), strict=True)
        anew = tuple(replace(hit, share=float(share)) for hit, share in shared)
        signs = signs_of(scores, anew[0].features, words=len(self.wording.words))
        return replace(self, hits=anew[:_HITS], rejected=anew[_HITS:], signs=signs)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the list of procedures or of articles. field: "" where the source names none."""

    code: str
    title: str
    field: str
    is_held: bool
    is_article: bool = False

    @property
    def slug(self) -> str:
        """The address of an article below /bai-viet/."""
        return self.code.removeprefix(ARTICLE_CODE)


class Library:
    """A release folder, open. Made by `Library.open`; close it after its last use."""

    def __init__(self, *, folder: Path, manifest: Manifest, encoder: Encoder) -> None:
        self.name = folder.name
        self.manifest = manifest
        self.encoder = encoder
        self._folder = folder
        self._database = folder / "library.db"
        self._of_thread = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._vectors = VectorIndex.open(folder / "vectors.faiss")
        self._projection: Vectors = np.load(folder / "projection.npy", allow_pickle=False)
        self._words = WordIndex.load(folder / "words.npz")
        self._restorer = Restorer.load(folder / "restorer.npz")
        self.local_values = read_values(folder)
        self._titles, self._is_held, self._table = self._read_table()
        self._title_of = MappingProxyType(dict(zip(self._table.codes, self._titles, strict=True)))
        self._middles = middles(len(self._titles), self._table.owners, self._vectors.all())
        self._vector = lru_cache(maxsize=_QUESTIONS_REMEMBERED)(self._encode)
        self._listing: tuple[Listed, ...] | None = None
        self.content = lru_cache(maxsize=_CONTENTS_REMEMBERED)(self._read_content)

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Library:
        """Open a release. Raises ReleaseProblem if another encoder built it or a file was changed."""
        manifest = read_manifest(folder)
        check(manifest, folder, encoder)
        return cls(folder=folder, manifest=manifest, encoder=encoder)

    def close(self) -> None:
        """Close the files. Nothing may be asked afterwards."""
        for connection in self._connections:
            connection.close()

    def search(self, text: str) -> SearchResult:
        """Rank the procedures that the text may mean; no hits when it says nothing. Any text is safe."""
        begin = perf_counter()
        asked = wording(text, self._restorer)
        if not asked.says_something or not self._titles:
            return self._result(asked, np.empty(0, np.int64), np.empty((0, len(FEATURES)), np.float32), {})
        worded = perf_counter()
        vector = self._vector(asked.marked)
        encoded = perf_counter()
        chosen, evidence = self._evidence(asked, vector)
        found = features(self._table, evidence, chosen)
        ranked = perf_counter()
        timings = {"wording": worded - begin, "encoding": encoded - worded, "ranking": ranked - encoded}
        return self._result(asked, chosen, found, {**timings, "total": ranked - begin})

    def passages_with(self, text: str, *, limit: int = 20) -> tuple[Passage, ...]:
        """Passages with every word of the text, best first: with its marks if it has any, else without."""
        words = syllables(clean(text))
        if not words:
            return ()
        column = "text" if has_diacritics(text) else "folded"
        quoted = " ".join(f'"{word if column == "text" else fold(word)}"' for word in words)
        rows = self._rows(
            "select p.id, p.code, p.part, p.text, p.digest from passages_fts f "
            "join passages p on p.rowid = f.rowid where passages_fts match ? order by f.rank limit ?",
            (f"{column} : ({quoted})", limit),
        )
        return tuple(
            Passage(id=id_, code=code, part=part, text=body, digest=digest)
            for id_, code, part, body, digest in rows
        )

    def probes(self) -> tuple[Probe, ...]:
        """Every probe, by its number in the vectors."""
        rows = self._rows("select id, code, kind, text, digest from probes order by code, place", ())
        return tuple(
            Probe(id=id_, code=code, kind=ProbeKind(kind), text=text, digest=digest)
            for id_, code, kind, text, digest in rows
        )

    def encoded(self) -> tuple[Vectors, Vectors]:
        """The vectors of the probes before the projection, by number, and the projection; read anew."""
        return np.load(self._folder / "encoded.npy", allow_pickle=False), self._projection

    def titles(self) -> Mapping[str, str]:
        """The titles of everything held or known, by code."""
        return self._title_of

    def listing(self) -> tuple[Listed, ...]:
        """Every procedure held or known, by field and title without marks."""
        return tuple(entry for entry in self._everything() if not entry.is_article)

    def articles(self) -> tuple[Listed, ...]:
        """Every article, by title without marks."""
        return tuple(entry for entry in self._everything() if entry.is_article)

    def _everything(self) -> tuple[Listed, ...]:
        """Both, read once."""
        if self._listing is None:
            rows = self._rows(
                "select code, title, json_extract(content, '$.field'), "
                "json_extract(content, '$.signpost') is null, json_extract(content, '$.kind') is not null "
                "from procedures",
                (),
            )
            listed = (
                Listed(code=code, title=title, field=field, is_held=bool(held), is_article=bool(is_article))
                for code, title, field, held, is_article in rows
            )
            self._listing = tuple(sorted(listed, key=lambda entry: (fold(entry.field), fold(entry.title))))
        return self._listing

    def _read_content(self, code: str) -> Content:
        """The content as it was published in this release. Raises ReleaseProblem if it holds no such code."""
        rows = self._rows("select content from procedures where code = ?", (code,))
        if not rows:
            raise ReleaseProblem(f"The release {self.name} holds no procedure {code}; search it again.")
        return from_json(json.loads(rows[0][0]))

    def _encode(self, text: str) -> Vectors:
        vector: Vectors = project(self.encoder.encode_queries([text]), self._projection)[0]
        return vector

    def _evidence(self, asked: Wording, vector: Vectors) -> tuple[Numbers, Evidence]:
        words = self._words.scores(asked.words)
        chosen = candidates(self._table, self._vectors.nearest(vector, CLOSE_PROBES), words)
        rows = np.concatenate((self._table.examples[chosen], self._table.titles[chosen]), axis=None)
        rows = rows[rows >= 0]
        cosines = np.zeros(self._vectors.size + 1, dtype=np.float32)
        cosines[rows] = self._vectors.cosines(vector, rows)
        return chosen, Evidence(
            cosines=cosines,
            middles=self._middles @ vector,
            words=words,
            variants=np.array(variants_said(asked.marked)),
        )

    def _result(
        self, asked: Wording, chosen: Numbers, found: Features, seconds: Mapping[str, float]
    ) -> SearchResult:
        scores = self.manifest.ranker.scores(found)
        # With equal evidence (to the fourth decimal) what is held comes before what is only known.
        order = np.lexsort((~self._is_held[chosen], -np.round(scores, 4)))
        share = shares(scores) if len(scores) else scores
        hits = tuple(
            Hit(
                code=self._table.codes[chosen[n]],
                title=self._titles[chosen[n]],
                score=float(scores[n]),
                share=float(share[n]),
                features=dict(zip(FEATURES, found[n].tolist(), strict=True)),
                is_held=bool(self._is_held[chosen[n]]),
            )
            for n in order
        )
        return SearchResult(
            wording=asked,
            hits=hits[:_HITS],
            rejected=hits[_HITS:],
            signs=signs_of([hit.score for hit in hits], hits[0].features, words=len(asked.words))
            if hits
            else {},
            calibration=self.manifest.calibration,
            timings={step: round(second * 1000, 3) for step, second in seconds.items()},
            release=self.name,
        )

    def _read_table(self) -> tuple[tuple[str, ...], NDArray[np.bool_], ProbeTable]:
        rows = self._rows(
            "select code, title, demand, is_held from procedures order by code",
            (),
        )
        titles = tuple(title for _, title, _, _ in rows)
        table = ProbeTable.of(
            [code for code, _, _, _ in rows],
            titles,
            [int(demand) for _, _, demand, _ in rows],
            self.probes(),
        )
        return titles, np.array([held for _, _, _, held in rows], dtype=bool), table

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[str, ...]]:
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            # A release never changes, so no locks are needed; closing happens in another thread.
            uri = f"{self._database.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._of_thread.connection = connection
            self._connections.append(connection)
        return connection.execute(query, values).fetchall()
