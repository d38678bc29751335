"""A case begins, and is found again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework import case_priority, service_levels
from casework.cases.holding import still_open
from casework.models import Case
from casework.numbers import next_number
from casework.topics import LONGEST
from conversations import ownership
from conversations.models import Conversation
from office import audit
from office.units import contact_team


@transaction.atomic
def open_case(conversation: Conversation, *, reason: str, summary: str, topic: str = "") -> Case:
    """Put the conversation in the central team's queue. One already there, or claimed, stays as it is.

    reason: a value of Case.Reason; summary: what it is about in one line, without personal data;
    topic: what kind of matter that is (casework.topics).
    """
    existing = open_case_of(conversation)
    if existing:
        return existing
    case = Case(
        conversation=conversation,
        reason=reason,
        priority=case_priority.heard_in(conversation),
        summary=summary[:300],
        topic=topic[:LONGEST],
        unit=contact_team(),
    )
    for name, value in service_levels.owed(case, timezone.now()).items():
        setattr(case, name, value)
    try:
        with transaction.atomic():
            case.number = next_number("HT")
            case.save(force_insert=True)
    except IntegrityError:  # someone opened it since we looked
        return still_open().get(conversation=conversation)
    ownership.hand_to_queue(conversation)
    audit.note("case.opened", case.number, None, reason=case.reason)
    return case


def open_case_of(conversation: Conversation) -> Case | None:
    """The case of this conversation that waits or is with somebody; None without one."""
    return still_open().filter(conversation=conversation).first()
