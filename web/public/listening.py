"""How an open page hears of news: the live stream, and the same asked for where streams do not pass."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conversations import changes
from conversations.models import Conversation, Turn
from conversations.transcript import visible_turns
from web.live import event_stream
from web.public import shared
from web.public.asked import number_asked, number_in
from web.public.chat_page import newest_turns
from web.public.feed import ERASED, Feed, news_after
from web.public.standing import standing_of
from web.public.transcript import ShownTurn, shown
from web.public.visitor import visitor_of


@require_safe
@never_cache
def turns(request: HttpRequest) -> JsonResponse:
    """What is newer than `?after=ID`; without it the newest turns, or those before `?before=ID`.

    `older`: more was said before these.
    """
    conversation = _present(request)
    after = number_asked(request, "after")
    if after:
        found, older = _newer(conversation, after), False
    else:
        found, older = newest_turns(conversation, before=number_asked(request, "before"))
    return JsonResponse(
        {
            "erased": _was_erased(conversation, after),
            "older": older,
            "turns": [turn.as_json() for turn in found],
            "standing": standing_of(conversation).as_json(),
        }
    )


@require_safe
def stream(request: HttpRequest) -> HttpResponseBase:
    """The live stream of this browser's conversation; 204 tells a browser without one not to come back."""
    conversation = _present(request)
    if conversation is None:
        return HttpResponse(status=204)
    after = number_in(request.headers.get("Last-Event-ID", "")) or number_asked(request, "after")
    if _was_erased(conversation, after):
        return event_stream(read=lambda: [ERASED])
    return event_stream(
        changes.conversation_topic(conversation.public_id), read=Feed(conversation, after=after)
    )


def _present(request: HttpRequest) -> Conversation | None:
    """This browser's conversation, which an open page keeps from ending."""
    conversation = visitor_of(request).conversation()
    if conversation:
        shared.note_activity(request, conversation)
    return conversation


def _was_erased(conversation: Conversation | None, after: int) -> bool:
    """True when the last turn that the page shows is gone: with it went everything else."""
    return bool(after) and not Turn.objects.filter(pk=after, conversation=conversation).exists()


def _newer(conversation: Conversation | None, after: int) -> list[ShownTurn]:
    newer = visible_turns(conversation).filter(news_after(after)) if conversation else ()
    return [shown(turn) for turn in newer]
