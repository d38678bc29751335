"""Records of a source into revisions of procedures and articles: what is new, changed, unchanged or refused.

`planning` decides and touches nothing; what it decided is written here in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from knowledge_base.article import Content
from knowledge_base.content_json import digest, from_json, to_json
from knowledge_base.effective_dates import withdrawn_revisions
from knowledge_base.errors import ImportProblem
from knowledge_base.examples import ExampleReport, holds_examples, import_examples
from knowledge_base.meeting import holds_edited, is_starter, meet
from knowledge_base.models import Procedure, Revision
from knowledge_base.planning import Line, Live, Outcome, Planned, plan
from knowledge_base.sources import articles, catalogue, official_lists, portal, procedure_sheets, starter
from knowledge_base.sources.records import BrokenRecord, Record
from office.models import AuditEntry, Staff

_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What the import did, or would do when dry, in the order of the source."""

    lines: tuple[Line, ...]
    dry_run: bool

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.outcome is outcome)


def read_sources(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """The records of a file, or of every file of a folder in the order of their names.

    Portal records (.jsonl, .json), starter files, articles, catalogues (.yaml), procedures or lists (.xlsx).
    A file of a folder that cannot be read is one broken record. Raises ImportProblem when there is nothing.
    """
    if path.is_dir():
        files = [
            file for file in sorted(path.iterdir()) if file.suffix.lower() in _READERS and file.is_file()
        ]
        if not files:
            raise ImportProblem(f"{path} has no .json, .jsonl, .xlsx or .yaml file. Name what to import.")
        return chain.from_iterable(_of_folder(file, read_on=read_on) for file in files)
    if not path.is_file():
        raise ImportProblem(f"{path} does not exist. Name a .jsonl file, a .yaml file or a folder of these.")
    if path.suffix.lower() not in _READERS:
        raise ImportProblem(f"{path.name} is neither .jsonl, .json, .yaml nor .xlsx. Name one of these.")
    return _READERS[path.suffix.lower()](path, read_on)


def _of_folder(file: Path, *, read_on: str) -> Iterator[Record | BrokenRecord]:
    if holds_examples(file):
        return
    try:
        yield from read_sources(file, read_on=read_on)
    except ImportProblem as problem:
        yield BrokenRecord(place=file.name, code="", reason=str(problem))


def _read_yaml(path: Path, _read_on: str) -> Iterator[Record | BrokenRecord]:
    if catalogue.holds_entries(path):
        return catalogue.read(path)
    return articles.read(path) if articles.holds_article(path) else starter.read(path)


def _read_sheet(path: Path, read_on: str) -> Iterator[Record | BrokenRecord]:
    if procedure_sheets.holds_contents(path):
        return procedure_sheets.read(path, read_on=read_on)
    return official_lists.read(path, read_on=read_on)


def _read_portal(path: Path, read_on: str) -> Iterator[Record | BrokenRecord]:
    return portal.read(path, read_on=read_on)


_READERS: dict[str, Callable[[Path, str], Iterator[Record | BrokenRecord]]] = {
    ".json": _read_portal,
    ".jsonl": _read_portal,
    ".xlsx": _read_sheet,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
}


def import_path(
    path: Path, *, dry_run: bool = False, by: Staff | None = None
) -> ImportReport | ExampleReport:
    """Take in procedures, articles, a catalogue, or a file of examples. Raises ImportProblem."""
    if holds_examples(path):
        return import_examples(path, dry_run=dry_run)
    return import_contents(read_sources(path), dry_run=dry_run, by=by)


def import_contents(
    records: Iterable[Record | BrokenRecord], *, dry_run: bool = False, by: Staff | None = None
) -> ImportReport:
    """Take the records in, all or none; with dry_run only say what would happen. Does not build a release.

    Official parts replace those of a starter revision, whose lead, aliases and sorted papers stay; what was
    edited waits as a draft where the source changed (knowledge_base.meeting). A live revision that an editor
    wrote is never replaced: the import waits beside it as a draft.
    """
    records = tuple(records)
    with transaction.atomic():
        live = _live_revisions([_code(record) for record in records])
        planned = tuple(plan(records, live, _known_records(live), _withdrawn()))
        if not dry_run:
            _carry_out(planned, by=by)
    return ImportReport(lines=tuple(item.line for item in planned), dry_run=dry_run)


def compared(record: Record) -> tuple[Content | None, Content]:
    """The content in use and the one the record would make of it; None where nothing is in use."""
    live = _live_revisions([record.content.code]).get(record.content.code)
    if live is None:
        return None, record.content
    met = meet(record.content, live.content)
    return live.content, met.theirs if met.conflicts else met.content


def _code(record: Record | BrokenRecord) -> str:
    return record.code if isinstance(record, BrokenRecord) else record.content.code


def _live_revisions(codes: list[str]) -> dict[str, Live]:
    live = Revision.objects.filter(status=Revision.Status.LIVE).select_related("procedure")
    if len(codes) <= _BATCH:
        live = live.filter(procedure__code__in=codes)
    return {
        revision.procedure.code: Live(
            revision=revision.pk,
            content=from_json(revision.content),
            is_edited=revision.origin == "editor",
        )
        for revision in live.iterator(chunk_size=500)
    }


def _withdrawn() -> set[str]:
    return {revision.procedure.code for revision in withdrawn_revisions()}


def _known_records(live: Mapping[str, Live]) -> dict[str, set[str]]:
    edited = [code for code, revision in live.items() if revision.is_edited or holds_edited(revision.content)]
    known: dict[str, set[str]] = {}
    imported = Revision.objects.filter(procedure__code__in=edited).exclude(origin="editor")
    for code, content in imported.values_list("procedure__code", "content"):
        known.setdefault(code, set()).update(
            source["record"] for source in content["provenance"].values() if source.get("record")
        )
    return known


def _carry_out(planned: tuple[Planned, ...], *, by: Staff | None) -> None:
    to_write = [item for item in planned if item.content is not None or item.draft is not None]
    if not to_write:
        return
    write = _Writing(codes=[item.line.code for item in to_write], by=by)
    going_live = [item for item in to_write if item.content is not None]
    superseded = [item.beside for item in going_live if item.beside is not None]
    for start in range(0, len(superseded), _BATCH):
        batch = superseded[start : start + _BATCH]
        Revision.objects.filter(pk__in=batch).update(status=Revision.Status.SUPERSEDED)
    made = write.revisions([(item, item.content, item.beside) for item in going_live], is_live=True)
    now_live = {item.line.code: revision.pk for item, revision in zip(going_live, made, strict=True)}
    waiting = [(item, item.draft, now_live.get(item.line.code, item.beside)) for item in to_write]
    write.revisions(waiting, is_live=False)
    counts = Counter(item.line.outcome.value for item in planned)
    AuditEntry.objects.create(
        actor=by, action="content.imported", subject="knowledge_base", detail=dict(counts)
    )


class _Writing:
    """Makes revisions of these procedures, each with the next number of its procedure."""

    def __init__(self, *, codes: list[str], by: Staff | None) -> None:
        self._procedures = _procedures(codes)
        self._numbers = _last_numbers()
        self._by = by

    def revisions(
        self, items: list[tuple[Planned, Content | None, int | None]], *, is_live: bool
    ) -> list[Revision]:
        """A revision for each item that has a content, based on the revision given."""
        made = [
            self._revision(item, content, based_on, is_live=is_live)
            for item, content, based_on in items
            if content is not None
        ]
        return Revision.objects.bulk_create(made, batch_size=_BATCH)

    def _revision(self, item: Planned, content: Content, based_on: int | None, *, is_live: bool) -> Revision:
        procedure = self._procedures[item.line.code]
        self._numbers[procedure.pk] += 1
        return Revision(
            procedure=procedure,
            based_on_id=based_on,
            number=self._numbers[procedure.pk],
            status=Revision.Status.LIVE if is_live else Revision.Status.DRAFT,
            content=to_json(content),
            digest=digest(content),
            origin="starter" if is_starter(content) else "import",
            author=self._by,
            note=f"Nhập từ {item.line.place}"[:300],
            published_at=timezone.now() if is_live else None,
        )


def _procedures(codes: list[str]) -> dict[str, Procedure]:
    Procedure.objects.bulk_create(
        [Procedure(code=code) for code in codes], ignore_conflicts=True, batch_size=_BATCH
    )
    return {procedure.code: procedure for procedure in Procedure.objects.all()}


def _last_numbers() -> Counter[int]:
    numbers: Counter[int] = Counter()
    for procedure, number in Revision.objects.values_list("procedure_id", "number"):
        numbers[procedure] = max(numbers[procedure], number)
    return numbers
