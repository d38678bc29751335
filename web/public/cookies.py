"""The cookies of the chat: for this site alone, out of reach of scripts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def name_of(cookie: str) -> str:
    """The prefix __Host- keeps neighbouring domains from setting our cookie; it needs HTTPS."""
    return f"__Host-{cookie}" if settings.SESSION_COOKIE_SECURE else cookie


def kept(request: HttpRequest, cookie: str) -> str:
    """What the browser keeps under this name, "" for nothing."""
    return request.COOKIES.get(name_of(cookie), "")


def keep(response: HttpResponse, cookie: str, value: str, *, seconds: int | None = None) -> None:
    """seconds: how long; without them until the browser is closed."""
    response.set_cookie(
        name_of(cookie),
        value,
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponse, cookie: str) -> None:
    response.delete_cookie(name_of(cookie), samesite="Lax")
