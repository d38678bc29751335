"""Who may enter: the check in front of every page of the editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from office.models import Staff
from web.desk.doors import no_entry

P = ParamSpec("P")


class EditorRequest(HttpRequest):
    """A request that passed the door: its user is a member of staff who may edit content."""

    user: Staff


def editor_page(
    *methods: str,
) -> Callable[[Callable[Concatenate[EditorRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only these methods, only signed in, only who may edit content; never cached."""

    def door(
        view: Callable[Concatenate[EditorRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def entered(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.may_edit_content:
                return no_entry(request)
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(never_cache(login_required(entered)))

    return door
