"""The outbox: replies in order within a conversation, delivered at least once, each with its due time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from conversations.changes import DESK, conversation_topic, outbox_topic, publish
from conversations.messages import OutboundMessage
from conversations.models import Conversation, Turn

if TYPE_CHECKING:
    from office.models import Staff

LEASE = timedelta(seconds=60)
OPEN = (Turn.Status.QUEUED, Turn.Status.SENDING)


def queue(
    conversation: Conversation,
    message: OutboundMessage,
    *,
    in_reply_to: Turn | None = None,
    staff: Staff | None = None,
    release: str = "",
) -> Turn:
    """Add a reply to the outbox, inside the caller's transaction if there is one."""
    turn = Turn.objects.create(
        conversation=conversation,
        direction=Turn.Direction.OUT,
        status=Turn.Status.QUEUED,
        author=message.author,
        staff=staff,
        channel=conversation.channel,
        account=conversation.account,
        text=f"{message.heading}\n{message.text}" if message.heading else message.text,
        payload={
            "heading": message.heading,
            "choices": [asdict(choice) for choice in message.choices],
            "citation": asdict(message.citation) if message.citation else None,
            "detail": message.detail,
        },
        in_reply_to=in_reply_to,
        release=release,
        due_at=timezone.now(),
    )
    publish(outbox_topic(conversation.channel, conversation.account), DESK)
    return turn


def _due(channel: str, account: str, now: datetime) -> QuerySet[Turn]:
    earlier = Turn.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Turn.Direction.OUT,
        status__in=OPEN,
        id__lt=OuterRef("id"),
    )
    free = Q(status=Turn.Status.QUEUED, due_at__lte=now)
    abandoned = Q(status=Turn.Status.SENDING, lease_until__lt=now)
    return Turn.objects.filter(
        free | abandoned, ~Exists(earlier), direction=Turn.Direction.OUT, channel=channel, account=account
    )


def claim_due(*, channel: str, account: str, now: datetime) -> Turn | None:
    """Claim the oldest due reply of this channel account that is first in its conversation; None if none."""
    while True:
        turn = _due(channel, account, now).order_by("due_at", "id").first()
        if turn is None:
            return None
        taken = _due(channel, account, now).filter(pk=turn.pk, attempt=turn.attempt)
        if taken.update(status=Turn.Status.SENDING, attempt=F("attempt") + 1, lease_until=now + LEASE):
            return Turn.objects.select_related("conversation", "staff").get(pk=turn.pk)


def _held(turn: Turn) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=turn.pk, status=Turn.Status.SENDING, attempt=turn.attempt)


def mark_sent(turn: Turn, *, external_id: str) -> None:
    _held(turn).update(
        status=Turn.Status.SENT, external_id=external_id, sent_at=timezone.now(), lease_until=None, problem=""
    )
    publish(conversation_topic(turn.conversation.public_id))


def postpone(turn: Turn, *, due_at: datetime, problem: str) -> None:
    """Try this reply again from due_at on; only its own conversation waits for it."""
    _held(turn).update(status=Turn.Status.QUEUED, due_at=due_at, lease_until=None, problem=problem[:300])


def mark_failed(turn: Turn, *, problem: str) -> None:
    """Give the reply up; the desk shows it with its reason and can send it again."""
    _held(turn).update(status=Turn.Status.FAILED, lease_until=None, problem=problem[:300])
    publish(DESK)


def resend(turn: Turn) -> bool:
    """Queue a failed reply again; False when it is not failed any more."""
    again = Turn.objects.filter(pk=turn.pk, status=Turn.Status.FAILED)
    queued = again.update(status=Turn.Status.QUEUED, due_at=timezone.now(), attempt=0, problem="")
    publish(outbox_topic(turn.channel, turn.account), DESK)
    return bool(queued)
