"""Correct one section: typed fields, the source, and nothing overwritten that someone else published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from knowledge_base.content import ProcedureContent
from knowledge_base.content_json import procedure_from_json
from knowledge_base.models import Revision
from knowledge_base.publishing import save_draft
from web.editor.corrections import corrected
from web.editor.differences import differences
from web.editor.doors import EditorRequest, editor_page
from web.editor.procedures import live_revision
from web.editor.section_forms import (
    NoteForm,
    SectionForm,
    SourceForm,
    open_section,
    open_source,
    with_row_added,
)
from web.editor.sections import MEANINGS, Section

NOTHING_CHANGED = "Chưa có gì khác so với bản đang dùng. Anh/chị sửa nội dung rồi bấm “Xem trước”."
PROBLEMS = "Có chỗ chưa đúng, được ghi ngay tại ô. Những gì anh/chị đã nhập vẫn còn nguyên."


@dataclass(frozen=True, kw_only=True)
class Page:
    """The editing page of one section, as opened or as sent."""

    code: str
    section: Section
    live: Revision
    form: SectionForm
    source: SourceForm | NoteForm

    @property
    def content(self) -> ProcedureContent:
        return procedure_from_json(self.live.content)

    def result(self) -> ProcedureContent:
        """The content with what was typed; both forms must be valid."""
        return corrected(self.content, self.form.content_fields(), self.source.source)

    def answered(self, request: EditorRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "room": "editor",
            "page": self,
            "content": self.content,
            "label": MEANINGS[self.section].label,
            **more,
        }
        return render(request, "editor/edit.html", context, status=status)


@editor_page("GET", "POST")
def edit(request: EditorRequest, code: str, section: str) -> HttpResponse:
    """GET opens the section (from a draft with ?draft=N); POST adds a row or makes the draft to preview."""
    if section not in set(Section):
        raise Http404(section)
    live = live_revision(code)
    if procedure_from_json(live.content).is_catalogue_entry:
        raise Http404(f"{code} chỉ có trong danh mục, không có phần nào để sửa.")
    if request.method == "GET":
        return _opened(live, Section(section), request.GET.get("draft")).answered(request)
    if "add" in request.POST:
        return _page(live, Section(section), with_row_added(request.POST, request.POST["add"])).answered(
            request, base=request.POST.get("base")
        )
    return _sent(request, _page(live, Section(section), request.POST))


def _opened(live: Revision, section: Section, draft: str | None) -> Page:
    revision = _draft(live, draft) or live
    content = procedure_from_json(revision.content)
    return Page(
        code=live.procedure.code,
        section=section,
        live=live,
        form=open_section(section, content),
        source=open_source(section, initial=_source_of(content, section) if revision is not live else None),
    )


def _page(live: Revision, section: Section, data: QueryDict) -> Page:
    return Page(
        code=live.procedure.code,
        section=section,
        live=live,
        form=open_section(section, procedure_from_json(live.content), data),
        source=open_source(section, data),
    )


def _sent(request: EditorRequest, page: Page) -> HttpResponse:
    valid = [page.form.is_valid(), page.source.is_valid()]
    if not all(valid):
        return page.answered(request, status=422, problem=PROBLEMS, base=request.POST.get("base"))
    if request.POST.get("base") != str(page.live.number):
        return _overtaken(request, page)
    after = page.result()
    if not differences(page.content, after):
        return page.answered(request, status=422, problem=NOTHING_CHANGED)
    note = page.source.cleaned_data["note"]
    draft = save_draft(page.code, after, request.user, note, based_on=page.live)
    return redirect("editor:revision", code=page.code, number=draft.number)


def _overtaken(request: EditorRequest, page: Page) -> HttpResponse:
    """Someone published since the page was opened: both versions are shown, nothing is saved."""
    base = request.POST.get("base", "")
    begun = page.live.procedure.revisions.filter(number=base).first() if base.isdecimal() else None
    theirs = differences(procedure_from_json(begun.content), page.content) if begun else ()
    return page.answered(
        request, status=409, overtaken=True, theirs=theirs, yours=differences(page.content, page.result())
    )


def _draft(live: Revision, number: str | None) -> Revision | None:
    if number is None or not number.isdecimal():
        return None
    drafts: Any = live.procedure.revisions.filter(status=Revision.Status.DRAFT)
    draft: Revision | None = drafts.filter(number=number).first()
    return draft


def _source_of(content: ProcedureContent, section: Section) -> dict[str, Any] | None:
    """The source an earlier draft gave, so that it need not be typed again."""
    for part in MEANINGS[section].parts:
        source = content.provenance.get(part.value)
        if source and source.origin == "editor":
            return {"decision": source.decision, "date": source.date, "url": source.url}
    return None
