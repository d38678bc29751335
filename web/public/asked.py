"""What a request asks for besides its address."""

from __future__ import annotations

from django.http import HttpRequest


def number_asked(request: HttpRequest, name: str) -> int:
    """The number under this name, 0 for anything else: a wrong address shows the beginning."""
    return number_in(request.GET.get(name, ""))


def number_in(given: str) -> int:
    """The number that a browser sends, 0 for anything else and for one that no row can have."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: a plain form is answered with a page."""
    return request.content_type == "application/json" or "application/json" in request.headers.get(
        "Accept", ""
    )
