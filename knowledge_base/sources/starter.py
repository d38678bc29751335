"""The starter procedures: one YAML file a procedure, typed facts with their source, leads of our own.

Everything in them is unreviewed until an editor of the office approves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Lead,
    LegalBasis,
    Method,
    MethodKind,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.errors import StarterProblem
from knowledge_base.flags import flags_of
from knowledge_base.parts import present_parts
from knowledge_base.sources.fields import Fields, read_fields
from knowledge_base.sources.records import BrokenRecord, Record

_REQUIRED = ("code", "title", "source")
_KNOWN = {
    *_REQUIRED, "aliases", "field", "levels", "audience", "agencies", "receiving_address", "lead", "methods",
    "documents", "steps", "conditions", "result", "forms", "legal_basis", "updated", "flags",
}  # fmt: skip


def read(path: Path) -> Iterator[Record | BrokenRecord]:
    """Each file of the folder by name (or the one file), read or refused with file and field."""
    files = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if path.is_dir() else [path]
    places: dict[str, str] = {}
    for file in files:
        try:
            content = read_file(file)
        except StarterProblem as problem:
            yield BrokenRecord(place=file.name, code="", reason=str(problem))
            continue
        first = places.setdefault(content.code, file.name)
        if first == file.name:
            yield Record(place=file.name, content=content)
        else:
            yield BrokenRecord(
                place=file.name, code=content.code, reason=f"mã {content.code} đã có trong {first}"
            )


def read_file(file: Path) -> ProcedureContent:
    """The content of one file. Raises StarterProblem that names the file and the field to correct."""
    fields, record = read_fields(file)
    return _content(fields, record=record)


def _content(fields: Fields, *, record: str) -> ProcedureContent:
    fields.only(_KNOWN)
    source = _source(fields, record=record)
    content = ProcedureContent(
        code=fields.text("code", required=True),
        title=fields.text("title", required=True),
        field=fields.text("field"),
        decision=source.decision,
        url=source.url,
        levels=fields.texts("levels"),
        audience=fields.texts("audience"),
        aliases=fields.texts("aliases"),
        lead=_lead(fields, source),
        agencies=fields.texts("agencies"),
        receiving_address=fields.text("receiving_address"),
        methods=tuple(_method(method) for method in fields.children("methods")),
        documents=tuple(_group(group) for group in fields.children("documents")),
        steps=fields.text("steps"),
        conditions=fields.text("conditions"),
        result=fields.text("result"),
        forms=fields.texts("forms"),
        legal_basis=tuple(_law(law) for law in fields.children("legal_basis")),
        updated=fields.text("updated") or source.date,
        provenance={},
    )
    flags = tuple(sorted({*fields.texts("flags"), *flags_of(content)}))
    parts = {part.value: source for part in present_parts(content)}
    if PartName.DOCUMENTS.value in parts:
        # The official papers that the sorted ones stand for: an import tells by it whether they changed.
        stands_for = fields.child("source").text("documents")
        parts[PartName.DOCUMENTS.value] = replace(source, part_digest=stands_for)
    return replace(content, flags=flags, provenance=parts)


def _source(fields: Fields, *, record: str) -> Provenance:
    source = fields.child("source") if fields.values.get("source") else None
    if source is None:
        raise fields.problem("source", "còn thiếu: mỗi thủ tục phải nêu decision, url và date của nguồn")
    source.only({"decision", "url", "date", "documents"})
    return Provenance(
        origin=Origin.STARTER,
        decision=source.text("decision", required=True),
        url=source.text("url", required=True),
        date=source.text("date", required=True),
        reviewed=False,
        record=record,
    )


def _lead(fields: Fields, source: Provenance) -> Lead | None:
    text = fields.text("lead")
    return Lead(text=text, provenance=source) if text else None


def _method(fields: Fields) -> Method:
    fields.only({"kind", "time", "fees", "note"})
    return Method(
        kind=MethodKind(_one_of(fields, "kind", {kind.value for kind in MethodKind})),
        time=_time(fields.child("time")) if fields.values.get("time") else TimeLimit(text=""),
        fees=tuple(_fee(fee) for fee in fields.children("fees")),
        note=fields.text("note"),
    )


def _one_of(fields: Fields, name: str, allowed: set[str]) -> str:
    value = fields.text(name, required=True)
    if value not in allowed:
        raise fields.problem(name, f"phải là một trong: {', '.join(sorted(allowed))}")
    return value


def _time(fields: Fields) -> TimeLimit:
    fields.only({"text", "value", "unit"})
    unit = fields.values.get("unit")
    value = fields.number("value")
    if (unit is None) != (value is None):
        raise fields.problem("value", "và unit đi đôi: có cả hai hoặc cả hai là null")
    if unit is None:
        return TimeLimit(text=fields.text("text"))
    unit = TimeUnit(_one_of(fields, "unit", {unit.value for unit in TimeUnit}))
    return TimeLimit(text=fields.text("text", required=True), value=value, unit=unit)


def _fee(fields: Fields) -> Fee:
    fields.only({"text", "amount", "note"})
    return Fee(text=fields.text("text"), amount=fields.number("amount"), note=fields.text("note"))


def _group(fields: Fields) -> DocumentGroup:
    fields.only({"heading", "edited", "documents"})
    return DocumentGroup(
        heading=fields.text("heading"),
        documents=tuple(_document(document) for document in fields.children("documents")),
        edited=fields.truth("edited"),
    )


def _document(fields: Fields) -> Document:
    fields.only({"text", "condition", "originals", "copies", "form"})
    return Document(
        text=fields.text("text", required=True),
        condition=fields.text("condition"),
        originals=fields.number("originals"),
        copies=fields.number("copies"),
        form=fields.text("form"),
    )


def _law(fields: Fields) -> LegalBasis:
    fields.only({"title", "number"})
    return LegalBasis(title=fields.text("title"), number=fields.text("number"))
