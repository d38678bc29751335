"""The public pages: `/thu-tuc`, one procedure, its papers for printing. They need no script and no cookie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from knowledge_base.article import ARTICLE_CODE, ArticleContent
from knowledge_base.content import ProcedureContent
from knowledge_base.errors import ReleaseProblem
from knowledge_base.here import here_and_now
from knowledge_base.library import Library, Listed
from knowledge_base.releases import pinned_library
from knowledge_base.validity import is_over
from web.public.procedure_page import papers_of, procedure_page

A_PAGE = 50
LONGEST_QUERY = 300
#: What a page without scripts and forms of ours needs, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Safe methods only, compressed, and an honest page while no release can be read."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with pinned_library() as library:
                response = view(request, library, *args, **kwargs)
        except ReleaseProblem:
            response = render(request, "public/no_release.html", status=503)
        response["Content-Security-Policy"] = POLICY
        return response

    return require_safe(gzip_page(page))


@public_page
def index(request: HttpRequest, library: Library) -> HttpResponse:
    """The list by field, one field, or what was found for `?q=`; a code leads straight to its page."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    field = request.GET.get("linh-vuc", "")
    listing = library.listing()
    if any(entry.code == query for entry in listing):
        return redirect("public:procedure", code=query)
    if query:
        return _listed(request, query=query, found=_found(library, query))
    if field:
        return _listed(request, field=field, found=[entry for entry in listing if entry.field == field])
    held = sum(entry.is_held for entry in listing)
    return _listed(request, fields=_fields(listing), held=held, known=len(listing) - held)


@public_page
def show(request: HttpRequest, library: Library, code: str) -> HttpResponse:
    if code.startswith(ARTICLE_CODE):
        return redirect("public:article", slug=code.removeprefix(ARTICLE_CODE))
    content = _content(library, code)
    if content is None:
        return _unknown(request, library, code)
    here = here_and_now(values=library.local_values)
    page = procedure_page(content, here, library.listing())
    return render(request, "public/procedure.html", {"page": page, **_addresses(code)})


@public_page
def papers(request: HttpRequest, library: Library, code: str) -> HttpResponse:
    """The papers alone, each with a box, for printing on A4."""
    content = _content(library, code)
    if content is None or not content.documents:
        return _unknown(request, library, code)
    if is_over(content, timezone.localdate()):
        return redirect("public:procedure", code=code)
    page = procedure_page(content, here_and_now(values=library.local_values), ())
    context = {"page": page, "papers": papers_of(content), **_addresses(code)}
    return render(request, "public/papers.html", context)


def _content(library: Library, code: str) -> ProcedureContent | None:
    try:
        content = library.content(code)
    except ReleaseProblem:
        return None
    return None if isinstance(content, ArticleContent) else content


def _unknown(request: HttpRequest, library: Library, code: str) -> HttpResponse:
    context = {"code": code, "total": len(library.listing())}
    return render(request, "public/no_procedure.html", context, status=404)


def _found(library: Library, query: str) -> list[Listed]:
    listed = {entry.code: entry for entry in (*library.listing(), *library.articles())}
    return [listed[hit.code] for hit in library.search(query).hits]


def _fields(listing: Sequence[Listed]) -> list[tuple[str, int]]:
    """The fields by name without marks, with how many procedures each has."""
    return list(Counter(entry.field for entry in listing).items())


def _listed(
    request: HttpRequest, *, found: Sequence[Listed] = (), query: str = "", field: str = "", **more: Any
) -> HttpResponse:
    context = {
        "query": query,
        "field": field,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("trang")),
        **more,
    }
    return render(request, "public/procedures.html", context)


def _addresses(code: str) -> dict[str, str]:
    """The page's own address, whole where the operator said under which address the pages are opened."""
    path = reverse("public:procedure", args=[code])
    return {"path": path, "canonical": f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""}
