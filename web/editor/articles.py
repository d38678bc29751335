"""Articles: listed, edited as a whole, previewed as the chat will say them, published, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from knowledge_base import publishing
from knowledge_base.article import ARTICLE_CODE, ArticleContent
from knowledge_base.content_json import from_json
from knowledge_base.flags import FLAG_LABELS
from knowledge_base.models import Revision
from nlu.text import fold
from web.editor.article_differences import article_differences, written_section
from web.editor.article_forms import ArticleForm, SlugForm, code_of, with_section_added
from web.editor.differences import written_source
from web.editor.doors import EditorRequest, editor_page
from web.editor.editing import NOTHING_CHANGED, PROBLEMS

_Status = Revision.Status
TAKEN = "Địa chỉ này đã có bài. Anh/chị mở bài đó để sửa, hoặc đặt địa chỉ khác."


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One article as the list shows it. number: of the live revision, None for one never published."""

    slug: str
    title: str
    number: int | None
    published_at: datetime | None
    unreviewed: int
    draft_waits: bool


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section as the page shows it. source: in words; url: "" where it may not be a link."""

    key: str
    heading: str
    lines: tuple[str, ...]
    source: str
    url: str
    reviewed: bool


@editor_page("GET")
def show_all(request: EditorRequest) -> HttpResponse:
    context = {"room": "editor", "place": "articles", "entries": entries()}
    return render(request, "editor/articles.html", context)


@editor_page("GET")
def show(request: EditorRequest, slug: str) -> HttpResponse:
    """The article in use, or the drafts of one that was never published."""
    history = _revisions(slug)
    live = next((revision for revision in history if revision.status == _Status.LIVE), None)
    content = content_of(live or history[0])
    context = {
        "room": "editor",
        "slug": slug,
        "live": live,
        "content": content,
        "sections": section_views(content) if live else [],
        "flags": [FLAG_LABELS.get(flag, flag) for flag in content.flags],
        "history": history,
    }
    return render(request, "editor/article.html", context)


@editor_page("GET", "POST")
def add(request: EditorRequest) -> HttpResponse:
    """A new article: its address, its head and its first sections make a draft to preview."""
    slug = SlugForm(request.POST or None)
    if request.method == "GET":
        return _form(request, ArticleForm(None), slug_form=slug)
    if "add" in request.POST:
        return _form(request, ArticleForm(None, with_section_added(request.POST)), slug_form=slug)
    form = ArticleForm(None, request.POST)
    if not all([slug.is_valid(), form.is_valid()]):
        return _form(request, form, slug_form=slug, problem=PROBLEMS, status=422)
    code = code_of(slug.cleaned_data["slug"])
    if Revision.objects.filter(procedure__code=code).exists():
        slug.add_error("slug", TAKEN)
        return _form(request, form, slug_form=slug, problem=PROBLEMS, status=422)
    return _drafted(request, form.result(code), form, live=None)


@editor_page("GET", "POST")
def edit(request: EditorRequest, slug: str) -> HttpResponse:
    """GET opens the live content, or a draft with ?draft=N; POST adds a section or makes the draft."""
    live = live_revision(slug)
    content = content_of(live) if live else None
    if request.method == "GET":
        opened = _draft(slug, request.GET.get("draft", "")) or live
        if opened is None:
            raise Http404(f"{slug} chưa có bản nào để sửa.")
        return _form(request, ArticleForm(content_of(opened)), slug=slug, live=live)
    if "add" in request.POST:
        form = ArticleForm(content, with_section_added(request.POST))
        return _form(request, form, slug=slug, live=live, base=request.POST.get("base", ""))
    return _sent(request, slug, live, ArticleForm(content, request.POST))


def entries() -> list[Entry]:
    """Every article with a live revision or a draft, by title without marks."""
    found: dict[str, list[Revision]] = {}
    rows = Revision.objects.filter(
        procedure__code__startswith=ARTICLE_CODE, status__in=(_Status.LIVE, _Status.DRAFT)
    )
    for row in rows.select_related("procedure").order_by("-number"):
        found.setdefault(row.procedure.code, []).append(row)
    return sorted((_entry(revisions) for revisions in found.values()), key=lambda entry: fold(entry.title))


def _entry(revisions: list[Revision]) -> Entry:
    live = next((revision for revision in revisions if revision.status == _Status.LIVE), None)
    content = content_of(live or revisions[0])
    return Entry(
        slug=content.slug,
        title=content.title,
        number=live.number if live else None,
        published_at=live.published_at if live else None,
        unreviewed=sum(not source.reviewed for source in content.provenance.values()),
        draft_waits=any(revision.status == _Status.DRAFT for revision in revisions),
    )


def section_views(content: ArticleContent) -> list[SectionView]:
    """Every section with its source in words."""
    return [
        SectionView(
            key=section.key,
            heading=section.heading,
            lines=written_section(section),
            source=written_source(source),
            url=source.url if source.url.startswith("https://") else "",
            reviewed=source.reviewed,
        )
        for section in content.sections
        for source in [content.provenance[section.key]]
    ]


def _sent(request: EditorRequest, slug: str, live: Revision | None, form: ArticleForm) -> HttpResponse:
    base = request.POST.get("base", "")
    if not form.is_valid():
        return _form(request, form, slug=slug, live=live, base=base, problem=PROBLEMS, status=422)
    after = form.result(code_of(slug))
    before = content_of(live) if live else None
    if base != (str(live.number) if live else ""):
        theirs = _numbered(slug, base)
        more = {
            "overtaken": True,
            "theirs": article_differences(content_of(theirs) if theirs else None, before) if before else (),
            "yours": article_differences(before, after),
        }
        return _form(request, form, slug=slug, live=live, status=409, **more)
    if before and not article_differences(before, after):
        return _form(request, form, slug=slug, live=live, problem=NOTHING_CHANGED, status=422)
    return _drafted(request, after, form, live=live)


def _drafted(
    request: EditorRequest, content: ArticleContent, form: ArticleForm, *, live: Revision | None
) -> HttpResponse:
    note = form.head.cleaned_data["note"]
    draft = publishing.save_draft(content.code, content, request.user, note, based_on=live)
    return redirect("editor:article-revision", slug=content.slug, number=draft.number)


def _form(
    request: EditorRequest,
    form: ArticleForm,
    *,
    slug: str = "",
    live: Revision | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"room": "editor", "form": form, "slug": slug, "live": live, "fresh": not slug, **more}
    context.setdefault("base", live.number if live else "")
    return render(request, "editor/edit_article.html", context, status=status)


def _revisions(slug: str) -> list[Revision]:
    found = Revision.objects.filter(procedure__code=code_of(slug)).select_related("author", "procedure")
    revisions = list(found.order_by("-number"))
    if not revisions:
        raise Http404(f"Không có bài {slug}.")
    return revisions


def live_revision(slug: str) -> Revision | None:
    """The revision in use; None for an article that was never published."""
    live = Revision.objects.filter(procedure__code=code_of(slug), status=_Status.LIVE)
    return live.select_related("procedure", "author").first()


def _draft(slug: str, number: str) -> Revision | None:
    found = _numbered(slug, number)
    return found if found and found.status == _Status.DRAFT else None


def _numbered(slug: str, number: str) -> Revision | None:
    if not number.isdecimal():
        return None
    return Revision.objects.filter(procedure__code=code_of(slug), number=number).first()


def content_of(revision: Revision) -> ArticleContent:
    """What an article's revision says. Raises Http404 for one of a procedure."""
    content = from_json(revision.content)
    if not isinstance(content, ArticleContent):
        raise Http404(f"{content.code} không phải bài hướng dẫn.")
    return content
