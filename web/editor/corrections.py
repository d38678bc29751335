"""A correction: one section changed by a person, with the source that says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge_base.content import Origin, PartName, ProcedureContent, Provenance
from knowledge_base.flags import flags_of
from knowledge_base.parts import present_parts
from web.editor.sections import MEANINGS, Section, changed_parts


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


def corrected(
    content: ProcedureContent, section: Section, fields: dict[str, Any], source: Source | None
) -> ProcedureContent:
    """The content with the section's fields replaced; only parts that changed take the new source.

    source may be None for the lead only, which carries no figure and has provenance of its own.
    """
    after = replace(content, **fields)
    after = replace(after, provenance=_provenance(content, after, source))
    return replace(after, flags=_flags(content, after, section))


def _provenance(
    before: ProcedureContent, after: ProcedureContent, source: Source | None
) -> dict[str, Provenance]:
    kept = dict(before.provenance)
    if source is not None:
        kept |= {part.value: source.provenance for part in changed_parts(before, after)}
    present = {part.value for part in present_parts(after)}
    return {part: origin for part, origin in kept.items() if part in present or part not in set(PartName)}


def _flags(before: ProcedureContent, after: ProcedureContent, section: Section) -> tuple[str, ...]:
    """Flags of the import stay until their section is corrected; those of the words go with the words."""
    from_the_import = set(before.flags) - set(flags_of(before)) - MEANINGS[section].settles
    return tuple(sorted(from_the_import | set(flags_of(after))))
