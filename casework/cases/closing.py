"""A case comes to its end, and the assistant speaks again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import drafts, notices, service_levels
from casework.cases.holding import State, changed, held, still_open
from casework.errors import CaseNotYours, CitizenWroteMeanwhile, NoOutcome, WordsUnsent
from casework.models import Case
from conversations import outbox, ownership
from conversations.models import Conversation
from nlu import text as texts
from office import audit
from office.models import Staff

#: Offered to who closes a case; what else is said of its outcome is the official's own words.
OUTCOMES = (
    "Đã trả lời xong",
    "Đã hướng dẫn đến đúng nơi giải quyết",
    "Đã ghi nhận thành phản ánh",
    "Người dân không trả lời thêm",
)
WITHDRAWN = "Người dân rút yêu cầu"
BLOCKED = "Đã tạm ngừng trả lời"
ANSWERED_OUTSIDE = "Đã trả lời trên ứng dụng nhắn tin"
ERASED = "Người dân đã xoá dữ liệu trò chuyện"


@transaction.atomic
def close(
    case: Case, staff: Staff, outcome: str, *, seen: int | None = None, leave_unsent: bool = False
) -> None:
    """Close with an outcome; the assistant speaks again and the citizen is asked to rate.

    seen: version of the case that the official read, so that nobody closes over words that he or she has
    not seen. leave_unsent: this person's draft is not to be sent, though it stays a while (drafts.prune).
    Raises NoOutcome, WordsUnsent, CitizenWroteMeanwhile, or CaseNotYours when this person does not have the
    case (any more).
    """
    how = texts.clean(outcome)[:300]
    if not how:
        raise NoOutcome
    if not leave_unsent and drafts.of(case, staff):
        raise WordsUnsent
    ownership.lock(case.conversation)
    mine = held(case, staff)
    as_seen = mine if seen is None else mine.filter(version=seen)
    if not changed(case, as_seen, **closed(case, how)):
        raise CitizenWroteMeanwhile if mine.exists() else CaseNotYours
    ownership.hand_to_bot(case.conversation)
    outbox.queue(case.conversation, notices.please_rate(case))
    audit.note("case.closed", case.number, staff)
    case.refresh_from_db()


def closed(case: Case, outcome: str) -> dict[str, Any]:
    """What the case says once it is closed; who had it stays known."""
    now = timezone.now()
    done = {"state": State.CLOSED, "outcome": outcome, "closed_at": now}
    return {**done, "snoozed_until": None, "lease_until": None, **service_levels.closed(case, now)}


@transaction.atomic
def withdraw(conversation: Conversation) -> Case | None:
    """The citizen leaves the queue for the assistant. None when no case waits: a claimed one stays."""
    case = _ended(conversation, WITHDRAWN, among=Case.objects.filter(state=State.QUEUED))
    if case:
        audit.note("case.withdrawn", case.number, None)
    return case


@transaction.atomic
def end(conversation: Conversation) -> Case | None:
    """Close an open case, claimed or waiting, because its conversation is about to be erased."""
    case = _ended(conversation, ERASED, among=still_open())
    if case:
        audit.note("case.ended_by_erasure", case.number, None)
    return case


@transaction.atomic
def end_answered(conversation: Conversation) -> Case | None:
    """Close a case that waits for nothing: a person answered past the desk. None where something is owed."""
    answered = Case.objects.filter(state=State.QUEUED, owed_since=None)
    case = _ended(conversation, ANSWERED_OUTSIDE, among=answered)
    if case:
        audit.note("case.ended_as_answered", case.number, None)
    return case


def close_for_block(conversation: Conversation, staff: Staff) -> None:
    """End the open case of a conversation that is blocked, inside the caller's transaction."""
    case = _ended(conversation, BLOCKED, among=still_open())
    if case:
        audit.note("case.closed", case.number, staff)


def _ended(conversation: Conversation, outcome: str, *, among: QuerySet[Case]) -> Case | None:
    """The case of this conversation among these, now closed, and the assistant speaks again; None without."""
    ownership.lock(conversation)
    case = among.filter(conversation=conversation).first()
    if case is None or not changed(case, among, **closed(case, outcome)):
        return None
    ownership.hand_to_bot(conversation)
    case.refresh_from_db()
    return case
