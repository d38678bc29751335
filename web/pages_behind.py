"""The page behind a post: where a person was, to be led back to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve


def of(request: HttpRequest) -> str:
    """The page that the browser names, or the nearest above that opens: of /desk/cases/X/close, the case.

    "" where none does.
    """
    named = urlsplit(request.headers.get("Referer", ""))
    if named.netloc == request.get_host() and _opens(named.path):
        return SplitResult("", "", named.path, named.query, "").geturl()
    start = named.path if named.netloc == request.get_host() else request.path
    return next((path for path in _above(start) if _opens(path)), "")


def _above(path: str) -> Iterator[str]:
    """/a/b/c: /a/b, /a/b/, /a, /a/."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = "/" + "/".join(parts[:length])
        yield from (above, above + "/")


def _opens(path: str) -> bool:
    """Behind a door of ours (web.doors) that answers to GET."""
    try:
        return "GET" in getattr(resolve(path).func, "opens_for", ())
    except Resolver404:
        return False
