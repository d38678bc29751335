"""Parts of a page that refresh themselves: sent again only when they changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Masked anew in each rendering, so it says nothing about a change.
_CSRF_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def is_refresh(request: HttpRequest) -> bool:
    """True when htmx asks for a part of the page, not for the page."""
    return request.headers.get("HX-Request") == "true"


def refreshed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The part, or 204 (htmx then leaves the page alone) when the browser holds it already.

    The browser says what it holds in ?seen=, the digest of the last part it got.
    """
    part = render_to_string(template, context, request)
    return written_anew(request, part, lambda: part)


def written_anew(request: HttpRequest, made_of: str, write: Callable[[], str]) -> HttpResponse:
    """As `refreshed`, of a part that takes long to write. made_of: changes whenever the part does."""
    digest = hashlib.sha256(_CSRF_TOKEN.sub("", made_of).encode()).hexdigest()[:16]
    if request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    return HttpResponse(write(), headers={"X-Seen": digest})
