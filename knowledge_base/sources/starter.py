"""The starter procedures: one YAML file a procedure, typed facts with their source, leads of our own.

Everything in them is unreviewed until an editor of the office approves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Lead,
    LegalBasis,
    Method,
    MethodKind,
    Origin,
    ProcedureContent,
    Provenance,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.errors import StarterProblem
from knowledge_base.flags import flags_of
from knowledge_base.parts import present_parts
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import clean

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
    text = file.read_bytes()
    try:
        plain = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise StarterProblem(f"{file.name}: không đọc được YAML ({problem})") from problem
    fields = _Fields(file=file.name, path="", values=plain)
    return _content(fields, record=sha256(text).hexdigest())


@dataclass(frozen=True, kw_only=True)
class _Fields:
    """One mapping of the file, which names the file and the field in every complaint."""

    file: str
    path: str
    values: Any

    def __post_init__(self) -> None:
        if not isinstance(self.values, Mapping):
            raise self.problem("", "phải là các cặp tên: giá trị")

    def problem(self, name: str, wish: str) -> StarterProblem:
        where = ".".join(part for part in (self.path, name) if part) or "cả tệp"
        return StarterProblem(f"{self.file}: trường “{where}” {wish}")

    def only(self, known: set[str]) -> None:
        for name in self.values:
            if name not in known:
                raise self.problem(str(name), "không có trong định dạng, xem docs/developers/content.md")

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.values.get(name)
        if isinstance(value, date):
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            raise self.problem(name, "phải là chữ, đặt trong dấu nháy")
        cleaned = clean(value or "")
        if required and not cleaned:
            raise self.problem(name, "còn trống")
        return cleaned

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self.problem(name, "phải là danh sách chữ")
        return tuple(clean(value) for value in values if clean(value))

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise self.problem(name, "phải là số nguyên không âm hoặc null")
        return value

    def truth(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.problem(name, "phải là true hoặc false")
        return value

    def child(self, name: str) -> _Fields:
        return _Fields(file=self.file, path=self._path(name), values=self.values.get(name))

    def children(self, name: str) -> tuple[_Fields, ...]:
        return tuple(
            _Fields(file=self.file, path=self._path(f"{name}[{number}]"), values=value)
            for number, value in enumerate(self._list(name))
        )

    def _list(self, name: str) -> list[Any]:
        values = self.values.get(name) or []
        if not isinstance(values, list):
            raise self.problem(name, "phải là danh sách")
        return values

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _content(fields: _Fields, *, record: str) -> ProcedureContent:
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
    return replace(content, flags=flags, provenance=parts)


def _source(fields: _Fields, *, record: str) -> Provenance:
    source = fields.child("source") if fields.values.get("source") else None
    if source is None:
        raise fields.problem("source", "còn thiếu: mỗi thủ tục phải nêu decision, url và date của nguồn")
    source.only({"decision", "url", "date"})
    return Provenance(
        origin=Origin.STARTER,
        decision=source.text("decision", required=True),
        url=source.text("url", required=True),
        date=source.text("date", required=True),
        reviewed=False,
        record=record,
    )


def _lead(fields: _Fields, source: Provenance) -> Lead | None:
    text = fields.text("lead")
    return Lead(text=text, provenance=source) if text else None


def _method(fields: _Fields) -> Method:
    fields.only({"kind", "time", "fees", "note"})
    return Method(
        kind=MethodKind(_one_of(fields, "kind", {kind.value for kind in MethodKind})),
        time=_time(fields.child("time")) if fields.values.get("time") else TimeLimit(text=""),
        fees=tuple(_fee(fee) for fee in fields.children("fees")),
        note=fields.text("note"),
    )


def _one_of(fields: _Fields, name: str, allowed: set[str]) -> str:
    value = fields.text(name, required=True)
    if value not in allowed:
        raise fields.problem(name, f"phải là một trong: {', '.join(sorted(allowed))}")
    return value


def _time(fields: _Fields) -> TimeLimit:
    fields.only({"text", "value", "unit"})
    unit = fields.values.get("unit")
    value = fields.number("value")
    if (unit is None) != (value is None):
        raise fields.problem("value", "và unit đi đôi: có cả hai hoặc cả hai là null")
    if unit is None:
        return TimeLimit(text=fields.text("text"))
    unit = TimeUnit(_one_of(fields, "unit", {unit.value for unit in TimeUnit}))
    return TimeLimit(text=fields.text("text", required=True), value=value, unit=unit)


def _fee(fields: _Fields) -> Fee:
    fields.only({"text", "amount", "note"})
    return Fee(text=fields.text("text"), amount=fields.number("amount"), note=fields.text("note"))


def _group(fields: _Fields) -> DocumentGroup:
    fields.only({"heading", "edited", "documents"})
    return DocumentGroup(
        heading=fields.text("heading"),
        documents=tuple(_document(document) for document in fields.children("documents")),
        edited=fields.truth("edited"),
    )


def _document(fields: _Fields) -> Document:
    fields.only({"text", "condition", "originals", "copies", "form"})
    return Document(
        text=fields.text("text", required=True),
        condition=fields.text("condition"),
        originals=fields.number("originals"),
        copies=fields.number("copies"),
        form=fields.text("form"),
    )


def _law(fields: _Fields) -> LegalBasis:
    fields.only({"title", "number"})
    return LegalBasis(title=fields.text("title"), number=fields.text("number"))
