"""What was posted when the session had ended: kept for its person alone, back in its form after signing in.

It stays in a session of Django's that only this browser knows and nobody is signed in with: it goes after an
hour, and with whoever else signs in there. docs/decisions/0016-unsent.md says why.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from web.form_pages import FormPage, Posted

KEPT_FOR = timedelta(hours=1)
#: Open pages that are kept for one person at a time; the oldest makes room.
MOST = 5
#: Passwords, codes of the second factor, and what only this one request was about.
NEVER_KEPT = frozenset({"password", "again", "old", "code", "csrfmiddlewaretoken"})

#: The cookie that leads to it: the key of a session that nobody is signed in with.
PLACE = "desk_unsent"
_KEY = "unsent"
_LONGEST_SESSION = timedelta(seconds=settings.SESSION_COOKIE_AGE)
#: Who signed in last in this browser, signed, and until when a page of another person may be open there.
#: Django changes the CSRF token with every sign-in, so a form that passes its check was made for this person.
WRITER = "desk_writer"


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """One form that was posted too late. page: the path it stands on; until: when it is forgotten."""

    writer: int
    page: str
    action: str
    fields: dict[str, list[str]]
    is_whole: bool
    had_files: bool
    until: str

    @property
    def has_ended(self) -> bool:
        return datetime.fromisoformat(self.until) <= timezone.now()

    def without(self, names: Container[str]) -> Unsent:
        """Without what has been posted otherwise; what is left says nothing of boxes not ticked."""
        left = {name: values for name, values in self.fields.items() if name not in names}
        return self if left == self.fields else replace(self, fields=left, is_whole=False)

    @property
    def posted(self) -> Posted:
        return Posted(action=self.action, fields=self.fields, is_whole=self.is_whole)


def keep(request: HttpRequest, response: HttpResponseBase, *, page: str, writer: int | None = None) -> None:
    """Of a post that is turned away. writer: where the request still knew whose session it was."""
    writer = writer or _writer(request)
    if writer is None:
        return
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    unsent = Unsent(
        writer=writer,
        page=page,
        action=request.path,
        fields=fields,
        is_whole="HX-Request" not in request.headers,
        had_files=bool(request.FILES),
        until=(timezone.now() + KEPT_FOR).isoformat(),
    )
    place = _place(request)
    others = [one for one in _all(place) if (one.writer, one.action) != (writer, unsent.action)]
    _set(place, [*others, unsent][-MOST:])
    _give(response, PLACE, place.session_key or "")


def waits(request: HttpRequest) -> bool:
    """Whether something is kept for whoever wrote it."""
    return PLACE in request.COOKIES and bool(_all(_place(request)))


def signed_in(request: HttpRequest, response: HttpResponseBase) -> None:
    """What another person wrote at this computer is gone; from now on, this one is who writes."""
    if PLACE in request.COOKIES:
        place = _place(request)
        _set(place, [one for one in _all(place) if one.writer == request.user.pk])
    now, last = timezone.now(), _last_writer(request)
    shared_until = last["shared_until"] if last else ""
    if last and last["writer"] != request.user.pk:
        shared_until = (now + _LONGEST_SESSION).isoformat()
    writer = {"writer": request.user.pk, "shared_until": shared_until}
    _give(response, WRITER, signing.dumps(writer, salt=WRITER))


def is_only_writer(request: HttpRequest) -> bool:
    """Whether nobody but who signed in last has pages open in this browser: of a form whose token is too old,
    nothing else says whose it is."""
    last = _last_writer(request)
    if last is None or (request.user.is_authenticated and request.user.pk != last["writer"]):
        return False
    return not last["shared_until"] or datetime.fromisoformat(last["shared_until"]) <= timezone.now()


def forget(request: HttpRequest, *, page: str) -> None:
    """What is posted again is kept no longer: the same form, and of the same page the same fields."""
    if PLACE in request.COOKIES:
        place = _place(request)
        others = [one for one in _all(place) if one.action != request.path]
        left = [one.without(request.POST) if one.page == page else one for one in others]
        _set(place, [one for one in left if one.fields])


def put_back(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The page with what was kept of it in its forms, and a notice that it was not sent."""
    if PLACE not in request.COOKIES or not _is_whole_page(request, response):
        return response
    at = (request.path, request.user.pk)
    kept = [one for one in _all(_place(request)) if (one.page, one.writer) == at]
    if kept and isinstance(response, HttpResponse):
        response.content = _filled(response.content.decode(), kept, path=request.path)
    return response


def _filled(html: str, kept: list[Unsent], *, path: str) -> str:
    page = FormPage(html, path=path)
    filled = [page.fill(one.posted) for one in kept]
    said = {
        "has_words": any(one.has_words for one in filled),
        "missing": [words for one in filled for words in one.missing],
        "had_files": any(one.had_files for one in kept),
        "had_quotation": any(one.fields.get("quoted", [""])[-1] for one in kept),
    }
    page.say(render_to_string("office/_unsent.html", said))
    return page.html


def _is_whole_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    return is_page and request.method == "GET" and "HX-Request" not in request.headers


def _writer(request: HttpRequest) -> int | None:
    if request.user.is_authenticated:
        return request.user.pk
    last = _last_writer(request)
    return last["writer"] if last else None


def _last_writer(request: HttpRequest) -> dict[str, Any] | None:
    try:
        return dict(signing.loads(request.COOKIES.get(WRITER, ""), salt=WRITER, max_age=_LONGEST_SESSION))
    except signing.BadSignature:
        return None


def _place(request: HttpRequest) -> SessionStore:
    """Not the session of who is signed in: requests that come late with an ended one take its cookie away."""
    return SessionStore(request.COOKIES.get(PLACE))


def _all(place: SessionStore) -> list[Unsent]:
    kept: list[dict[str, Any]] = place.get(_KEY, [])
    return [one for one in (Unsent(**fields) for fields in kept) if not one.has_ended]


def _set(place: SessionStore, kept: list[Unsent]) -> None:
    if not kept:
        place.flush()
        return
    place[_KEY] = [asdict(one) for one in kept]
    place.set_expiry(int(KEPT_FOR.total_seconds()))
    place.save()


def _give(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(_LONGEST_SESSION.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
