"""Who may enter: the check in front of every page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from office.models import Staff

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request that passed the door: its user is a member of staff who works at the desk."""

    user: Staff


def desk_page(
    *methods: str,
) -> Callable[[Callable[Concatenate[DeskRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only these methods, only signed in, only who works at the desk; never cached."""

    def door(
        view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.may_work_at_desk:
                return no_entry(request)
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(never_cache(login_required(entered)))

    return door


def no_entry(request: HttpRequest) -> HttpResponse:
    return render(request, "office/no_entry.html", status=403)
