"""Who asks on the web chat: a browser, known by a random token in its cookie and by nothing else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bot.channels.webchat import WebChat
from conversations.messages import Address
from conversations.models import Conversation, new_public_id

#: Seconds a browser is remembered since its last visit: long enough for an official's answer to be read.
REMEMBERED = 30 * 24 * 3600
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
        address = self.address
        return Conversation.objects.filter(
            channel=address.channel, account=address.account, chat=address.chat
        ).first()

    def begun_conversation(self) -> Conversation:
        """The same, begun if need be: a photo may be the first thing a citizen sends."""
        address = self.address
        conversation, _ = Conversation.objects.get_or_create(
            channel=address.channel, account=address.account, chat=address.chat
        )
        return conversation


def cookie_name() -> str:
    """The prefix __Host- keeps neighbouring domains from setting our cookie; it needs HTTPS."""
    return "__Host-chat" if settings.SESSION_COOKIE_SECURE else "chat"


def visitor_of(request: HttpRequest) -> Visitor:
    """The browser that asks; a new one when its cookie is missing or not of our making."""
    token = request.COOKIES.get(cookie_name(), "")
    return Visitor(token=token if TOKEN.fullmatch(token) else new_public_id())


def remember(response: HttpResponse, visitor: Visitor) -> HttpResponse:
    response.set_cookie(
        cookie_name(),
        visitor.token,
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(cookie_name(), samesite="Lax")
    return response
