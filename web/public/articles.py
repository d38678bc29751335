"""The public page of an article: every section with its source, and where to go on. No script, no cookie."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from knowledge_base.answers import Fixed, Quoted
from knowledge_base.article import ARTICLE_CODE, ArticleContent, Link
from knowledge_base.article_answering import answer_section
from knowledge_base.content import Origin
from knowledge_base.errors import ReleaseProblem
from knowledge_base.here import Here, here_and_now
from knowledge_base.library import Library, Listed
from office.links import safe_url
from web.public.procedure_page import Block, SourceLine, blocks, source_line, written_day
from web.public.procedures import public_page


@dataclass(frozen=True, kw_only=True)
class ShownSection:
    """One section of the page."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    source: SourceLine | None


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """Everything the page shows. validity: from when to when it holds, in words, "" without a bound."""

    content: ArticleContent
    sections: tuple[ShownSection, ...]
    validity: str
    links: tuple[Link, ...]
    related: tuple[Listed, ...]
    is_unreviewed: bool

    @property
    def description(self) -> str:
        """For search engines and previews: what the page answers, in one sentence."""
        return f"{self.content.title}: {', '.join(section.heading for section in self.sections)}."


def article_page(content: ArticleContent, here: Here, listing: tuple[Listed, ...]) -> ArticlePage:
    return ArticlePage(
        content=content,
        sections=tuple(_section(content, section.key, here) for section in content.sections),
        validity=_validity(content),
        links=tuple(link for link in content.links if safe_url(link.url)),
        related=tuple(entry for entry in listing if entry.code in content.related),
        is_unreviewed=any(
            source.origin is not Origin.OFFICIAL and not source.reviewed
            for source in content.provenance.values()
        ),
    )


def _section(content: ArticleContent, key: str, here: Here) -> ShownSection:
    said = answer_section(content, key, in_full=True, here=here)
    section = content.section(key) or content.sections[0]
    quotes = [span for span in said.spans if isinstance(span, Quoted)]
    # What nobody reviewed is said once, at the top of the page.
    notes = [span for span in said.spans if isinstance(span, Fixed) and (span.source or span.is_missing)]
    return ShownSection(
        heading=section.heading,
        anchor=section.key,
        blocks=blocks([*notes, *quotes]),
        source=source_line(quotes[0].provenance) if quotes else None,
    )


def _validity(content: ArticleContent) -> str:
    first = f"từ ngày {written_day(content.valid_from)}" if content.valid_from else ""
    last = f"đến hết ngày {written_day(content.valid_to)}" if content.valid_to else ""
    return " ".join(bound for bound in (first, last) if bound)


@public_page
def index(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "public/articles.html", {"articles": library.articles()})


@public_page
def show(request: HttpRequest, library: Library, slug: str) -> HttpResponse:
    content = _content(library, f"{ARTICLE_CODE}{slug}")
    if content is None:
        context = {"slug": slug, "articles": library.articles()}
        return render(request, "public/articles.html", context, status=404)
    page = article_page(content, here_and_now(values=library.local_values), library.listing())
    path = reverse("public:article", args=[slug])
    canonical = f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""
    return render(request, "public/article.html", {"page": page, "path": path, "canonical": canonical})


def _content(library: Library, code: str) -> ArticleContent | None:
    try:
        content = library.content(code)
    except ReleaseProblem:
        return None
    return content if isinstance(content, ArticleContent) else None
