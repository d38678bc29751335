"""Who may enter: the check in front of every page for members of staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any, Concatenate, ParamSpec, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conversations import changes
from office import second_factor, sessions
from office.models import Staff
from web import pages_behind, practising, unsent

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request that passed a door: its user is a member of staff whom the door lets in.

    mark: the moment before anything was read for it (conversations.changes), for a page that stays open.
    """

    user: Staff
    mark: str


class Door(Protocol):
    """Stands in front of a view, and hands it a StaffRequest."""

    def __call__(
        self, view: Callable[Concatenate[StaffRequest, P], HttpResponseBase], /
    ) -> Callable[..., HttpResponseBase]: ...


def _nothing(staff: Staff) -> None:
    """What most doors do when somebody has passed."""


def staff_page(
    *methods: str, may_enter: Callable[[Staff], bool], passed: Callable[[Staff], None] = _nothing
) -> Door:
    """Only these methods, only signed in with both factors, only whom `may_enter` lets in; never cached.

    passed: told who came in, before the view.
    """

    def refusal(request: StaffRequest) -> HttpResponse | None:
        return second_factor_missing(request) or (None if may_enter(request.user) else no_entry(request))

    return _door(*methods, refusal=refusal, passed=passed)


def half_signed_in_page(*methods: str) -> Door:
    """For the pages that ask for the second factor: only these methods, only signed in; never cached."""
    return _door(*methods, refusal=lambda _request: None)


def _door(
    *methods: str,
    refusal: Callable[[StaffRequest], HttpResponse | None],
    passed: Callable[[Staff], None] = _nothing,
) -> Door:
    def door(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase], /
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.mark = changes.mark()
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not _goes_on(request):
                writer = request.user.pk
                logout(request)
                return _to_sign_in(request, writer=writer)
            turned_away = refusal(request)
            if turned_away is not None:
                return turned_away
            practising.note(request)
            passed(request.user)
            if request.method == "POST" and not _asks_by_itself(request):
                unsent.forget(request, page=urlsplit(pages_behind.of(request)).path)
            return unsent.put_back(request, view(request, *args, **kwargs))

        entered.opens_for = methods  # type: ignore[attr-defined]
        return require_http_methods(list(methods))(never_cache(entered))

    return door


def second_factor_missing(request: StaffRequest) -> HttpResponse | None:
    """Where to go first: to the code that is asked for, or to setting up what the role needs; else None."""
    if second_factor.is_verified(request.user):
        return None
    if second_factor.is_set_up(request.user):
        back = _way_back(request)
        asked = redirect(f"{reverse('desk:second-factor')}?{urlencode({'next': back})}")
        return _keeping(request, asked, back)
    if second_factor.is_required(request.user):
        return redirect("desk:second-factor-setup")
    return None


def no_entry(request: HttpRequest) -> HttpResponse:
    return render(request, "office/no_entry.html", status=403)


def _goes_on(request: StaffRequest) -> bool:
    """False once the limits of the office ended the session."""
    key = request.session.session_key
    if not key:
        return True
    use = sessions.Use(
        staff=request.user,
        key=key,
        device=request.headers.get("User-Agent", ""),
        address=network_address(request),
        is_by_itself=_asks_by_itself(request),
    )
    return sessions.note_use(use, timezone.now())


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page that lies open keeps itself fresh, over its stream and by the parts of these names."""
    is_stream = "text/event-stream" in request.headers.get("Accept", "")
    return is_stream or request.headers.get("HX-Trigger") in {"live", "presence"}


def _to_sign_in(request: HttpRequest, *, writer: int | None = None) -> HttpResponse:
    """And back to the page afterwards."""
    back = _way_back(request)
    return _keeping(request, redirect_to_login(back), back, writer=writer)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django refuses a form made before the last sign-in, of a page left open: what it says is not lost.

    Of another site's form nothing is kept, nor where a page of somebody else may be open in this browser.
    """
    if not _is_from_here(request) or "HX-Request" in request.headers:
        return csrf_failure(request, reason)
    if request.path == reverse("desk:sign-in"):
        return redirect(request.get_full_path())
    back = pages_behind.of(request)
    if back and unsent.is_only_writer(request):
        return _keeping(request, redirect(back), back)
    return csrf_failure(request, reason)


def _is_from_here(request: HttpRequest) -> bool:
    """A page of ours posted it. Cookies come from a neighbour's, too: to browsers one city is one site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return settings.CSRF_COOKIE_NAME in request.COOKIES and urlsplit(origin).netloc == request.get_host()


def _way_back(request: HttpRequest) -> str:
    """Of what was posted, the page it was posted from."""
    return request.get_full_path() if request.method == "GET" else pages_behind.of(request)


def _keeping(
    request: HttpRequest, response: HttpResponse, back: str, *, writer: int | None = None
) -> HttpResponse:
    """What a person posted is kept, to be put back on that page."""
    if request.method == "POST" and not _asks_by_itself(request):
        unsent.keep(request, response, page=urlsplit(back).path, writer=writer)
    return response


def network_address(request: HttpRequest) -> str | None:
    """Of the other end; None behind a socket, which has none."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
