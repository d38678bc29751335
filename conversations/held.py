"""Replies held because their channel does not let us write first: kept in order, let go when the citizen
does something there again.

A hold and the citizen's next message exclude each other by the lock on the conversation: a reply is never
held after the message that would have let it go.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from conversations import outbox
from conversations.addresses import conversations_at
from conversations.changes import DESK, outbox_topic, publish
from conversations.messages import Address
from conversations.models import Conversation, Turn
from office.lookups import Change, moment, number

HELD = Turn.Status.HELD


def interacted(address: Address, *, at: datetime) -> bool:
    """The citizen did what opens the window without saying anything: a follow, a click on the menu.

    at: aware. False when there is no conversation there yet.
    """
    with transaction.atomic():
        conversation = conversations_at(address).select_for_update(no_key=True).first()
        if conversation:
            let_go(conversation, at=at)
    return conversation is not None


def let_go(conversation: Conversation, *, at: datetime) -> None:
    """Queue what was held again, inside the caller's transaction, which holds the conversation's lock.

    at: when the citizen did something; a later one already known stays, and no clock runs ahead of ours.
    """
    known, at = conversation.last_interaction_at, min(at, timezone.now())
    had_held = conversation.has_held
    conversation.last_interaction_at = max(known, at) if known else at
    conversation.has_held, conversation.unreachable_since = False, None
    _HEARD_FROM.make(conversation=conversation.pk, at=conversation.last_interaction_at)
    if had_held:
        _look_again(conversation)


_HEARD_FROM = Change(
    lambda: Conversation.objects.filter(pk=number("conversation")),
    last_interaction_at=moment("at"),
    has_held=False,
    unreachable_since=None,
)


def _look_again(conversation: Conversation) -> None:
    """Paid notices that wait for another attempt, too: they may not be needed any more."""
    notices = Q(status=Turn.Status.QUEUED) & ~Q(template="")
    _queue(conversation.turns.filter(Q(status=HELD) | notices))
    publish(outbox_topic(conversation.channel, conversation.account), DESK)


def let_go_on(channel: str) -> int:
    """Look again at every held reply of a channel, because what they wait for may be there; how many."""
    with transaction.atomic():
        waiting = Turn.objects.filter(channel=channel, status=HELD)
        accounts = set(waiting.values_list("account", flat=True))
        found = _queue(waiting)
        publish(*(outbox_topic(channel, account) for account in accounts), DESK)
    return found


def _queue(turns: QuerySet[Turn]) -> int:
    outgoing = turns.filter(direction=Turn.Direction.OUT)
    return outgoing.update(status=Turn.Status.QUEUED, due_at=timezone.now(), problem="")


def is_still_silent(turn: Turn) -> bool:
    """Whether nothing came from the citizen since this reply was claimed; locks the conversation."""
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=turn.conversation_id)
    return locked.last_interaction_at == turn.conversation.last_interaction_at


def found_closed(turn: Turn) -> None:
    """The channel refused this claimed reply for its window: what we knew was wrong."""
    with transaction.atomic():
        if is_still_silent(turn):
            Conversation.objects.filter(pk=turn.conversation_id).update(last_interaction_at=None)
            turn.conversation.last_interaction_at = None


def before(turn: Turn) -> str:
    """The status of the first reply that must go out before this claimed one and has not; "" for none."""
    if not turn.conversation.has_held:
        return ""
    waiting = turn.conversation.turns.filter(direction=Turn.Direction.OUT, id__lt=turn.pk, template="")
    waiting = waiting.filter(status__in=(*outbox.OPEN, HELD)).order_by("id")
    return waiting.values_list("status", flat=True).first() or ""


def held_turns(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    """Those among these that wait for the citizen, also behind one that does."""
    same = Turn.objects.filter(conversation=OuterRef("conversation"), status=HELD, id__lt=OuterRef("id"))
    behind = Q(Exists(same), status__in=outbox.OPEN, template="")
    return turns.filter(Q(status=HELD) | behind, direction=Turn.Direction.OUT)
