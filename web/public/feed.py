"""What one browser has not seen yet of its conversation, for the live stream."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conversations.models import Conversation
from conversations.transcript import visible_turns
from web.live import Event
from web.public.standing import Standing, standing_of
from web.public.transcript import shown

#: Turns this young are sent again: two transactions may commit in another order than their ids, and an
#: official's reply is shown some seconds after it was written, so "greater than the last id" alone could miss
#: one. The page leaves out what it has.
OVERLAP = timedelta(minutes=1)

#: Tells a page that what it shows is gone.
ERASED = Event(name="erased", data={})


def news_after(turn_id: int) -> Q:
    """What a page that shows up to this turn may lack, and a minute more."""
    return Q(id__gt=turn_id) | Q(created_at__gt=timezone.now() - OVERLAP)


class Feed:
    """Reads the rows each time it is called, and returns as events what is new since the last call.

    after: id of the last turn the page shows.
    """

    def __init__(self, conversation: Conversation, *, after: int) -> None:
        self._conversation = conversation.pk
        self._window = news_after(after)
        self._sent: set[int] = set()
        self._standing: Standing | None = None

    def __call__(self) -> list[Event]:
        conversation = Conversation.objects.select_related("owner_staff").get(pk=self._conversation)
        if conversation.erased_at:
            return [ERASED]
        return [*self._new_turns(conversation), *self._new_standing(conversation)]

    def _new_turns(self, conversation: Conversation) -> list[Event]:
        turns = visible_turns(conversation).filter(self._window).exclude(id__in=self._sent)
        events = [Event(name="turn", id=str(turn.pk), data=shown(turn).as_json()) for turn in turns]
        self._sent.update(int(event.id) for event in events)
        return events

    def _new_standing(self, conversation: Conversation) -> list[Event]:
        standing = standing_of(conversation)
        if standing == self._standing:
            return []
        self._standing = standing
        return [Event(name="standing", data=standing.as_json())]
