"""The sections of a procedure that are edited in one form, the parts they feed, and what their parts hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge_base.content import PartName, ProcedureContent

LEAD = "lead"


class Section(StrEnum):
    """What an editor corrects at once. The methods of handing in carry fee, time and how together."""

    LEAD = LEAD
    DOCUMENTS = "documents"
    METHODS = "methods"
    WHERE = "where"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    FORMS = "forms"
    LEGAL_BASIS = "legal_basis"


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """label: as the page says it. parts: what citizens ask for."""

    label: str
    parts: tuple[PartName, ...]


MEANINGS: dict[Section, Meaning] = {
    Section.LEAD: Meaning(label="Lời dẫn ngắn", parts=()),
    Section.DOCUMENTS: Meaning(
        label="Giấy tờ cần nộp",
        parts=(PartName.DOCUMENTS,),
    ),
    Section.METHODS: Meaning(
        label="Cách nộp, thời hạn, phí và lệ phí",
        parts=(PartName.FEE, PartName.TIME, PartName.HOW),
    ),
    Section.WHERE: Meaning(label="Nơi nộp", parts=(PartName.WHERE,)),
    Section.STEPS: Meaning(label="Trình tự thực hiện", parts=(PartName.STEPS,)),
    Section.CONDITIONS: Meaning(label="Điều kiện", parts=(PartName.CONDITIONS,)),
    Section.RESULT: Meaning(label="Kết quả", parts=(PartName.RESULT,)),
    Section.FORMS: Meaning(label="Mẫu đơn, tờ khai", parts=(PartName.FORMS,)),
    Section.LEGAL_BASIS: Meaning(
        label="Căn cứ pháp lý",
        parts=(PartName.LEGAL_BASIS,),
    ),
}

_HELD: dict[PartName, Callable[[ProcedureContent], Any]] = {
    PartName.DOCUMENTS: lambda content: content.documents,
    PartName.FEE: lambda content: tuple((method.kind, method.fees) for method in content.methods),
    PartName.TIME: lambda content: tuple((method.kind, method.time) for method in content.methods),
    PartName.HOW: lambda content: (
        content.online_level,
        tuple((method.kind, method.note) for method in content.methods),
    ),
    PartName.WHERE: lambda content: (content.receiving_address, content.agencies),
    PartName.STEPS: lambda content: content.steps,
    PartName.CONDITIONS: lambda content: content.conditions,
    PartName.RESULT: lambda content: content.result,
    PartName.FORMS: lambda content: content.forms,
    PartName.LEGAL_BASIS: lambda content: content.legal_basis,
}


def changed_parts(before: ProcedureContent, after: ProcedureContent) -> tuple[PartName, ...]:
    """The parts that say something else than before, whatever their provenance."""
    return tuple(part for part in PartName if _HELD[part](before) != _HELD[part](after))


def changed_sections(before: ProcedureContent, after: ProcedureContent) -> tuple[Section, ...]:
    """The sections in which an editor would find what differs."""
    changed = set(changed_parts(before, after))
    return tuple(
        section
        for section, meaning in MEANINGS.items()
        if changed & set(meaning.parts) or (section is Section.LEAD and before.lead != after.lead)
    )
