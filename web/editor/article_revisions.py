"""One revision of an article: what it says differently, what the chat would answer; used, or used again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from knowledge_base.article_answering import answer_section
from knowledge_base.flags import FLAG_LABELS
from knowledge_base.models import Revision
from web.editor.article_differences import article_differences
from web.editor.article_forms import code_of
from web.editor.articles import content_of, live_revision
from web.editor.doors import EditorRequest, editor_page
from web.editor.publication import live_before, put_in_use, revision_of, use_again
from web.editor.revisions import Bubble


@editor_page("GET")
def show(request: EditorRequest, slug: str, number: int) -> HttpResponse:
    """What a revision says differently, and what the chat would answer."""
    shown, live = revision_of(code_of(slug), number), live_revision(slug)
    content = content_of(shown)
    compared = live if live and live != shown else live_before(shown)
    before = content_of(compared) if compared else None
    is_stale = shown.status == Revision.Status.DRAFT and shown.based_on_id != (live.pk if live else None)
    context = {
        "room": "editor",
        "slug": slug,
        "revision": shown,
        "live": live,
        "content": content,
        "differences": article_differences(before, content),
        "overtaken": is_stale,
        "bubbles": [
            Bubble(question=section.heading, answer=answer_section(content, section.key))
            for section in content.sections
        ],
        "new_flags": [FLAG_LABELS.get(flag, flag) for flag in content.flags],
    }
    return render(request, "editor/article_revision.html", context)


@editor_page("POST")
def publish(request: EditorRequest, slug: str, number: int) -> HttpResponse:
    preview = reverse("editor:article-revision", args=[slug, number])
    content = reverse("editor:article", args=[slug])
    return put_in_use(request, revision_of(code_of(slug), number), preview=preview, content=content)


@editor_page("POST")
def bring_back(request: EditorRequest, slug: str, number: int) -> HttpResponse:
    return use_again(
        request, revision_of(code_of(slug), number), content=reverse("editor:article", args=[slug])
    )
