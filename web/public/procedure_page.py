"""What the public page of a procedure shows: every part with its provenance, from the release in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge_base.answering import answer, full_part, lead_words
from knowledge_base.answers import UNREVIEWED, Answer, Computed, Quoted, Span
from knowledge_base.checklist import PaperGroup, announces, paper_groups, words_in
from knowledge_base.content import OWN_KEY, Origin, PartName, ProcedureContent, Provenance
from knowledge_base.forms import Form, forms
from knowledge_base.here import Here
from knowledge_base.library import Listed
from knowledge_base.number_guard import numbers
from knowledge_base.parts import ONLINE_LEVEL_LABELS, PART_LABELS, present_parts
from knowledge_base.probes import short_title
from knowledge_base.validity import is_over, notices, withdrawn
from knowledge_base.where import ASK_WARD
from nlu.text import fold
from office.links import safe_url

ORIGIN_LABELS = {
    Origin.OFFICIAL: "Văn bản chính thức",
    Origin.STARTER: "Nội dung minh hoạ, chưa được duyệt",
    Origin.EDITOR: "Cán bộ biên tập",
}
REVIEWED = "đã duyệt"
#: In the order of the page: what people ask first, then how, then the law.
ORDER = (
    *(PartName.DOCUMENTS, PartName.FEE, PartName.TIME, PartName.WHERE, PartName.HOW, PartName.FORMS),
    *(PartName.STEPS, PartName.CONDITIONS, PartName.RESULT, PartName.LEGAL_BASIS),
)
ANCHORS = {
    PartName.DOCUMENTS: "giay-to",
    PartName.FEE: "le-phi",
    PartName.TIME: "thoi-han",
    PartName.WHERE: "noi-nop",
    PartName.HOW: "cach-nop",
    PartName.FORMS: "mau-don",
    PartName.STEPS: "trinh-tu",
    PartName.CONDITIONS: "dieu-kien",
    PartName.RESULT: "ket-qua",
    PartName.LEGAL_BASIS: "can-cu",
}
VARIANTS_SHOWN = 8
_BULLET = "- "


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines that belong together. kind: "list", "text", "computed" or "note"."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """Where a part comes from, as the page says it. url: "" where it may not be opened."""

    origin: str
    says: str
    url: str
    reviewed: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the page."""

    part: PartName
    label: str
    anchor: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper as one line. has_box: False for a row that only announces the next ones."""

    text: str
    has_box: bool


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Papers under a heading."""

    heading: str
    is_sorted: bool
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, kw_only=True)
class ProcedurePage:
    """Everything the page shows. code: "" for an entry whose national code is not known.

    common_source: where most parts come from, said once; the others say theirs. notices: what changes or has
    ended; is_over: withdrawn, so that only what replaces it is shown.
    """

    content: ProcedureContent
    code: str
    updated: str
    overview: Answer
    common_source: SourceLine | None
    sections: tuple[Section, ...]
    papers: tuple[Papers, ...]
    forms: tuple[Form, ...]
    missing: tuple[str, ...]
    variants: tuple[Listed, ...]
    online: str
    lead: str
    source_url: str
    is_unreviewed: bool
    notices: tuple[str, ...]
    since: str
    is_over: bool

    @property
    def common_sources(self) -> tuple[SourceLine, ...]:
        """The common source where the papers rest on it."""
        papers = [section for section in self.sections if section.part is PartName.DOCUMENTS]
        shared = self.common_source and papers and not papers[0].sources
        return (self.common_source,) if self.common_source and shared else ()

    @property
    def description(self) -> str:
        """For search engines and previews: what the page answers, in one sentence."""
        labels = ", ".join(section.label.lower() for section in self.sections[:4])
        field = f" Lĩnh vực {self.content.field}." if self.content.field else ""
        return f"{self.content.title}: {labels or 'nơi giải quyết và nơi tra cứu'}.{field}"


def procedure_page(content: ProcedureContent, here: Here, listing: Sequence[Listed]) -> ProcedurePage:
    over = is_over(content, here.day)
    present = () if over else present_parts(content)
    said = {part: full_part(content, part, here) for part in ORDER}
    notes = withdrawn(content).spans if over else tuple(notices(content, here.day))
    left_out = {UNREVIEWED, ASK_WARD, *(note.text for note in notes)}  # said above, or meant for a chat
    # A part on which the source is silent is shown where the city has a rule of its own about it.
    told = [part for part in ORDER if part in present or said[part].quotes]
    sections = [_section(part, said[part], left_out) for part in told]
    common = _common_source(sections)
    overview = answer(content, None, here)
    return ProcedurePage(
        content=content,
        code="" if content.code.startswith(OWN_KEY) else content.code,
        updated=written_day(content.updated),
        overview=overview,
        common_source=common,
        sections=tuple(_without(common, section) for section in sections),
        papers=() if over else papers_of(content),
        forms=forms(content),
        missing=tuple(PART_LABELS[part] for part in ORDER if present and part not in told),
        variants=variants(content, listing),
        online=_online(content),
        lead=_lead(content),
        source_url=safe_url(content.url),
        is_unreviewed=not overview.reviewed or not all(_may_trust(content, part) for part in present),
        notices=tuple(note.text for note in notes),
        since=written_day(content.validity.since) if content.validity else "",
        is_over=over,
    )


def papers_of(content: ProcedureContent) -> tuple[Papers, ...]:
    return tuple(_papers(group) for group in paper_groups(content))


def variants(content: ProcedureContent, listing: Iterable[Listed]) -> tuple[Listed, ...]:
    """Procedures whose name begins as this one's does, or the reverse: the same matter in other cases."""
    own = _plain(content.title)
    alike = (
        entry
        for entry in listing
        if entry.code != content.code and _begins_alike(own, _plain(entry.title)) and entry.is_held
    )
    return tuple(sorted(alike, key=lambda entry: len(entry.title))[:VARIANTS_SHOWN])


def written_day(iso: str) -> str:
    """ "2026-06-12" as "12/06/2026", "2026-07" as "07/2026"."""
    return "/".join(reversed(iso.split("-")))


def _plain(title: str) -> str:
    return fold(short_title(title))


def _begins_alike(one: str, other: str) -> bool:
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _papers(group: PaperGroup) -> Papers:
    return Papers(
        heading=group.heading,
        is_sorted=group.is_sorted,
        lines=tuple(
            PaperLine(text=words_in(group, paper), has_box=not announces(paper)) for paper in group.papers
        ),
    )


def _section(part: PartName, said: Answer, told_above: Container[str]) -> Section:
    spans = [span for span in said.spans if span.text not in told_above]
    return Section(
        part=part,
        label=PART_LABELS[part],
        anchor=ANCHORS[part],
        blocks=blocks(spans),
        sources=tuple(_sources(spans)),
    )


def _common_source(sections: Iterable[Section]) -> SourceLine | None:
    """The source that most sections rest on alone; None when no two share one."""
    alone = Counter(section.sources[0] for section in sections if len(section.sources) == 1)
    return next((source for source, times in alone.most_common(1) if times > 1), None)


def _without(common: SourceLine | None, section: Section) -> Section:
    return replace(section, sources=()) if section.sources == (common,) else section


def blocks(spans: Iterable[Span]) -> tuple[Block, ...]:
    """The spans as lists, texts, computed values and notes, in their order."""
    return tuple(
        Block(kind=kind, lines=tuple(span.text.removeprefix(_BULLET) for span in together))
        for kind, together in groupby(spans, key=_kind)
    )


def _kind(span: Span) -> str:
    if isinstance(span, Computed):
        return "computed"
    if span.text.startswith(_BULLET):
        return "list"
    return "text" if isinstance(span, Quoted) else "note"


def _sources(spans: Iterable[Span]) -> Iterator[SourceLine]:
    found = dict.fromkeys(span.provenance for span in spans if isinstance(span, Quoted))
    # Parts are kept apart by the digest of their record, which no reader sees.
    yield from dict.fromkeys(source_line(provenance) for provenance in found)


def source_line(provenance: Provenance) -> SourceLine:
    """The source as a reader sees it."""
    says = ", ".join(word for word in (provenance.decision, written_day(provenance.date)) if word)
    return SourceLine(
        origin=ORIGIN_LABELS.get(provenance.origin, "Quy định của Hà Nội"),
        says=says,
        url=safe_url(provenance.url),
        reviewed=provenance.reviewed,
    )


def _online(content: ProcedureContent) -> str:
    """The level of online service, of a catalogue entry as its list gives it."""
    if content.signpost:
        return content.signpost.online
    return ONLINE_LEVEL_LABELS[content.online_level].capitalize() if content.online_level else ""


def _lead(content: ProcedureContent) -> str:
    """Our words in front, unless they bring a figure, of which a lead is no source."""
    if content.lead is None or numbers(content.lead.text):
        return ""
    return lead_words(content.lead)


def _may_trust(content: ProcedureContent, part: PartName) -> bool:
    source = content.provenance.get(part.value)
    return source is None or source.reviewed or source.origin is not Origin.STARTER
