"""Opening and closing an official's practice room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.utils import timezone

from casework.models import Case
from casework.numbers import next_number
from casework.practice import ACCOUNT, CHANNEL, SERIES, chat_of, made_for
from casework.practice.situations import Situation, situations
from conversations import ownership
from conversations.messages import Author
from conversations.models import Conversation, Turn
from office import audit, duties
from office.models import Staff, Unit
from office.units import contact_team

#: Who forgets to end finds a new room the next day.
KEPT = timedelta(days=1)
#: Beside each name, wherever it is shown.
MARK = "(giả định)"

_HOW = {
    Author.CITIZEN: (Turn.Direction.IN, Turn.Status.ANSWERED),
    Author.ASSISTANT: (Turn.Direction.OUT, Turn.Status.SENT),
}


@transaction.atomic
def open_room(staff: Staff) -> int:
    """Invite the citizens who are not there yet, each with a case that waits; how many came.

    The official is not on duty any more: a citizen who exists would wait for who cannot see him.
    """
    duties.go_off(staff, by=staff)
    there = set(_conversations(staff).values_list("chat", flat=True))
    absent = [one for one in situations().values() if chat_of(staff, one.key) not in there]
    for situation in absent:
        _invite(staff, situation)
    if absent:
        audit.note("practice.begun", f"staff:{staff.username}", staff, citizens=len(absent))
    return len(absent)


def _invite(staff: Staff, situation: Situation) -> None:
    conversation = Conversation.objects.create(
        channel=CHANNEL,
        account=ACCOUNT,
        chat=chat_of(staff, situation.key),
        citizen_name=f"{situation.citizen} {MARK}",
        last_interaction_at=timezone.now(),
    )
    for author, words in situation.opening:
        _say(conversation, Author(author), words)
    ownership.hand_to_queue(conversation)
    Case.objects.create(
        number=next_number(SERIES),
        conversation=conversation,
        reason=situation.reason,
        priority=situation.priority,
        summary=situation.summary,
        unit=_unit_of(staff),
        owed_since=timezone.now(),
    )


def _say(conversation: Conversation, author: Author, words: str) -> None:
    direction, status = _HOW[author]
    Turn.objects.create(
        conversation=conversation,
        direction=direction,
        status=status,
        author=author,
        channel=CHANNEL,
        account=ACCOUNT,
        text=words,
    )


def _unit_of(staff: Staff) -> Unit:
    return staff.units.order_by("name").first() or contact_team()


@transaction.atomic
def close_room(staff: Staff) -> int:
    """Remove what was invented for this official; how many citizens went. The register keeps its lines."""
    gone = _remove(_conversations(staff))
    if gone:
        audit.note("practice.ended", f"staff:{staff.username}", staff, citizens=gone)
    return gone


def close_forgotten(now: datetime) -> int:
    """Remove the rooms that nobody ended within a day; how many citizens went."""
    return _remove(Conversation.objects.filter(channel=CHANNEL, created_at__lt=now - KEPT))


def _conversations(staff: Staff) -> QuerySet[Conversation]:
    return Conversation.objects.filter(made_for(staff, conversation=""))


@transaction.atomic
def _remove(conversations: QuerySet[Conversation]) -> int:
    found = list(conversations)
    for conversation in found:
        _delete(conversation)
    return len(found)


def _delete(row: Model) -> None:
    """The row, after all that is protected by referring to it: nobody has to keep what never was."""
    while True:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError as protected:
            for referring in protected.protected_objects:
                _delete(referring)
        else:
            return
