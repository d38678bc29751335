"""What an official record and what was written here make together, when both are about one procedure. Pure.

A part that a person edited stays while the source words it as it did when it was edited: its digest says so
(Provenance.part_digest). When the source's words changed, both versions are shown to an editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.article import ArticleContent, Content
from knowledge_base.content import Origin, PartName, ProcedureContent, Provenance
from knowledge_base.parts import part_digest

SOURCE_CHANGED = "source_changed_since_edited"

#: The fields that hold a part; fee, time and way of handing in share theirs.
_FIELDS: Mapping[tuple[PartName, ...], tuple[str, ...]] = {
    (PartName.DOCUMENTS,): ("documents",),
    (PartName.FEE, PartName.TIME, PartName.HOW): ("methods", "online_level"),
    (PartName.WHERE,): ("receiving_address", "agencies"),
    (PartName.STEPS,): ("steps",),
    (PartName.CONDITIONS,): ("conditions",),
    (PartName.RESULT,): ("result",),
    (PartName.FORMS,): ("forms",),
    (PartName.LEGAL_BASIS,): ("legal_basis",),
}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """content: what goes on, with every edited part; theirs: the same, conflicts as the source words them.

    conflicts: the edited parts that the source words differently since, first of each group of parts.
    """

    content: Content
    theirs: Content
    conflicts: tuple[PartName, ...] = ()


def meet(incoming: Content, live: Content) -> Meeting:
    """Official parts with our lead and aliases, whichever came first; edited parts as the module says.

    A catalogue entry gives way to what comes in and leaves its aliases; a newer starter file replaces one.
    An article comes in as a whole.
    """
    if isinstance(incoming, ArticleContent) or isinstance(live, ArticleContent):
        return Meeting(content=incoming, theirs=incoming)
    if is_starter(incoming) and is_starter(live):
        return Meeting(content=incoming, theirs=incoming)
    if live.is_catalogue_entry:
        aliases = _aliases(incoming, live)
        content = replace(incoming, aliases=aliases)
        return Meeting(content=content, theirs=content)
    if is_starter(incoming):
        return _with_starter(incoming, live)
    theirs = replace(incoming, lead=incoming.lead or live.lead, aliases=_aliases(incoming, live))
    return _with_edited(theirs, live)


def is_edited(content: ProcedureContent, part: PartName) -> bool:
    """Whether a person wrote the part: an editor, or the project where it sorted the papers."""
    source = content.provenance.get(part.value)
    if source is None or source.origin is Origin.OFFICIAL:
        return False
    if source.origin is Origin.EDITOR:
        return True
    return part is PartName.DOCUMENTS and all(group.edited for group in content.documents)


def holds_edited(content: Content) -> bool:
    if isinstance(content, ArticleContent):
        return any(source.origin is Origin.EDITOR for source in content.provenance.values())
    return any(is_edited(content, part) for part in PartName)


def official_digest(content: ProcedureContent, part: PartName) -> str:
    """The digest of the part as the source words it; "" when that is not known."""
    source = content.provenance.get(part.value)
    if source is None:
        return part_digest(content, part)
    return source.part_digest or (part_digest(content, part) if source.origin is Origin.OFFICIAL else "")


def _with_starter(ours: ProcedureContent, live: ProcedureContent) -> Meeting:
    """The official content with our lead and aliases, and our sorted papers where they stand for its own."""
    content = replace(live, lead=live.lead or ours.lead, aliases=_aliases(live, ours))
    part = PartName.DOCUMENTS
    digest = official_digest(ours, part)
    is_of_same_words = bool(digest) and digest == official_digest(live, part)
    held = live.provenance.get(part.value)
    if is_edited(ours, part) and is_of_same_words and held and held.origin is not Origin.EDITOR:
        content = _taken_over(content, ours, (part,), ("documents",))
    return Meeting(content=content, theirs=content)


def _with_edited(theirs: ProcedureContent, live: ProcedureContent) -> Meeting:
    content = theirs
    conflicts: list[PartName] = []
    for parts, fields in _FIELDS.items():
        if not any(is_edited(live, part) for part in parts):
            continue
        is_unchanged = all(_is_unchanged(theirs, live, part) for part in parts)
        content = _taken_over(content, live, parts, fields)
        if is_unchanged:
            theirs = _taken_over(theirs, live, parts, fields)
        else:
            conflicts.append(parts[0])
    if conflicts:
        content = replace(content, flags=tuple(sorted({*content.flags, SOURCE_CHANGED})))
    return Meeting(content=content, theirs=theirs, conflicts=tuple(conflicts))


def _is_unchanged(theirs: ProcedureContent, live: ProcedureContent, part: PartName) -> bool:
    return official_digest(live, part) == official_digest(theirs, part) != ""


def _taken_over(
    content: ProcedureContent, other: ProcedureContent, parts: tuple[PartName, ...], names: tuple[str, ...]
) -> ProcedureContent:
    """The content with these parts and their sources of the other."""
    held: dict[str, Any] = {name: getattr(other, name) for name in names}
    sources: dict[str, Provenance] = {
        part.value: source
        for part in PartName
        if (source := (other if part in parts else content).provenance.get(part.value))
    }
    return replace(content, **held, provenance=sources)


def _aliases(first: ProcedureContent, second: ProcedureContent) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first.aliases, *second.aliases)))


def is_starter(content: Content) -> bool:
    return bool(content.provenance) and all(
        source.origin is Origin.STARTER for source in content.provenance.values()
    )
