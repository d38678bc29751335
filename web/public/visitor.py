"""Who asks on the web chat: a browser, known by a random token and by nothing else.

The page keeps the token in a cookie. The widget stands in a frame on another site, where browsers give out
no cookie any more: its script keeps the token and hands it over in a header.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from bot.channels.webchat import WebChat
from conversations.addresses import begun_at, conversation_at
from conversations.messages import Address
from conversations.models import Conversation, new_public_id
from web.public import cookies

#: Seconds a browser is remembered since its last visit: long enough for an official's answer to be read.
REMEMBERED = 30 * 24 * 3600
#: In which the widget hands over its token. No form and no link of another site can send it, and no site
#: is allowed to by CORS.
VISITOR_HEADER = "X-Chat-Token"
_COOKIE = "chat"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A browser. token: 128 random bits; the database keeps only its digest, so a copy opens no chat."""

    token: str = field(repr=False)

    @property
    def address(self) -> Address:
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        return Address(channel=WebChat.name, account=WebChat.account, chat=digest)

    def conversation(self) -> Conversation | None:
        """The conversation of this browser, None before its first message."""
        return conversation_at(self.address)

    def begun_conversation(self) -> Conversation:
        """The same, begun if need be: a photo may be the first thing a citizen sends."""
        with transaction.atomic():
            return begun_at(self.address)


def brings_token(request: HttpRequest) -> bool:
    """Whether the widget asks: then no cookie is read, and none is set."""
    return VISITOR_HEADER in request.headers


def visitor_of(request: HttpRequest) -> Visitor:
    """The browser that asks; a new one when its token is missing or not of our making."""
    token = request.headers.get(VISITOR_HEADER)
    if token is None:
        token = cookies.kept(request, _COOKIE)
    return Visitor(token=token) if TOKEN.fullmatch(token) else new_visitor()


def new_visitor() -> Visitor:
    return Visitor(token=new_public_id())


def remember(
    response: HttpResponse, request: HttpRequest, visitor: Visitor, *, until_closed: bool = False
) -> HttpResponse:
    """until_closed: no longer than the browser stays open."""
    if not brings_token(request):
        cookies.keep(response, _COOKIE, visitor.token, seconds=None if until_closed else REMEMBERED)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    cookies.drop(response, _COOKIE)
    return response


def posted_by_visitor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view to which a browser posts.

    Who is known by a cookie needs Django's CSRF token. Who brings the token needs none: a browser adds no
    such header by itself, so no other site can speak in a citizen's name.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not brings_token(request):
            return protected(request, *args, **kwargs)
        if not TOKEN.fullmatch(request.headers[VISITOR_HEADER]):
            return HttpResponse(f"{VISITOR_HEADER}: 22 letters of base64url", status=400)
        return view(request, *args, **kwargs)

    return door
