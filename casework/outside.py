"""An official who answers in the messenger's own app has taken over: the assistant is silent beside him.

What he writes settles what an open case owed, as a reply at the desk does. It ends when the conversation is
taken up and closed at the desk, or when he has not written for SILENT_FOR: then the desk's queue has what the
citizen wrote last without an answer; or all was answered, the case is closed and the assistant speaks again.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from casework import cases, notices, promises, service_levels
from casework.cases.holding import changed
from casework.models import Case
from conversations import outbox, outside, ownership
from conversations.errors import OwnerChanged
from conversations.messages import Address
from conversations.models import Conversation
from office import audit

#: Our choice: half a working day, within which an official comes back to a question.
SILENT_FOR = timedelta(hours=4)

Owner = Conversation.Owner


@transaction.atomic
def take_over(address: Address, *, text: str, event_id: str, message_id: str, at: datetime) -> None:
    """Keep what the official wrote and let the assistant be silent; nothing is owed then. Once, however
    often it is told.

    A member of staff who has the conversation at the desk keeps it.
    """
    recorded = outside.record_reply(address, text=text, event_id=event_id, message_id=message_id, at=at)
    if not recorded.is_new:
        return
    conversation = recorded.turn.conversation
    was_outside = conversation.owner == Owner.OUTSIDE
    with suppress(OwnerChanged):
        ownership.hand_to_outside(conversation)
        if not was_outside:
            audit.note("conversation.taken_over_outside", _name(conversation), None, channel=address.channel)
    _settle(conversation, at)


def _settle(conversation: Conversation, at: datetime) -> None:
    """Nothing is owed for what the citizen had written by then; what came later still waits."""
    ownership.lock(conversation)
    owing = Case.objects.exclude(state=Case.State.CLOSED).filter(owed_since__lte=at)
    case = owing.select_for_update(no_key=True).filter(conversation=conversation).first()
    if case and changed(case, owing, **service_levels.replied(case, at)):
        audit.note("case.replied_outside", case.number, None, channel=conversation.channel)


def end_silent(now: datetime) -> int:
    """Let go of what was taken over and then left; how many conversations."""
    return sum(_end(key, now) for key in _left(now).values_list("pk", flat=True))


def _left(now: datetime) -> QuerySet[Conversation]:
    wrote = outside.replies().filter(conversation=OuterRef("pk"), created_at__gte=now - SILENT_FOR)
    return Conversation.objects.filter(~Exists(wrote), owner=Owner.OUTSIDE, erased_at=None)


@transaction.atomic
def _end(key: int, now: datetime) -> bool:
    """False when somebody has it again since we looked."""
    conversation = _left(now).select_for_update(no_key=True).filter(pk=key).first()
    if conversation is None:
        return False
    if outside.unanswered(conversation).exists():
        _queue(conversation, now)
    elif (case := cases.open_case_of(conversation)) and case.owed_since:
        ownership.hand_to_queue(conversation)
    elif not cases.end_answered(conversation):
        ownership.hand_to_bot(conversation)
    audit.note("conversation.left_outside", _name(conversation), None, channel=conversation.channel)
    return True


def _queue(conversation: Conversation, now: datetime) -> None:
    case = cases.open_case(conversation, reason=Case.Reason.UNANSWERED, summary="")
    ownership.hand_to_queue(conversation)
    promise = promises.renew(case, now)
    outbox.queue(conversation, notices.left_waiting(case, promise.due_at, now=now))


def _name(conversation: Conversation) -> str:
    return f"conversation:{conversation.pk}"
