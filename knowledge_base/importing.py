"""Records of a source into procedures and revisions: what is new, changed, unchanged or refused.

`plan` decides and touches nothing; `carry_out` writes what was planned in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledge_base.content import Origin, ProcedureContent
from knowledge_base.content_json import digest, from_json, to_json
from knowledge_base.errors import ImportProblem
from knowledge_base.examples import ExampleReport, holds_examples, import_examples
from knowledge_base.models import Procedure, Revision
from knowledge_base.sources import catalogue, official_lists, portal, starter
from knowledge_base.sources.records import BrokenRecord, Record
from office.models import AuditEntry, Staff

_BATCH = 200


class Outcome(StrEnum):
    """What an import does with one record. ALREADY_HELD: an entry whose procedure has content here."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD_AS_DRAFT = "held_as_draft"
    ALREADY_HELD = "already_held"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the report. fields: what differs from the live revision; reason: why refused or held."""

    place: str
    code: str
    title: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What the import did, or would do when dry, in the order of the source."""

    lines: tuple[Line, ...]
    dry_run: bool

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.outcome is outcome)


@dataclass(frozen=True, kw_only=True)
class _Live:
    revision: int
    content: ProcedureContent
    is_edited: bool


@dataclass(frozen=True, kw_only=True)
class _Planned:
    line: Line
    content: ProcedureContent | None = None
    beside: int | None = None


def read_sources(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """The records of a portal file (.jsonl, .json), a starter file or catalogue (.yaml), an official list
    (.xlsx) or a folder of portal and starter files. Raises ImportProblem.
    """
    if path.is_dir():
        readers = [portal.read(file, read_on=read_on) for file in sorted(path.glob("*.jsonl"))]
        if any([*path.glob("*.yaml"), *path.glob("*.yml")]):
            readers.append(starter.read(path))
        if not readers:
            raise ImportProblem(f"{path} has no .jsonl or .yaml file. Name the file or folder to import.")
        return chain.from_iterable(readers)
    if not path.is_file():
        raise ImportProblem(f"{path} does not exist. Name a .jsonl file, a .yaml file or a folder of these.")
    if path.suffix in {".jsonl", ".json"}:
        return portal.read(path, read_on=read_on)
    if path.suffix in {".yaml", ".yml"}:
        return catalogue.read(path) if catalogue.holds_entries(path) else starter.read(path)
    if path.suffix == ".xlsx":
        return official_lists.read(path, read_on=read_on)
    raise ImportProblem(
        f"{path.name} is neither .jsonl (portal), .yaml (starter) nor .xlsx (list). Name one of these."
    )


def import_path(
    path: Path, *, dry_run: bool = False, by: Staff | None = None
) -> ImportReport | ExampleReport:
    """Take in a file or folder of procedures, a catalogue, or a file of examples. Raises ImportProblem."""
    if holds_examples(path):
        return import_examples(path, dry_run=dry_run)
    return import_contents(read_sources(path), dry_run=dry_run, by=by)


def import_contents(
    records: Iterable[Record | BrokenRecord], *, dry_run: bool = False, by: Staff | None = None
) -> ImportReport:
    """Take the records in, all or none; with dry_run only say what would happen. Does not build a release.

    Official parts replace those of a starter revision, whose lead and aliases stay. A live revision that an
    editor wrote is never replaced: the import waits beside it as a draft.
    """
    with transaction.atomic():
        live = _live_revisions()
        planned = tuple(plan(records, live, _known_records(live)))
        if not dry_run:
            _carry_out(planned, by=by)
    return ImportReport(lines=tuple(item.line for item in planned), dry_run=dry_run)


def plan(
    records: Iterable[Record | BrokenRecord], live: Mapping[str, _Live], known: Mapping[str, set[str]]
) -> Iterator[_Planned]:
    """What to do with each record, in order; a code that comes twice is refused the second time.

    known: by code, the digests of records that already came in beside a revision an editor wrote.
    """
    places: dict[str, str] = {}
    for record in records:
        if isinstance(record, BrokenRecord):
            yield _refused(record.place, record.code, record.reason)
        elif record.content.code in places:
            first = places[record.content.code]
            yield _refused(record.place, record.content.code, f"mã này đã có ở {first}")
        else:
            places[record.content.code] = record.place
            yield _plan_one(record, live.get(record.content.code), known.get(record.content.code, set()))


def _refused(place: str, code: str, reason: str) -> _Planned:
    return _Planned(line=Line(place=place, code=code, title="", outcome=Outcome.REFUSED, reason=reason))


def _plan_one(record: Record, live: _Live | None, known: set[str]) -> _Planned:
    def line(outcome: Outcome, **more: Any) -> Line:
        return Line(
            place=record.place, code=record.content.code, title=record.content.title, outcome=outcome, **more
        )

    if live is None:
        return _Planned(line=line(Outcome.NEW), content=record.content)
    if record.content.is_catalogue_entry and not live.content.is_catalogue_entry:
        return _Planned(line=line(Outcome.ALREADY_HELD))
    content = merged(record.content, live.content)
    changed = changed_fields(live.content, content)
    if not changed or (live.is_edited and _record(record.content) in known):
        return _Planned(line=line(Outcome.UNCHANGED))
    if live.is_edited:
        reason = "bản đang dùng do biên tập viên sửa; bản nhập chờ ở dạng nháp"
        return _Planned(
            line=line(Outcome.HELD_AS_DRAFT, fields=changed, reason=reason),
            content=content,
            beside=live.revision,
        )
    return _Planned(line=line(Outcome.CHANGED, fields=changed), content=content, beside=live.revision)


def merged(incoming: ProcedureContent, live: ProcedureContent) -> ProcedureContent:
    """Official parts with our lead and aliases, whichever of the two came first.

    A catalogue entry gives way to what comes in, and leaves its aliases.
    """
    if _is_starter(incoming) and _is_starter(live):
        return incoming
    if live.is_catalogue_entry:
        return replace(incoming, aliases=tuple(dict.fromkeys((*incoming.aliases, *live.aliases))))
    official, ours = (live, incoming) if _is_starter(incoming) else (incoming, live)
    aliases = tuple(dict.fromkeys((*official.aliases, *ours.aliases)))
    return replace(official, lead=official.lead or ours.lead, aliases=aliases)


def changed_fields(old: ProcedureContent, new: ProcedureContent) -> tuple[str, ...]:
    """Names of the fields that differ; the day of reading differs at each import and is no change."""
    names = (field.name for field in fields(ProcedureContent) if field.name not in {"provenance", "updated"})
    changed = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    if changed or _origins(old) == _origins(new):
        return changed
    return ("provenance",)


def _origins(content: ProcedureContent) -> dict[str, Origin]:
    return {part: source.origin for part, source in content.provenance.items()}


def _is_starter(content: ProcedureContent) -> bool:
    return any(source.origin is Origin.STARTER for source in content.provenance.values())


def _live_revisions() -> dict[str, _Live]:
    live = Revision.objects.filter(status=Revision.Status.LIVE).select_related("procedure")
    return {
        revision.procedure.code: _Live(
            revision=revision.pk,
            content=from_json(revision.content),
            is_edited=revision.origin == "editor",
        )
        for revision in live.iterator(chunk_size=500)
    }


def _known_records(live: Mapping[str, _Live]) -> dict[str, set[str]]:
    edited = [code for code, revision in live.items() if revision.is_edited]
    known: dict[str, set[str]] = {}
    imported = Revision.objects.filter(procedure__code__in=edited).exclude(origin="editor")
    for code, content in imported.values_list("procedure__code", "content"):
        known.setdefault(code, set()).update(
            source["record"] for source in content["provenance"].values() if source.get("record")
        )
    return known


def _record(content: ProcedureContent) -> str:
    return next((source.record for source in content.provenance.values()), "")


def _carry_out(planned: tuple[_Planned, ...], *, by: Staff | None) -> None:
    to_write = [item for item in planned if item.content is not None]
    if not to_write:
        return
    procedures = _procedures([item.line.code for item in to_write])
    numbers = _last_numbers()
    changed = (item.beside for item in to_write if item.line.outcome is Outcome.CHANGED)
    superseded = [revision for revision in changed if revision is not None]
    for start in range(0, len(superseded), _BATCH):
        batch = superseded[start : start + _BATCH]
        Revision.objects.filter(pk__in=batch).update(status=Revision.Status.SUPERSEDED)
    Revision.objects.bulk_create(
        [_revision(item, procedures, numbers, by=by) for item in to_write], batch_size=_BATCH
    )
    counts = Counter(item.line.outcome.value for item in planned)
    AuditEntry.objects.create(
        actor=by, action="content.imported", subject="knowledge_base", detail=dict(counts)
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


def _revision(
    item: _Planned, procedures: Mapping[str, Procedure], numbers: Counter[int], *, by: Staff | None
) -> Revision:
    assert item.content is not None  # noqa: S101 -- carried out only when there is something to write
    procedure = procedures[item.line.code]
    numbers[procedure.pk] += 1
    is_live = item.line.outcome is not Outcome.HELD_AS_DRAFT
    return Revision(
        procedure=procedure,
        based_on_id=item.beside,
        number=numbers[procedure.pk],
        status=Revision.Status.LIVE if is_live else Revision.Status.DRAFT,
        content=to_json(item.content),
        digest=digest(item.content),
        origin="starter" if _is_starter(item.content) else "import",
        author=by,
        note=f"Nhập từ {item.line.place}"[:300],
        published_at=timezone.now() if is_live else None,
    )
