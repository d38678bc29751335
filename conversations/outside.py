"""What a person of the office wrote in the messenger's own app, past the desk: rows like any other reply."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from conversations.addresses import begun_at
from conversations.changes import DESK, conversation_topic, publish
from conversations.inbox import Recorded
from conversations.messages import Address, Author
from conversations.models import Conversation, Turn


@transaction.atomic
def record_reply(address: Address, *, text: str, event_id: str, message_id: str, at: datetime) -> Recorded:
    """Insert a reply that was sent already, unique by channel account and event id.

    The conversation begins with it when the citizen never wrote. Who wrote it is not known here.
    """
    conversation = begun_at(address)
    turn, is_new = Turn.objects.get_or_create(
        channel=address.channel,
        account=address.account,
        event_id=event_id,
        defaults={
            "conversation": conversation,
            "direction": Turn.Direction.OUT,
            "status": Turn.Status.SENT,
            "author": Author.OFFICIAL,
            "text": text,
            "external_id": message_id[:128],
            "sent_at": at,
        },
    )
    if is_new:
        publish(conversation_topic(conversation.public_id), DESK)
    return Recorded(turn=turn, is_new=is_new)


def replies() -> QuerySet[Turn]:
    """The rows of all such replies."""
    said = Turn.objects.filter(direction=Turn.Direction.OUT, author=Author.OFFICIAL)
    return said.filter(staff=None).exclude(event_id=None)


def unanswered(conversation: Conversation) -> QuerySet[Turn]:
    """The citizen's messages since the last such reply, left to the person who wrote it."""
    last = replies().filter(conversation=conversation).order_by("-id").values_list("pk", flat=True).first()
    left = Turn.objects.filter(conversation=conversation, status=Turn.Status.LEFT_TO_PERSON)
    return left.filter(pk__gt=last or 0)
