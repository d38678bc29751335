"""The inbox: received turns, claimed by one worker at a time and in order within a conversation.

A claim is a conditional UPDATE with a lease and an attempt number; who comes late with an outcome is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from conversations import held
from conversations.addresses import begun_at
from conversations.changes import DESK, conversation_topic, publish
from conversations.errors import OutcomeSuperseded
from conversations.messages import InboundMessage, MessageKind
from conversations.models import Conversation, Turn
from conversations.received import row_of
from office.lookups import Change, Lookup, json_value, moment, number, word

AT_ONCE = timedelta()
LEASE = timedelta(seconds=30)
#: Attempts that may end in an error.
ATTEMPTS = 3
#: Attempts from which nobody may have come back to say how they ended. Who is killed from outside is seldom
#: killed by the message, and several kills may meet one; a message that does kill costs so many restarts.
LOST_ATTEMPTS = 10
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


def record(
    message: InboundMessage,
    *,
    text: str,
    redacted: str = "",
    hold: timedelta = AT_ONCE,
) -> Recorded:
    """Insert a received turn, unique by channel account and event id, and commit.

    text: what may be kept (already redacted by the guards); redacted: the guard's name, "" when all is kept.
    hold: how long to wait for what belongs to it; whatever comes next ends the wait of those before it.
    While a person of the office owns the conversation the turn is left to that person at once.
    """
    with transaction.atomic():
        conversation = begun_at(message.address, citizen_name=message.sender_name)
        turn = row_of(message, conversation, text=text, redacted=redacted)
        turn.due_at = timezone.now() + hold if hold else None
        recorded = _inserted(turn)
        if recorded.is_new:
            _END_WAITS.make(conversation=conversation.pk, before=turn.pk, due_at=turn.due_at)
            if message.kind is not MessageKind.DELETED:
                held.let_go(conversation, at=message.sent_at)
            publish(conversation_topic(conversation.public_id), DESK)
    return recorded


def _inserted(turn: Turn) -> Recorded:
    """The new row, or the one that the same event has already."""
    try:
        with transaction.atomic():
            turn.save(force_insert=True)
    except IntegrityError:
        same = Turn.objects.filter(channel=turn.channel, account=turn.account, event_id=turn.event_id)
        return Recorded(turn=same.get(), is_new=False)
    return Recorded(turn=turn, is_new=True)


def _waiting_before() -> QuerySet[Turn]:
    """What waits for what belongs to it; a turn that waits for another attempt is none."""
    waiting = Turn.objects.filter(
        conversation=number("conversation"), direction=Turn.Direction.IN, status=Turn.Status.RECEIVED
    )
    return waiting.filter(attempt=0, id__lt=number("before"))


_END_WAITS = Change(_waiting_before, due_at=moment("due_at"))


def _claimable() -> QuerySet[Turn, int]:
    now = moment("now")
    earlier = Turn.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Turn.Direction.IN,
        status__in=OPEN,
        id__lt=OuterRef("id"),
    )
    free = Q(status=Turn.Status.RECEIVED) & (Q(due_at=None) | Q(due_at__lte=now))
    abandoned = Q(status=Turn.Status.CLAIMED, lease_until__lt=now)
    # Named before the "or", so that the index leads past all that was ever answered.
    waiting = Turn.objects.filter(direction=Turn.Direction.IN, status__in=OPEN)
    first = waiting.filter(free | abandoned, ~Exists(earlier)).order_by("id")[:1]
    return first.values_list("pk", flat=True)


_FIRST_CLAIMABLE = Lookup(_claimable)
_WITH_CONVERSATION = Lookup(lambda: Turn.objects.select_related("conversation").filter(pk=number("turn")))


def _is_free(turn: Turn, *, now: datetime) -> bool:
    if turn.status == Turn.Status.RECEIVED:
        return turn.due_at is None or turn.due_at <= now
    return turn.status == Turn.Status.CLAIMED and turn.lease_until is not None and turn.lease_until < now


def claim_next(now: datetime) -> Claim | None:
    """Claim the oldest waiting turn that is first in its conversation; None when there is none."""
    while first := _FIRST_CLAIMABLE.first(now=now):
        turn = _WITH_CONVERSATION.first(turn=first)
        if turn is None or not _is_free(turn, now=now):  # somebody was faster
            continue
        if _take(turn, until=now + LEASE):
            return Claim(turn=turn, attempt=turn.attempt, version=turn.conversation.version)
    return None


def _take(turn: Turn, *, until: datetime) -> bool:
    """Claim it, if it still is as it was read; no earlier turn can open again."""
    read = {"turn": turn.pk, "attempt": turn.attempt, "until": until}
    if turn.status == Turn.Status.RECEIVED:
        taken = _TAKE_FREE.make(**read)
    else:
        taken = _TAKE_ABANDONED.make(**read, lease=turn.lease_until)
    turn.status, turn.attempt, turn.lease_until = Turn.Status.CLAIMED, turn.attempt + 1, until
    return bool(taken)


def _of_attempt(status: Turn.Status) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=number("turn"), status=status, attempt=number("attempt"))


_TAKEN = {"status": Turn.Status.CLAIMED, "attempt": F("attempt") + 1, "lease_until": moment("until")}
_TAKE_FREE = Change(lambda: _of_attempt(Turn.Status.RECEIVED), **_TAKEN)
_TAKE_ABANDONED = Change(
    lambda: _of_attempt(Turn.Status.CLAIMED).filter(lease_until=moment("lease")), **_TAKEN
)


def _held(claim: Claim) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=claim.turn.pk, status=Turn.Status.CLAIMED, attempt=claim.attempt)


def extend(claim: Claim, *, until: datetime) -> None:
    """Hold the turn longer, for work that takes its time. Raises OutcomeSuperseded when the claim is lost."""
    if not _held(claim).update(lease_until=until):
        raise OutcomeSuperseded


def settle(
    claim: Claim,
    *,
    state: dict[str, Any],
    release: str,
    search: dict[str, Any] | None = None,
    status: Turn.Status = Turn.Status.ANSWERED,
) -> None:
    """Mark the turn answered (or passed over) and store the new state, inside the caller's transaction.

    Raises OutcomeSuperseded when the claim was lost or the conversation changed: the caller's transaction,
    with its replies and its report or case, rolls back whole. search: what was found, for an explanation.
    """
    held = {"turn": claim.turn.pk, "attempt": claim.attempt}
    if not _SETTLE.make(**held, status=status, release=release, search=search or {}):
        raise OutcomeSuperseded
    if not _REMEMBER.make(conversation=claim.turn.conversation_id, version=claim.version, state=state):
        raise OutcomeSuperseded
    publish(conversation_topic(claim.conversation.public_id), DESK)


def _unchanged() -> QuerySet[Conversation]:
    """The conversation, if nobody changed it and no person took it over."""
    unchanged = Conversation.objects.filter(pk=number("conversation"), version=number("version"))
    return unchanged.exclude(owner__in=Conversation.PERSONS)


_SETTLE = Change(
    lambda: _of_attempt(Turn.Status.CLAIMED),
    status=word("status"),
    lease_until=None,
    release=word("release"),
    search=json_value("search"),
)
_REMEMBER = Change(_unchanged, state=json_value("state"), version=F("version") + 1)


def join(claim: Claim, later: Turn) -> None:
    """Leave the answer to a later message that waits. Raises OutcomeSuperseded when the claim was lost."""
    joined = {"status": Turn.Status.ANSWERED, "lease_until": None, "answered_with": later}
    if not _held(claim).update(**joined):
        raise OutcomeSuperseded


def leave_to_person(claim: Claim) -> bool:
    """Give the turn to the person who owns the conversation; False when nobody does."""
    persons = Conversation.objects.filter(pk=claim.turn.conversation_id, owner__in=Conversation.PERSONS)
    left = _held(claim).filter(Exists(persons))
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
