"""A correction: fields of a content changed by a person, with the source that says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge_base.content import Origin, PartName, ProcedureContent, Provenance
from knowledge_base.flags import flags_of
from knowledge_base.meeting import SOURCE_CHANGED, official_digest
from knowledge_base.parts import present_parts
from web.editor.sections import changed_parts


@dataclass(frozen=True, kw_only=True)
class Source:
    """The document a correction rests on: its number, its date and, where there is one, its address."""

    decision: str
    date: date
    url: str = ""

    @property
    def provenance(self) -> Provenance:
        return Provenance(
            origin=Origin.EDITOR,
            decision=self.decision,
            url=self.url,
            date=self.date.isoformat(),
            reviewed=True,
        )


# What an importer flagged about its reading of a part is answered when a person corrects the part.
SETTLED_BY: dict[PartName, frozenset[str]] = {
    PartName.DOCUMENTS: frozenset(
        {"documents_without_table", "document_count_glued", "form_glued", SOURCE_CHANGED}
    ),
    PartName.FEE: frozenset(
        {
            "methods_unread", "fee_note_contradicts", "fee_note_unclear", "fee_left_to_council",
            "fee_amount_doubtful", "fee_note_unbalanced", "time_glued_to_fee",
        }
    ),
    PartName.TIME: frozenset({"methods_unread", "time_without_unit", "time_glued_to_fee"}),
    PartName.LEGAL_BASIS: frozenset({"legal_basis_glued"}),
}  # fmt: skip


def corrected(content: ProcedureContent, fields: dict[str, Any], source: Source | None) -> ProcedureContent:
    """The content with these fields replaced; only parts that changed take the new source.

    source may be None for the lead only, which carries no figure and has provenance of its own.
    """
    after = replace(content, **fields)
    changed = changed_parts(content, after)
    return replace(
        after,
        provenance=_provenance(before=content, after=after, changed=changed, source=source),
        flags=_flags(content, after, changed),
    )


def _provenance(
    *,
    before: ProcedureContent,
    after: ProcedureContent,
    changed: tuple[PartName, ...],
    source: Source | None,
) -> dict[str, Provenance]:
    sources = dict(after.provenance)
    if source is not None:
        sources |= {
            part.value: replace(source.provenance, part_digest=official_digest(before, part))
            for part in changed
        }
    absent = {part.value for part in PartName} - {part.value for part in present_parts(after)}
    return {part: origin for part, origin in sources.items() if part not in absent}


def _flags(
    before: ProcedureContent, after: ProcedureContent, changed: tuple[PartName, ...]
) -> tuple[str, ...]:
    """Flags of the import stay until their part is corrected; those of the words go with the words."""
    settled = {flag for part in changed for flag in SETTLED_BY.get(part, ())}
    from_the_import = set(before.flags) - set(flags_of(before)) - settled
    return tuple(sorted(from_the_import | set(flags_of(after))))
