"""Who may enter: the check in front of every page for members of staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from office.models import Staff

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request that passed a door: its user is a member of staff whom the door lets in."""

    user: Staff


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
    """Only these methods, only signed in, only whom `may_enter` lets in; never cached.

    passed: told who came in, before the view.
    """

    def door(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase], /
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may_enter(request.user):
                return no_entry(request)
            passed(request.user)
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(never_cache(login_required(entered)))

    return door


def no_entry(request: HttpRequest) -> HttpResponse:
    return render(request, "office/no_entry.html", status=403)
