"""Cases: a conversation waits for a person, one person has it, and it is closed with an outcome.

Whoever acts second is told so: every change is a conditional UPDATE that counts its rows, in one transaction
with the change of owner, the message to the citizen and the line in the register.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import case_priority, notices, service_levels
from casework.errors import AlreadyRated, CaseNotYours, EmptyReply, NoOutcome, NoSuchScore, NotYourCase
from casework.models import Case, Rating
from casework.numbers import next_number
from conversations import outbox, ownership
from conversations.errors import OwnerChanged
from conversations.messages import OutboundMessage, QuotedPart, SentFile
from conversations.models import Conversation, Turn
from nlu import text as texts
from office import audit
from office.models import Staff
from office.units import contact_team

REPLY_LENGTH = 2_000
WITHDRAWN = "Người dân rút yêu cầu"
BLOCKED = "Đã tạm ngừng trả lời"
ERASED = "Người dân đã xoá dữ liệu trò chuyện"

State = Case.State


@transaction.atomic
def open_case(conversation: Conversation, *, reason: str, summary: str) -> Case:
    """Put the conversation in the central team's queue. One already there, or claimed, stays as it is.

    reason: a value of Case.Reason; summary: what it is about in one line, without personal data.
    """
    existing = open_case_of(conversation)
    if existing:
        return existing
    case = Case(
        conversation=conversation,
        reason=reason,
        priority=case_priority.heard_in(conversation),
        summary=summary[:300],
        unit=contact_team(),
    )
    for name, value in service_levels.owed(case, timezone.now()).items():
        setattr(case, name, value)
    try:
        with transaction.atomic():
            case.number = next_number("HT")
            case.save(force_insert=True)
    except IntegrityError:  # someone opened it since we looked
        return _still_open().get(conversation=conversation)
    ownership.hand_to_queue(conversation)
    audit.note("case.opened", case.number, None, reason=case.reason)
    return case


def open_case_of(conversation: Conversation) -> Case | None:
    """The case of this conversation that waits or is with somebody; None without one."""
    return _still_open().filter(conversation=conversation).first()


def _still_open() -> QuerySet[Case]:
    return Case.objects.exclude(state=State.CLOSED)


def position_in_queue(case: Case) -> int:
    """1 for the next to be claimed, counted within the case's unit; 0 when it does not wait."""
    if case.state != State.QUEUED:
        return 0
    return Case.objects.filter(unit=case.unit_id, state=State.QUEUED, id__lte=case.pk).count()


def claim(case: Case, staff: Staff) -> bool:
    """Take a waiting case and its conversation. False when someone was quicker: then nothing has changed."""
    try:
        with transaction.atomic():
            return _claim(case, staff)
    except OwnerChanged:
        return False


def _claim(case: Case, staff: Staff) -> bool:
    waiting = Case.objects.filter(pk=case.pk, state=State.QUEUED)
    if not waiting.update(state=State.CLAIMED, claimed_by=staff, claimed_at=timezone.now()):
        return False
    ownership.hand_to_staff(case.conversation, staff)
    outbox.queue(case.conversation, notices.claimed(case, staff))
    audit.note("case.claimed", case.number, staff)
    case.refresh_from_db()
    return True


@transaction.atomic
def reply(
    case: Case,
    staff: Staff,
    text: str,
    *,
    files: tuple[SentFile, ...] = (),
    quoted: QuotedPart | None = None,
) -> Turn:
    """Send an official's words to the citizen, at once and in the official's name, and files after them.

    quoted: stands below the words, or alone. Raises EmptyReply without either, or CaseNotYours when this
    person does not have the case (any more).
    """
    words = texts.clean(text)[:REPLY_LENGTH]
    if not (words or quoted):
        raise EmptyReply
    message = notices.from_official(words, staff, subject=case.number, files=files, quoted=quoted)
    turn = _say(case, staff, message)
    audit.note("case.replied", case.number, staff, turn=turn.pk, files=len(files))
    return turn


@transaction.atomic
def ask_number(case: Case, staff: Staff) -> Turn:
    """Ask the citizen, in the official's name, for a number to call back. Raises CaseNotYours."""
    turn = _say(case, staff, notices.number_asked(case, staff))
    audit.note("case.number_asked", case.number, staff, turn=turn.pk)
    return turn


def _say(case: Case, staff: Staff, message: OutboundMessage) -> Turn:
    replied = service_levels.replied(case, timezone.now())
    if not _held(case, staff).update(state=State.CLAIMED, snoozed_until=None, **replied):
        raise CaseNotYours
    release = message.quoted.release if message.quoted else ""
    return outbox.queue(case.conversation, message, staff=staff, release=release)


def _held(case: Case, staff: Staff) -> QuerySet[Case]:
    return Case.objects.filter(pk=case.pk, state__in=Case.HELD, claimed_by=staff)


@transaction.atomic
def release_case(case: Case, staff: Staff) -> None:
    """Give a claimed case back to the queue, at the place its age gives it.

    A supervisor may give back a colleague's, whom `case` shows as its holder. Raises CaseNotYours.
    """
    holder = case.claimed_by if staff.may_oversee and case.claimed_by else staff
    if not _held(case, holder).update(
        state=State.QUEUED, claimed_by=None, claimed_at=None, snoozed_until=None
    ):
        raise CaseNotYours
    ownership.hand_to_queue(case.conversation)
    audit.note("case.released", case.number, staff)
    case.refresh_from_db()


@transaction.atomic
def close(case: Case, staff: Staff, outcome: str) -> None:
    """Close with an outcome; the assistant speaks again and the citizen is asked to rate.

    Raises NoOutcome, or CaseNotYours when this person does not have the case (any more).
    """
    how = texts.clean(outcome)[:300]
    if not how:
        raise NoOutcome
    now = timezone.now()
    ended = service_levels.closed(case, now)
    if not _held(case, staff).update(
        state=State.CLOSED, outcome=how, closed_at=now, snoozed_until=None, **ended
    ):
        raise CaseNotYours
    ownership.hand_to_bot(case.conversation)
    outbox.queue(case.conversation, notices.please_rate(case))
    audit.note("case.closed", case.number, staff, outcome=how)
    case.refresh_from_db()


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
    case = _ended(conversation, ERASED, among=_still_open())
    if case:
        audit.note("case.ended_by_erasure", case.number, None)
    return case


def close_for_block(conversation: Conversation, staff: Staff) -> None:
    """End the open case of a conversation that is blocked, inside the caller's transaction."""
    case = _ended(conversation, BLOCKED, among=_still_open())
    if case:
        audit.note("case.closed", case.number, staff, outcome=BLOCKED)


def _ended(conversation: Conversation, outcome: str, *, among: QuerySet[Case]) -> Case | None:
    """The case of this conversation among these, now closed, and the assistant speaks again; None without."""
    case = among.filter(conversation=conversation).first()
    if case is None:
        return None
    now = timezone.now()
    closed = {"state": State.CLOSED, "outcome": outcome, "closed_at": now, "snoozed_until": None}
    if not among.filter(pk=case.pk).update(**closed, **service_levels.closed(case, now)):
        return None
    ownership.hand_to_bot(conversation)
    case.refresh_from_db()
    return case


@transaction.atomic
def rate(case_number: str, score: int, conversation: Conversation) -> Rating:
    """Keep how satisfied the citizen of a case was: once, from that conversation, after a person closed it.

    Raises NoSuchScore, NotYourCase or AlreadyRated.
    """
    if score not in notices.SCORES:
        raise NoSuchScore
    closed_by_person = Case.objects.filter(state=State.CLOSED, claimed_by__isnull=False)
    case = closed_by_person.filter(number=case_number, conversation=conversation).first()
    if case is None:
        raise NotYourCase
    try:
        with transaction.atomic():
            rating = Rating.objects.create(case=case, score=score)
    except IntegrityError as problem:
        raise AlreadyRated from problem
    audit.note("case.rated", case.number, None, score=score)
    return rating
