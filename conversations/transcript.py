"""What a conversation's rows tell beyond its state: what was said, the buttons in sight, the last message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from conversations import outbox
from conversations.messages import InboundMessage, OutboundMessage
from conversations.models import Conversation, Turn
from office.lookups import Lookup, number
from office.models import Staff

#: Outgoing turns looked through for one with buttons; further up they are out of sight on a phone.
LOOKED_THROUGH = 5
#: How far back a button may still be tapped, in turns of ours.
OFFERED_TURNS = 200
MINUTE = timedelta(minutes=1)


def last_offer(conversation: Conversation) -> OutboundMessage | None:
    """The newest reply with choices to tap, whoever wrote it, without its links; None when there is none."""
    for message in map(outbox.message_of, _NEWEST_SENT.all(conversation=conversation.pk)):
        choices = tuple(choice for choice in message.choices if choice.payload)
        if choices:
            return replace(message, choices=choices)
    return None


def _newest_sent() -> QuerySet[Turn]:
    sent = Turn.objects.filter(conversation=number("conversation"), direction=Turn.Direction.OUT)
    return sent.order_by("-id")[:LOOKED_THROUGH]


_NEWEST_SENT = Lookup(_newest_sent)


def last_written(conversation: Conversation, staff: Staff) -> Turn | None:
    """The newest reply of this official here."""
    return _LAST_WRITTEN.first(conversation=conversation.pk, staff=staff.pk)


def _last_written() -> QuerySet[Turn]:
    written = Turn.objects.filter(conversation=number("conversation"), staff=number("staff"))
    return written.order_by("-id")[:1]


_LAST_WRITTEN = Lookup(_last_written)


def label_offered(conversation: Conversation | None, payload: str) -> str:
    """The words on the button with this payload, as it was last offered here; "" when it never was."""
    said = Turn.objects.filter(conversation=conversation, direction=Turn.Direction.OUT).order_by("-id")
    for choices in said.values_list("payload__choices", flat=True)[:OFFERED_TURNS]:
        for choice in choices or ():
            if choice["payload"] == payload:
                return str(choice["label"])
    return ""


def visible_turns(conversation: Conversation) -> QuerySet[Turn]:
    """What the citizen said and what was said to him, oldest first. A reply counts once its row is there,
    an official's once it cannot be taken back any more.
    """
    unsent = Q(direction=Turn.Direction.OUT, status__in=outbox.UNSENT)
    held_back = Q(pk__in=outbox.held_back(timezone.now()).filter(conversation=conversation))
    return Turn.objects.filter(conversation=conversation).exclude(unsent | held_back).order_by("id")


def said_before(turn: Turn) -> QuerySet[Turn]:
    """The citizen's messages before this one."""
    return said_in(turn.conversation_id, before=turn.pk)


def said_in(conversation: Any, *, before: Any) -> QuerySet[Turn]:
    """The citizen's messages before one. conversation, before: keys, or what stands for them in a lookup."""
    return Turn.objects.filter(conversation=conversation, direction=Turn.Direction.IN, id__lt=before)


def heard_before(turn: Turn) -> datetime | None:
    """When the citizen's message before this one was recorded, aware; None for the first."""
    return _HEARD_BEFORE.first(conversation=turn.conversation_id, before=turn.pk)


def _heard_before() -> QuerySet[Turn, datetime]:
    said = said_in(number("conversation"), before=number("before")).order_by("-id")[:1]
    return said.values_list("created_at", flat=True)


_HEARD_BEFORE = Lookup(_heard_before)


def last_heard(conversation: Conversation) -> datetime | None:
    """When the citizen's last message was recorded, aware; None before the first."""
    said = Turn.objects.filter(conversation=conversation, direction=Turn.Direction.IN)
    return said.order_by("-id").values_list("created_at", flat=True).first()


def last_version(message: InboundMessage) -> Turn | None:
    """The newest row of the message with this id of the channel's; None when it is not known here."""
    address = message.address
    versions = Turn.objects.filter(
        channel=address.channel,
        account=address.account,
        conversation__chat=address.chat,
        direction=Turn.Direction.IN,
        external_id=message.message_id,
    )
    return versions.order_by("-id").first() if message.message_id else None


def pace(turn: Turn, *, heard_before: datetime | None) -> int:
    """How many messages the citizen sent in the minute up to this one, this too.

    heard_before: when the one before it was recorded, so that a citizen who takes his time costs no query.
    """
    since = turn.created_at - MINUTE
    if heard_before is None or heard_before <= since:
        return 1
    said = Turn.objects.filter(
        conversation=turn.conversation_id,
        direction=Turn.Direction.IN,
        id__lte=turn.pk,
        created_at__gt=since,
    )
    return said.count()
