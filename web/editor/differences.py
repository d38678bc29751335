"""What two contents say differently, section by section, in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge_base.content import Document, Method, ProcedureContent, Provenance
from knowledge_base.parts import ONLINE_LEVEL_LABELS, PART_LABELS
from knowledge_base.quoting import KIND_LABELS
from web.editor.sections import MEANINGS, Section

# A word takes its space along, so that a changed sentence reads as one run and not word by word.
_WORDS = re.compile(r"\s*\S+|\s+$")


class Kind(StrEnum):
    """How a piece of text stands between the two contents."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words."""

    kind: Kind
    text: str


@dataclass(frozen=True, kw_only=True)
class SectionDifference:
    """A section that changed, as the pieces of its changed lines. skipped: how many lines are unchanged."""

    label: str
    lines: tuple[tuple[Piece, ...], ...]
    skipped: int


def differences(before: ProcedureContent, after: ProcedureContent) -> tuple[SectionDifference, ...]:
    """The sections that differ, in the order in which they are edited; a new source is a difference."""
    compared = (_difference(section, before, after) for section in Section)
    return tuple(difference for difference in compared if difference.lines)


def heading_differences(before: ProcedureContent, after: ProcedureContent) -> tuple[SectionDifference, ...]:
    """What differs beside the sections: title, field, decision, levels, audience, other names, remarks."""
    compared = (
        SectionDifference(label=label, lines=tuple(_changed(lines(before), lines(after))), skipped=0)
        for label, lines in _HEADINGS.items()
    )
    return tuple(difference for difference in compared if difference.lines)


def written(content: ProcedureContent, section: Section) -> tuple[str, ...]:
    """A section as lines of text."""
    return tuple(line for text in _WRITTEN[section](content) for line in text.splitlines() if line.strip())


def written_sources(content: ProcedureContent, section: Section) -> tuple[str, ...]:
    """Where the parts of a section come from, one line a part."""
    return tuple(
        f"Nguồn ({PART_LABELS[part]}): {written_source(content.provenance[part.value])}"
        for part in MEANINGS[section].parts
        if part.value in content.provenance
    )


def written_source(source: Provenance) -> str:
    """ "163/QĐ-BTP, 12/06/2026"; the day or the month and day may be missing."""
    return ", ".join(word for word in (source.decision, written_day(source.date)) if word) or "chưa ghi"


def written_day(iso: str) -> str:
    """ "2026-06-12" as "12/06/2026", "2026-07" as "07/2026"."""
    return "/".join(reversed(iso.split("-")))


def _difference(section: Section, before: ProcedureContent, after: ProcedureContent) -> SectionDifference:
    old, new = written(before, section), written(after, section)
    changed = [
        *_changed(old, new),
        *_changed(written_sources(before, section), written_sources(after, section)),
    ]
    unchanged = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    return SectionDifference(
        label=MEANINGS[section].label,
        lines=tuple(changed),
        skipped=sum(block.size for block in unchanged),
    )


def line_difference(label: str, old: Sequence[str], new: Sequence[str]) -> SectionDifference:
    """The changed lines of two texts under one label; no lines where nothing changed."""
    unchanged = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    return SectionDifference(
        label=label, lines=tuple(_changed(old, new)), skipped=sum(block.size for block in unchanged)
    )


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield from _lines(old[old_from:old_to], new[new_from:new_to])


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Changed lines: one against one word by word, what is left over as a whole."""
    both = min(len(old), len(new))
    yield from (tuple(_pieces(a, b)) for a, b in zip(old[:both], new[:both], strict=True))
    yield from ((Piece(kind=Kind.GONE, text=line),) for line in old[both:])
    yield from ((Piece(kind=Kind.NEW, text=line),) for line in new[both:])


def _pieces(old: str, new: str) -> Iterator[Piece]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    for tag, a_from, a_to, b_from, b_to in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(kind=Kind.SAME, text="".join(a[a_from:a_to]))
            continue
        if a_to > a_from:
            yield Piece(kind=Kind.GONE, text="".join(a[a_from:a_to]))
        if b_to > b_from:
            yield Piece(kind=Kind.NEW, text="".join(b[b_from:b_to]))


def _methods(content: ProcedureContent) -> Iterator[str]:
    if content.online_level:
        yield f"Dịch vụ công trực tuyến: {ONLINE_LEVEL_LABELS[content.online_level]}"
    for method in content.methods:
        yield from _method(method)


def _method(method: Method) -> Iterator[str]:
    name = KIND_LABELS[method.kind]
    yield f"{name} – thời hạn: {method.time.text or 'chưa ghi'}"
    for fee in method.fees:
        note = f" ({fee.note})" if fee.note else ""
        kind = f"{fee.kind}: " if fee.kind else ""
        yield f"{name} – phí: {kind}{fee.text}{note}"
    if method.note:
        yield f"{name} – ghi chú: {method.note}"


def _documents(content: ProcedureContent) -> Iterator[str]:
    for group in content.documents:
        if group.heading:
            yield group.heading
        yield from (f"– {_document(paper)}" for paper in group.documents)


def _document(paper: Document) -> str:
    condition = f" ({paper.condition})" if paper.condition else ""
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    counted = ", ".join(f"{number} {name}" for number, name in counts if number is not None)
    form = f"mẫu: {paper.form}" if paper.form else ""
    return " – ".join(word for word in (f"{paper.text}{condition}", counted, form) if word)


_HEADINGS: dict[str, Callable[[ProcedureContent], tuple[str, ...]]] = {
    "Tên thủ tục": lambda content: (content.title,),
    "Lĩnh vực": lambda content: (content.field,),
    "Quyết định công bố": lambda content: (content.decision,),
    "Đường dẫn nguồn": lambda content: (content.url,),
    "Cấp thực hiện": lambda content: content.levels,
    "Đối tượng thực hiện": lambda content: content.audience,
    "Tên gọi khác": lambda content: content.aliases,
    "Tệp mẫu": lambda content: tuple(f"{file.name} – {file.path}" for file in content.attachments),
    "Ghi chú của nguồn": lambda content: tuple(
        f"{remark.heading}: {line}" for remark in content.remarks for line in remark.text.splitlines()
    ),
}
_WRITTEN: dict[Section, Callable[[ProcedureContent], Iterator[str] | tuple[str, ...]]] = {
    Section.LEAD: lambda content: (content.lead.text,) if content.lead else (),
    Section.DOCUMENTS: _documents,
    Section.METHODS: _methods,
    Section.WHERE: lambda content: (content.receiving_address, *content.agencies),
    Section.STEPS: lambda content: (content.steps,),
    Section.CONDITIONS: lambda content: (content.conditions,),
    Section.RESULT: lambda content: (content.result,),
    Section.FORMS: lambda content: content.forms,
    Section.LEGAL_BASIS: lambda content: tuple(
        " – ".join(word for word in (law.title, law.number) if word) for law in content.legal_basis
    ),
}
