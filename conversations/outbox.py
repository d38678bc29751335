"""The outbox: replies in order within a conversation, delivered at least once, each with its due time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from conversations.changes import DESK, conversation_topic, outbox_topic, publish
from conversations.messages import Author, Choice, Citation, OutboundMessage, QuotedPart, SentFile
from conversations.models import Conversation, Turn
from office.lookups import Change, Lookup, moment, number, word

if TYPE_CHECKING:
    from office.models import Staff

LEASE = timedelta(seconds=60)
OPEN = (Turn.Status.QUEUED, Turn.Status.SENDING)
#: Nobody received these, and nothing is tried any more.
UNSENT = (Turn.Status.FAILED, Turn.Status.GIVEN_UP)


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
            "asks": message.asks,
            "citation": asdict(message.citation) if message.citation else None,
            "files": [asdict(file) for file in message.files],
            "asks_number": message.asks_number,
            "detail": message.detail,
            "quoted": asdict(message.quoted) if message.quoted else None,
        },
        in_reply_to=in_reply_to,
        release=release,
        template=message.template,
        due_at=timezone.now(),
    )
    publish(
        outbox_topic(conversation.channel, conversation.account),
        conversation_topic(conversation.public_id),
        DESK,
    )
    return turn


def hold_back(turn: Turn, *, until: datetime) -> None:
    """Send a reply later, in the transaction that queued it: nobody sees it before, see `take_back`."""
    Turn.objects.filter(pk=turn.pk).update(due_at=until)
    turn.due_at = until


def held_back(now: datetime) -> QuerySet[Turn]:
    """Officials' replies that wait for their time and were never tried: nobody has seen them."""
    fresh = Turn.objects.filter(direction=Turn.Direction.OUT, status=Turn.Status.QUEUED, attempt=0)
    return fresh.filter(author=Author.OFFICIAL, due_at__gt=now)


def take_back(turn: Turn, *, now: datetime) -> bool:
    """Delete a reply that is held back still. False once it may have been seen or is being sent."""
    # Marked first: the delivery loop claims by a conditional UPDATE too, so one of the two finds nothing.
    if not held_back(now).filter(pk=turn.pk).update(status=Turn.Status.GIVEN_UP):
        return False
    Turn.objects.filter(pk=turn.pk).delete()
    publish(conversation_topic(turn.conversation.public_id), DESK)
    return True


def message_of(turn: Turn) -> OutboundMessage:
    """What was queued as this turn; what an older version did not keep has its default."""
    payload = turn.payload
    heading = payload.get("heading", "")
    source = payload.get("citation")
    return OutboundMessage(
        text=turn.text.removeprefix(f"{heading}\n") if heading else turn.text,
        heading=heading,
        choices=tuple(Choice(**choice) for choice in payload.get("choices", ())),
        asks=payload.get("asks", False),
        citation=Citation(**source) if source else None,
        author=Author(turn.author),
        files=tuple(SentFile(**file) for file in payload.get("files", ())),
        asks_number=payload.get("asks_number", False),
        detail=payload.get("detail", {}),
        template=turn.template,
        quoted=quoted_part(payload.get("quoted")),
    )


def quoted_part(kept: dict[str, Any] | None) -> QuotedPart | None:
    """What `dataclasses.asdict` made of a quoted part, after its way through JSON; None for none."""
    if not kept:
        return None
    made = {**kept, "citation": Citation(**kept["citation"]), "spans": tuple(kept["spans"])}
    return QuotedPart(**made)


def claim_due(*, channel: str, account: str, now: datetime) -> Turn | None:
    """Claim the oldest due reply of this channel account that is first in its conversation; None if none."""
    while first := _FIRST_DUE.first(channel=channel, account=account, now=now):
        turn = _WITH_CONVERSATION.first(turn=first)
        if turn and _is_due(turn, now=now) and _take(turn, until=now + LEASE):
            return turn
    return None


def _is_due(turn: Turn, *, now: datetime) -> bool:
    return turn.status == Turn.Status.QUEUED and turn.due_at is not None and turn.due_at <= now


def _due() -> QuerySet[Turn, int]:
    """In the order of the index, so that what waits elsewhere or is due later costs nothing."""
    earlier = Turn.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Turn.Direction.OUT,
        status__in=OPEN,
        id__lt=OuterRef("id"),
    )
    waiting = _outbound(Turn.Status.QUEUED)
    first = waiting.filter(~Exists(earlier), due_at__lte=moment("now")).order_by("due_at", "id")[:1]
    return first.values_list("pk", flat=True)


_FIRST_DUE = Lookup(_due)
_WITH_CONVERSATION = Lookup(lambda: Turn.objects.select_related("conversation").filter(pk=number("turn")))


def _outbound(status: Turn.Status) -> QuerySet[Turn]:
    return Turn.objects.filter(
        direction=Turn.Direction.OUT, status=status, channel=word("channel"), account=word("account")
    )


def _take(turn: Turn, *, until: datetime) -> bool:
    """Claim it, if it still is as it was read."""
    taken = _TAKE.make(turn=turn.pk, attempt=turn.attempt, due_at=turn.due_at, until=until)
    turn.status, turn.attempt, turn.lease_until = Turn.Status.SENDING, turn.attempt + 1, until
    return bool(taken)


def _of_attempt(status: Turn.Status) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=number("turn"), status=status, attempt=number("attempt"))


_TAKE = Change(
    lambda: _of_attempt(Turn.Status.QUEUED).filter(due_at=moment("due_at")),
    status=Turn.Status.SENDING,
    attempt=F("attempt") + 1,
    lease_until=moment("until"),
)


def queue_again(*, channel: str, account: str, now: datetime) -> None:
    """Queue what somebody began to send and did not end before the lease did, and what was held until now."""
    _QUEUE_ABANDONED.make(channel=channel, account=account, now=now)
    _QUEUE_HELD.make(channel=channel, account=account, now=now)


_QUEUE_ABANDONED = Change(
    lambda: _outbound(Turn.Status.SENDING).filter(lease_until__lt=moment("now")),
    status=Turn.Status.QUEUED,
    lease_until=None,
)
_QUEUE_HELD = Change(
    lambda: _outbound(Turn.Status.HELD).filter(due_at__lte=moment("now")), status=Turn.Status.QUEUED
)


def _held(turn: Turn) -> QuerySet[Turn]:
    return Turn.objects.filter(pk=turn.pk, status=Turn.Status.SENDING, attempt=turn.attempt)


def mark_sent(turn: Turn, *, external_id: str) -> None:
    _SENT.make(turn=turn.pk, attempt=turn.attempt, external_id=external_id, at=timezone.now())
    publish(conversation_topic(turn.conversation.public_id))


_SENT = Change(
    lambda: _of_attempt(Turn.Status.SENDING),
    status=Turn.Status.SENT,
    external_id=word("external_id"),
    sent_at=moment("at"),
    lease_until=None,
    problem="",
)


def postpone(turn: Turn, *, due_at: datetime, problem: str) -> None:
    """Try this reply again from due_at on; only its own conversation waits for it."""
    _held(turn).update(status=Turn.Status.QUEUED, due_at=due_at, lease_until=None, problem=problem[:300])


def put_back(turn: Turn, *, due_at: datetime, problem: str | None = None) -> None:
    """As before the claim, due from due_at on: the try is not counted. problem: None keeps what is noted."""
    # A claim that was abandoned stays counted, so none of its holder's numbers can come again.
    uncounted = {
        "status": Turn.Status.QUEUED,
        "due_at": due_at,
        "lease_until": None,
        "attempt": F("attempt") - 1,
    }
    _held(turn).update(**uncounted, **({} if problem is None else {"problem": problem[:300]}))


def hold(turn: Turn, *, now: datetime) -> None:
    """Renew the lease of a reply whose sending takes its time."""
    _held(turn).update(lease_until=now + LEASE)


def wait_for_citizen(turn: Turn, *, reason: str, look_again_at: datetime | None) -> None:
    """Hold a claimed reply (see held.py) until the citizen does something; the tries so far do not count.

    The caller holds the conversation's lock. look_again_at: when something else may let it go, None for
    nothing else. reason: read on the desk.
    """
    held = {"status": Turn.Status.HELD, "due_at": look_again_at, "lease_until": None, "attempt": 0}
    if _held(turn).update(**held, problem=reason[:300]):
        Conversation.objects.filter(pk=turn.conversation_id).update(has_held=True)
    publish(conversation_topic(turn.conversation.public_id), DESK)


def take_away(turn: Turn) -> None:
    """Delete a claimed reply that was never sent and is not needed any more."""
    _held(turn).delete()


def mark_failed(turn: Turn, *, problem: str) -> None:
    """Give the reply up; the desk shows it with its reason and can send it again."""
    _held(turn).update(status=Turn.Status.FAILED, lease_until=None, problem=problem[:300])
    publish(DESK)


def resend(turns: QuerySet[Turn]) -> int:
    """Queue the failed replies among these again, in their order; how many there were."""
    failed = turns.filter(status=Turn.Status.FAILED).order_by()
    accounts = set(failed.values_list("channel", "account"))
    queued = failed.update(status=Turn.Status.QUEUED, due_at=timezone.now(), attempt=0, problem="")
    publish(*(outbox_topic(channel, account) for channel, account in accounts), DESK)
    return queued


def give_up(turn: Turn) -> bool:
    """Leave a failed reply unsent for good; False when it is not failed any more."""
    failed = Turn.objects.filter(pk=turn.pk, status=Turn.Status.FAILED)
    publish(DESK)
    return bool(failed.update(status=Turn.Status.GIVEN_UP))
