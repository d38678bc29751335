"""The page of the chat, with what was said before."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bot.channels import switches
from bot.channels.webchat import WebChat
from conversations.models import Conversation
from conversations.transcript import visible_turns
from office.hotlines import Hotline, city_hotline, urgent_hotlines
from web.public import shared, words
from web.public.asked import number_asked
from web.public.entrance import offered_by
from web.public.script_words import SCRIPT
from web.public.standing import standing_of
from web.public.transcript import ShownTurn, shown
from web.public.visitor import Visitor, new_visitor, remember, visitor_of

#: Turns on one page: with its styles and script the first page stays below 100 KB.
TURNS_ON_A_PAGE = 30
PERMISSIONS = "geolocation=(self), camera=(), microphone=()"


def content_policy(*, ancestors: Sequence[str]) -> str:
    """What the chat may load and send, all of it here. ancestors: on which sites it may stand in a frame."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {' '.join(ancestors)}"
    )


@require_safe
@gzip_page
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The chat, with the newest turns or those before `?before=ID`; none on a shared machine."""
    visitor = visitor_of(request) if shared.may_see_before(request) else new_visitor()
    return chat_page(request, visitor)


def chat_page(request: HttpRequest, visitor: Visitor, *, status: int = 200, **more: str) -> HttpResponse:
    """more: what the template is told besides, such as the problem of a refused form."""
    conversation = visitor.conversation()
    before = number_asked(request, "before")
    newest, older = newest_turns(conversation, before=before)
    context = {
        "words": words,
        "script": SCRIPT,
        "hotlines": urgent_hotlines(),
        "off": lines_while_off(),
        "entrance": offered_by(request.GET.get("q", "")),
        "turns": newest,
        "older": older,
        "before": before,
        "standing": standing_of(conversation),
        "event_id": secrets.token_urlsafe(16),
        "shared_seconds": shared.seconds() if shared.is_shared(request) else 0,
        "ended": shared.ENDED in request.GET,
        **more,
    }
    response = render(request, "public/chat.html", context, status=status)
    response["Content-Security-Policy"] = content_policy(ancestors=("'none'",))
    response["Permissions-Policy"] = PERMISSIONS
    remember(response, request, visitor, until_closed=shared.is_shared(request))
    return shared.remember_mode(response, request)


def lines_while_off() -> tuple[Hotline, ...]:
    """Whom to call while the web chat is switched off; () while it is on."""
    return (city_hotline(), *urgent_hotlines()) if switches.is_off(WebChat.name) else ()


def newest_turns(conversation: Conversation | None, *, before: int) -> tuple[list[ShownTurn], bool]:
    """The last turns, oldest first, and whether there are older ones. before: id of a turn, or 0."""
    if conversation is None:
        return [], False
    found = visible_turns(conversation).order_by("-id")
    if before:
        found = found.filter(id__lt=before)
    newest = list(found[: TURNS_ON_A_PAGE + 1])
    return [shown(turn) for turn in reversed(newest[:TURNS_ON_A_PAGE])], len(newest) > TURNS_ON_A_PAGE
