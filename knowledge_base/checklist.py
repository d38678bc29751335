"""The papers of a procedure as a list to tick off: what everyone hands in first, then "chỉ khi …"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge_base.answers import Fixed, Span
from knowledge_base.content import Document, DocumentGroup, PartName, ProcedureContent
from knowledge_base.quoting import (
    MAY_NOT_CONCERN,
    NOT_EDITED,
    capitalised,
    group_heading,
    is_for_all,
    paper_words,
    quoted,
)

FOR_ALL = "Ai cũng phải nộp"
BOX = "☐"


@dataclass(frozen=True, kw_only=True)
class PaperGroup:
    """Papers under one heading. is_for_all: everyone hands them in. is_sorted: see DocumentGroup."""

    heading: str
    papers: tuple[Document, ...]
    is_for_all: bool = False
    is_sorted: bool = True


def paper_groups(content: ProcedureContent) -> tuple[PaperGroup, ...]:
    """Every paper once: for everyone, "chỉ khi …", under the source's special cases, then unsorted lists."""
    known = [group for group in content.documents if group.is_sorted]
    plain = [group for group in known if is_for_all(content, group)]
    found = (
        PaperGroup(heading=FOR_ALL, papers=_without_condition(plain), is_for_all=True),
        *_conditional(plain),
        *(_as_listed(group) for group in known if group not in plain),
        *(_as_listed(group) for group in content.documents if not group.is_sorted),
    )
    return tuple(group for group in found if group.papers)


def checklist_spans(content: ProcedureContent) -> Iterator[Span]:
    """The groups as lines of a chat: a heading, then "☐ Tờ khai (1 bản chính)"."""
    groups = paper_groups(content)
    for group in groups:
        if group.is_for_all:
            yield Fixed(text=f"{FOR_ALL}:")
        else:
            yield quoted(content, PartName.DOCUMENTS, f"{heading_words(group)}:")
        for paper in group.papers:
            box = "" if announces(paper) else f"{BOX} "
            yield quoted(content, PartName.DOCUMENTS, f"{box}{words_in(group, paper)}")
    if not all(group.is_sorted for group in groups):
        yield Fixed(text=MAY_NOT_CONCERN)


def announces(paper: Document) -> bool:
    """Whether the row is no paper but what announces the next ones ("… hồ sơ gồm:"): nothing to tick off."""
    return paper.text.endswith(":") and not (paper.originals or paper.copies)


def heading_words(group: PaperGroup) -> str:
    return group.heading if group.is_sorted else f"{group.heading} {NOT_EDITED}"


def words_in(group: PaperGroup, paper: Document) -> str:
    """The paper as its group's line says it: its condition only where the heading does not say it."""
    words = paper_words(paper)
    if not paper.condition or (group.is_sorted and group.heading == capitalised(paper.condition)):
        return words
    return f"{capitalised(paper.condition)}: {words}"


def _without_condition(groups: Iterable[DocumentGroup]) -> tuple[Document, ...]:
    return tuple(paper for group in groups for paper in group.documents if not paper.condition)


def _conditional(groups: Iterable[DocumentGroup]) -> Iterator[PaperGroup]:
    by_condition: dict[str, list[Document]] = {}
    for group in groups:
        for paper in group.documents:
            if paper.condition:
                by_condition.setdefault(capitalised(paper.condition), []).append(paper)
    for condition, papers in by_condition.items():
        yield PaperGroup(heading=condition, papers=tuple(papers))


def _as_listed(group: DocumentGroup) -> PaperGroup:
    return PaperGroup(heading=group_heading(group), papers=group.documents, is_sorted=group.is_sorted)
