"""One procedure: its live content section by section with where it comes from, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from knowledge_base.answering import answer
from knowledge_base.article import ARTICLE_CODE
from knowledge_base.content import Origin, ProcedureContent, Provenance
from knowledge_base.content_json import procedure_from_json
from knowledge_base.flags import FLAG_LABELS
from knowledge_base.models import Revision
from knowledge_base.parts import PART_LABELS
from knowledge_base.quoting import KIND_LABELS
from web.editor.differences import written, written_source
from web.editor.doors import EditorRequest, editor_page
from web.editor.sections import MEANINGS, Section

ORIGIN_LABELS = {
    Origin.OFFICIAL: "Văn bản chính thức",
    Origin.STARTER: "Nội dung minh hoạ",
    Origin.EDITOR: "Biên tập viên sửa",
    Origin.LOCAL: "Quy định của Hà Nội",
}


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """Where a part comes from, as the page says it. part: "" when the section is one part."""

    part: str
    origin: str
    says: str
    url: str
    reviewed: bool


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section as the page shows it."""

    section: Section
    label: str
    lines: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def live_revision(code: str) -> Revision:
    """The revision in use. Raises Http404 where the code has none, or is an article's."""
    _check_kind(code)
    live = Revision.objects.filter(procedure__code=code, status=Revision.Status.LIVE)
    revision = live.select_related("procedure", "author").first()
    if revision is None:
        raise Http404(f"{code} chưa có bản đang dùng.")
    return revision


def shown_revision(code: str) -> Revision:
    """The revision in use, or the last one of what was withdrawn. Raises Http404 without either."""
    _check_kind(code)
    statuses = (Revision.Status.LIVE, Revision.Status.WITHDRAWN)
    found = Revision.objects.filter(procedure__code=code, status__in=statuses)
    # "live" comes before "withdrawn" in the alphabet.
    revision = (
        found.select_related("procedure", "author", "replaced_by").order_by("status", "-number").first()
    )
    if revision is None:
        raise Http404(f"{code} chưa có bản đang dùng.")
    return revision


def _check_kind(code: str) -> None:
    if code.startswith(ARTICLE_CODE):
        raise Http404(f"{code} là bài hướng dẫn, không phải thủ tục.")


def section_views(content: ProcedureContent) -> list[SectionView]:
    """Every section, also the empty ones: an editor may know what the source does not say."""
    return [
        SectionView(
            section=section,
            label=MEANINGS[section].label,
            lines=written(content, section),
            sources=tuple(_sources(content, section)),
        )
        for section in Section
    ]


def _sources(content: ProcedureContent, section: Section) -> list[SourceLine]:
    if section is Section.LEAD:
        return [_source("", content.lead.provenance)] if content.lead else []
    parts = [part for part in MEANINGS[section].parts if part.value in content.provenance]
    provenances = {part: content.provenance[part.value] for part in parts}
    if len(set(provenances.values())) == 1:
        return [_source("", provenances[parts[0]])]
    return [_source(PART_LABELS[part], provenance) for part, provenance in provenances.items()]


def _source(part: str, provenance: Provenance) -> SourceLine:
    return SourceLine(
        part=part,
        origin=ORIGIN_LABELS[provenance.origin],
        says=written_source(provenance),
        url=provenance.url if provenance.url.startswith("https://") else "",
        reviewed=provenance.reviewed,
    )


@editor_page("GET")
def show(request: EditorRequest, code: str) -> HttpResponse:
    live = shown_revision(code)
    content = procedure_from_json(live.content)
    context = {
        "room": "editor",
        "live": live,
        "ends_on": live.effective_to + timedelta(days=1) if live.effective_to else None,
        "scheduled": live.procedure.revisions.filter(status=Revision.Status.SCHEDULED).first(),
        "content": content,
        "sections": [] if content.is_catalogue_entry else section_views(content),
        "signpost": answer(content, None) if content.is_catalogue_entry else None,
        "methods": [(KIND_LABELS[method.kind], method) for method in content.methods],
        "flags": [FLAG_LABELS.get(flag, flag) for flag in content.flags],
        "history": live.procedure.revisions.select_related("author").defer("content"),
    }
    return render(request, "editor/procedure.html", context)
