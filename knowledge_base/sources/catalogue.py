"""The catalogue of our own: what people ask about and the base does not hold, in groups of one field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge_base.content import Origin, ProcedureContent, Provenance, Signpost
from knowledge_base.errors import StarterProblem
from knowledge_base.sources.entries import entry
from knowledge_base.sources.fields import Fields, read_fields
from knowledge_base.sources.records import BrokenRecord, Record

_GROUP = {"field", "levels", "audience", "agency", "where", "url", "hotline", "service", "entries"}
_ENTRY = {"code", "title", "aliases", "agency", "hotline", "reviewed"}


def holds_entries(path: Path) -> bool:
    """Whether the YAML file is a catalogue (groups of entries), not one procedure."""
    with path.open("rb") as file:
        return any(line.startswith(b"groups:") for line in file)


def read(path: Path) -> Iterator[Record | BrokenRecord]:
    """Each entry in the order of the file, or one broken record that names the field to correct."""
    try:
        fields, record = read_fields(path)
        fields.only({"source", "date", "groups"})
        contents = list(_contents(fields, record=record))
    except StarterProblem as problem:
        yield BrokenRecord(place=path.name, code="", reason=str(problem))
    else:
        for content in contents:
            yield Record(place=f"{path.name}, {content.code}", content=content)


def _contents(fields: Fields, *, record: str) -> Iterator[ProcedureContent]:
    for group in fields.children("groups"):
        group.only(_GROUP)
        for each in group.children("entries"):
            each.only(_ENTRY)
            yield _content(fields, group, each, record=record)


def _content(fields: Fields, group: Fields, each: Fields, *, record: str) -> ProcedureContent:
    agency = each.text("agency") or group.text("agency")
    return entry(
        code=each.text("code", required=True),
        title=each.text("title", required=True),
        field=group.text("field", required=True),
        aliases=each.texts("aliases"),
        levels=group.texts("levels"),
        audience=group.texts("audience"),
        agencies=(agency,) if agency else (),
        url=group.text("url"),
        signpost=Signpost(
            place=group.text("where", required=True),
            hotline=each.text("hotline") or group.text("hotline"),
            is_service=group.truth("service"),
        ),
        source=Provenance(
            origin=Origin.STARTER,
            decision=fields.text("source", required=True),
            url="",
            date=fields.text("date", required=True),
            reviewed=each.truth("reviewed"),
            record=record,
        ),
    )
