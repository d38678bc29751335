"""library.db of a release: written whole, or a former one changed. The only module that knows sqlite-utils.

procedures  content as JSON, by code, and what it was made from
passages    one part of one procedure, with full text in an exact and a folded column
probes      by code and place, likewise; a probe's number in the vectors is its rank in this order
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from knowledge_base.article import Content
from knowledge_base.content_json import from_json, to_json
from knowledge_base.demand import demand_of
from knowledge_base.holdings import Holding
from knowledge_base.passages import Passage
from knowledge_base.probes import ProbeKind
from nlu.text import fold

NAME = "library.db"
# Neither removes marks: the exact column keeps them, the folded one has none (no setting of FTS5 folds đ).
_TOKENIZE = "unicode61 remove_diacritics 0"
# SQLite takes 32,766 values a query, older ones 999.
_BATCH = 900


@dataclass(frozen=True, kw_only=True)
class HeldProbe:
    """A probe as it stands in the file: what it is and the text that was encoded."""

    code: str
    id: str
    kind: ProbeKind
    digest: str
    marked: str

    @classmethod
    def all_of(cls, holding: Holding) -> list[HeldProbe]:
        """The probes of a holding as the file will have them."""
        return [
            cls(code=probe.code, id=probe.id, kind=probe.kind, digest=probe.digest, marked=forms.marked)
            for probe, forms in zip(holding.probes, holding.wordings, strict=True)
        ]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What a release file holds, but for the words. made_from, titles by code; probes by number.

    entries: the contents of what is only known.
    """

    made_from: dict[str, str]
    titles: dict[str, str]
    entries: tuple[Content, ...]
    probes: tuple[HeldProbe, ...]
    passages: int


def write(path: Path, holdings: Sequence[Holding]) -> None:
    """A new file of these holdings."""
    with _opened(path) as database:
        _insert(database, holdings)
        for table in ("passages", "probes"):
            database.table(table).create_index(["code"])
            database.table(table).enable_fts(["text", "folded"], tokenize=_TOKENIZE, create_triggers=True)
        database.vacuum()


def change(path: Path, *, gone: Collection[str], come: Sequence[Holding]) -> None:
    """Take the codes that are gone out of the file and put the others in, in place of what it had of them."""
    codes = [*gone, *(holding.content.code for holding in come)]
    with _opened(path) as database:
        for table in ("procedures", "passages", "probes"):
            for begin in range(0, len(codes), _BATCH):
                batch = codes[begin : begin + _BATCH]
                database.table(table).delete_where(f"code in ({_places(batch)})", batch)
        _insert(database, come)


def outline(path: Path) -> Outline:
    """What the file holds."""
    with _reading(path) as rows:
        procedures = rows("select code, made_from, title from procedures order by code")
        entries = rows("select content from procedures where not is_held order by code")
        probes = rows("select code, id, kind, digest, marked from probes order by code, place")
        return Outline(
            made_from={code: made_from for code, made_from, _ in procedures},
            titles={code: title for code, _, title in procedures},
            entries=tuple(from_json(json.loads(content)) for (content,) in entries),
            probes=tuple(
                HeldProbe(code=code, id=id_, kind=ProbeKind(kind), digest=digest, marked=marked)
                for code, id_, kind, digest, marked in probes
            ),
            passages=rows("select count(*) from passages")[0][0],
        )


def contents_of(path: Path, codes: Collection[str]) -> dict[str, Content]:
    """The contents of these codes, as far as the file holds them."""
    with _reading(path) as rows:
        found = [rows("select content from procedures where code = ?", (code,)) for code in codes]
    contents = [from_json(json.loads(content)) for held in found for (content,) in held]
    return {content.code: content for content in contents}


def texts_of(path: Path, codes: Collection[str]) -> tuple[list[str], list[str]]:
    """The texts of the probes and of the passages of these codes."""
    with _reading(path) as rows:
        probes, passages = (
            [text for code in codes for (text,) in rows(query, (code,))]
            for query in (
                "select text from probes where code = ?",
                "select text from passages where code = ?",
            )
        )
    return probes, passages


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """A private draft: no journal is needed, a build that breaks off is thrown away."""
    database = Database(path)
    database.execute("pragma journal_mode = off")
    database.execute("pragma synchronous = off")
    try:
        with database.conn:
            yield database
    finally:
        database.close()


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        yield lambda query, values=(): database.execute(query, values).fetchall()


def _places(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def _insert(database: Database, holdings: Sequence[Holding]) -> None:
    database.table("procedures").insert_all(map(_procedure_row, holdings), pk="code")
    database.table("passages").insert_all(
        (_passage_row(passage) for holding in holdings for passage in holding.passages), pk="id"
    )
    database.table("probes").insert_all(
        (row for holding in holdings for row in _probe_rows(holding)), pk=("code", "place")
    )


def _procedure_row(holding: Holding) -> dict[str, Any]:
    content = holding.content
    return {
        "code": content.code,
        "made_from": holding.made_from,
        "title": content.title,
        "demand": int(demand_of(content)),
        "is_held": not content.is_catalogue_entry,
        "content": json.dumps(to_json(content), ensure_ascii=False),
    }


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {**asdict(passage), "part": str(passage.part), "folded": fold(passage.text)}


def _probe_rows(holding: Holding) -> Iterator[dict[str, Any]]:
    for place, (probe, forms) in enumerate(zip(holding.probes, holding.wordings, strict=True)):
        row = {"code": probe.code, "place": place, **asdict(probe), "kind": str(probe.kind)}
        yield {**row, "marked": forms.marked, "folded": " ".join(forms.words)}
