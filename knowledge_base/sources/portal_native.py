"""The portal's records as its programming interface gives them: nested objects with typed fields.

Read from the description of that shape; no record of it was at hand. So nothing is taken for granted: a field
of another kind than expected, or with an unknown name or value, is kept word by word in a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from knowledge_base.content import (
    Attachment,
    Document,
    DocumentGroup,
    LegalBasis,
    OnlineLevel,
    ProcedureContent,
    Remark,
)
from knowledge_base.flags import flags_of
from knowledge_base.paper_conditions import with_conditions
from knowledge_base.sources.nodes import Node
from knowledge_base.sources.portal_native_methods import read_method
from knowledge_base.sources.portal_words import PORTAL, agencies, provenance, what_is_wrong_with
from knowledge_base.sources.records import BrokenRecord, Record

OTHER_FIELDS = "Trường khác của nguồn"
NOT_REQUIRED = "Giấy tờ nguồn đánh dấu không bắt buộc"

_LEVELS = {"isMinistry": "Cấp bộ", "isProvince": "Cấp tỉnh", "isWard": "Cấp xã"}
# "TTHC_LUAT" is a code, "TTHC được giao luật quy định chi tiết" a kind: neither is a field of life.
_NO_FIELD = re.compile(r"TTHC\b.*|Loại khác|[^a-zà-ỹ]*", re.DOTALL)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")


def read_native(raw: Mapping[str, Any], *, place: str, read_on: str, record: str) -> Record | BrokenRecord:
    """One record of this shape. read_on: ISO date; record: the digest of the object as read."""
    node = Node(raw)
    code, title = node.text("code"), node.text("name")
    reason = what_is_wrong_with(code, title, names=("code", "name"))
    if reason:
        return BrokenRecord(place=place, code=code[:32], reason=reason)
    content, unread = _content(node, code=code, title=title, date=read_on or _day(raw.get("updatedAt")))
    rest = "\n".join(node.rest())
    remarks = (*content.remarks, *([Remark(heading=OTHER_FIELDS, text=rest)] if rest else []))
    content = replace(content, remarks=remarks)
    return Record(
        place=place,
        content=replace(
            content,
            flags=tuple(sorted({*flags_of(content), *unread})),
            provenance=provenance(content, date=content.updated, record=record),
        ),
    )


def _content(node: Node, *, code: str, title: str, date: str) -> tuple[ProcedureContent, set[str]]:
    """The content without its source, and what could not be read for certain."""
    flags: set[str] = set()
    cases = tuple(_case(case) for case in node.nodes("executionCases"))
    files = tuple(file for _, attachments, _ in cases for file in attachments)
    methods = (read_method(method, flags) for method in node.nodes("executionMethods"))
    category = node.text("category") or "\n".join(node.names("category"))
    is_field = not _NO_FIELD.fullmatch(category)
    named = {
        "Mã trên Cổng": node.text("id"),
        "Loại thủ tục": "" if is_field else category,
        NOT_REQUIRED: "\n".join(paper for _, _, optional in cases for paper in optional),
    }
    return ProcedureContent(
        code=code,
        title=title,
        field=category if is_field else "",
        decision=node.text("decisionNo"),
        url=PORTAL,
        levels=tuple(level for name, level in _LEVELS.items() if node.truth(name)),
        audience=node.names("subjectTypesDetails"),
        aliases=(),
        lead=None,
        agencies=agencies(
            performs="; ".join(node.names("departmentsExecuting")),
            decides="; ".join(node.names("departmentsAuthority")),
            takes_part="; ".join(node.names("departmentsCoordinating")),
        ),
        receiving_address="",
        methods=tuple(method for method in methods if method is not None),
        documents=with_conditions([group for group, _, _ in cases if group.heading or group.documents]),
        steps="\n".join(filter(None, map(_step, node.nodes("executionSteps")))),
        conditions=node.text("requirementsAndConditions"),
        result="\n".join(filter(None, map(_result, node.nodes("resultsDetails")))),
        forms=tuple(dict.fromkeys(file.name for file in files if file.name)),
        legal_basis=tuple(filter(None, map(_law, node.nodes("legalBasisesDetails")))),
        updated=date,
        provenance={},
        remarks=tuple(Remark(heading=heading, text=text) for heading, text in named.items() if text),
        online_level=_online_level(node.truth("isFullProcess")),
        attachments=tuple(file for file in files if file.path),
    ), flags


def _online_level(is_full: bool | None) -> OnlineLevel | None:  # noqa: FBT001 -- the value of a field
    if is_full is None:
        return None
    return OnlineLevel.FULL if is_full else OnlineLevel.PARTIAL


def _case(node: Node) -> tuple[DocumentGroup, tuple[Attachment, ...], tuple[str, ...]]:
    """The papers of one case under its name, their files, and the names of those marked as not required."""
    papers: list[Document] = []
    files: list[Attachment] = []
    optional: list[str] = []
    for component in node.nodes("profileComponents"):
        text = component.text("name")
        attachments = tuple(_files(component))
        if component.truth("required") is False:
            optional.append(text)
        papers.append(
            Document(
                text=text,
                originals=component.count("originalQty"),
                copies=component.count("copyQty"),
                form="; ".join(file.name for file in attachments if file.name),
            )
        )
        files.extend(attachments)
    group = DocumentGroup(heading=node.text("name"), documents=_told(papers), edited=False)
    return group, tuple(files), tuple(filter(None, optional))


def _told(papers: list[Document]) -> tuple[Document, ...]:
    return tuple(paper for paper in papers if paper != Document(text=""))


def _files(component: Node) -> Iterator[Attachment]:
    for file in component.nodes("attachments"):
        attachment = Attachment(name=file.text("fileName"), path=file.text("filePath"))
        if attachment.name or attachment.path:
            yield attachment


def _step(node: Node) -> str:
    return "\n".join(filter(None, (node.text("name"), node.text("description"))))


def _result(node: Node) -> str:
    name, code = node.text("name"), node.text("code")
    return f"{name} (Mã: {code})".strip() if code else name


def _law(node: Node) -> LegalBasis | None:
    law = LegalBasis(title=node.text("name"), number=node.text("code"))
    return law if law.title or law.number else None


def _day(value: object) -> str:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else ""
