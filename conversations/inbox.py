"""The inbox: received turns, claimed by one worker at a time and in order within a conversation.

A claim is a conditional UPDATE with a lease and an attempt number; who comes late with an outcome is refused.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from conversations.changes import DESK, conversation_topic, publish
from conversations.errors import OutcomeSuperseded
from conversations.messages import Author, InboundMessage
from conversations.models import Conversation, Turn

LEASE = timedelta(seconds=30)
ATTEMPTS = 3
OPEN = (Turn.Status.RECEIVED, Turn.Status.CLAIMED)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The row of an inbound message; is_new is False when the same event was already recorded."""

    turn: Turn
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One worker's right to answer one turn until its lease ends: the turn, its attempt, the version read."""

    turn: Turn
    attempt: int
    version: int

    @property
    def conversation(self) -> Conversation:
        return self.turn.conversation


def record(message: InboundMessage, *, text: str, redacted: str = "") -> Recorded:
    """Insert a received turn, unique by channel account and event id, and commit.

    text: what may be kept (already redacted by the guards); redacted: the guard's name, "" when all is kept.
    While a member of staff owns the conversation the turn is left to that person at once.
    """
    with transaction.atomic():
        conversation = _conversation_of(message)
        turn, is_new = Turn.objects.get_or_create(
            channel=conversation.channel,
            account=conversation.account,
            event_id=message.event_id,
            defaults=_received(message, conversation, text=text, redacted=redacted),
        )
        if is_new:
            publish(conversation_topic(conversation.public_id), DESK)
    return Recorded(turn=turn, is_new=is_new)


def _conversation_of(message: InboundMessage) -> Conversation:
    address = message.address
    return Conversation.objects.get_or_create(
        channel=address.channel,
        account=address.account,
        chat=address.chat,
        defaults={"citizen_name": message.sender_name[:120]},
    )[0]


def _received(
    message: InboundMessage, conversation: Conversation, *, text: str, redacted: str
) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "direction": Turn.Direction.IN,
        "status": _first_status(conversation),
        "author": Author.CITIZEN,
        "kind": message.kind,
        "text": text,
        "payload": _payload(message, redacted=redacted),
        "redacted": redacted,
        "sent_at": message.sent_at,
    }


def _first_status(conversation: Conversation) -> Turn.Status:
    if conversation.owner == Conversation.Owner.STAFF:
        return Turn.Status.LEFT_TO_PERSON
    return Turn.Status.RECEIVED


def _payload(message: InboundMessage, *, redacted: str) -> dict[str, Any]:
    media = [] if redacted else [asdict(medium) for medium in message.media]
    return {
        "choice": message.choice,
        "position": asdict(message.position) if message.position else None,
        "media": media,
    }


def _claimable(now: datetime) -> QuerySet[Turn]:
    earlier = Turn.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Turn.Direction.IN,
        status__in=OPEN,
        id__lt=OuterRef("id"),
    )
    free = Q(status=Turn.Status.RECEIVED) & (Q(due_at=None) | Q(due_at__lte=now))
    abandoned = Q(status=Turn.Status.CLAIMED, lease_until__lt=now)
    return Turn.objects.filter(free | abandoned, ~Exists(earlier), direction=Turn.Direction.IN)


def claim_next(now: datetime) -> Claim | None:
    """Claim the oldest waiting turn that is first in its conversation; None when there is none."""
    while True:
        turn = _claimable(now).order_by("id").first()
        if turn is None:
            return None
        taken = _claimable(now).filter(pk=turn.pk, attempt=turn.attempt)
        if taken.update(status=Turn.Status.CLAIMED, attempt=turn.attempt + 1, lease_until=now + LEASE):
            turn = Turn.objects.select_related("conversation").get(pk=turn.pk)
            return Claim(turn=turn, attempt=turn.attempt, version=turn.conversation.version)


def _held(claim: Claim) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=claim.turn.pk, status=Turn.Status.CLAIMED, attempt=claim.attempt)


def extend(claim: Claim, *, until: datetime) -> None:
    """Hold the turn longer, for work that takes its time. Raises OutcomeSuperseded when the claim is lost."""
    if not _held(claim).update(lease_until=until):
        raise OutcomeSuperseded


def settle(
    claim: Claim, *, state: dict[str, Any], release: str, search: dict[str, Any] | None = None
) -> None:
    """Mark the turn answered and store the conversation's new state, inside the caller's transaction.

    Raises OutcomeSuperseded when the claim was lost or the conversation changed: the caller's transaction,
    with its replies and its report or case, rolls back whole. search: what was found, for an explanation.
    """
    answered = {"status": Turn.Status.ANSWERED, "lease_until": None, "release": release}
    if not _held(claim).update(**answered, search=search or {}):
        raise OutcomeSuperseded
    unchanged = Conversation.objects.filter(pk=claim.turn.conversation_id, version=claim.version)
    speaks = unchanged.exclude(owner=Conversation.Owner.STAFF)
    if not speaks.update(state=state, version=F("version") + 1):
        raise OutcomeSuperseded
    publish(conversation_topic(claim.conversation.public_id), DESK)


def leave_to_person(claim: Claim) -> bool:
    """Give the turn to the member of staff who owns the conversation; False when nobody does."""
    with_staff = Conversation.objects.filter(pk=claim.turn.conversation_id, owner=Conversation.Owner.STAFF)
    left = _held(claim).filter(Exists(with_staff))
    return bool(left.update(status=Turn.Status.LEFT_TO_PERSON, lease_until=None))


def give_back(claim: Claim, *, due_at: datetime) -> None:
    """Return the turn to the inbox, to be claimed again from due_at on."""
    _held(claim).update(status=Turn.Status.RECEIVED, lease_until=None, due_at=due_at)


def set_aside(claim: Claim, *, problem: str) -> bool:
    """Put the turn aside for a person, so that the conversation goes on. False if the claim was lost."""
    publish(DESK)
    return bool(_held(claim).update(status=Turn.Status.SET_ASIDE, lease_until=None, problem=problem[:300]))


def give_to_person(turn: Turn) -> bool:
    """A member of staff takes up a turn that was set aside. False when someone already did."""
    aside = Turn.objects.filter(pk=turn.pk, status=Turn.Status.SET_ASIDE)
    publish(DESK)
    return bool(aside.update(status=Turn.Status.LEFT_TO_PERSON))
