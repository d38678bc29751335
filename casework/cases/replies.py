"""What is said in a case: an official's words go out, and the citizen's are owed an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework import case_priority, drafts, notices, service_levels
from casework.cases.holding import (
    GROUP,
    OUR_CHOICE,
    State,
    changed,
    counted,
    held,
    lease_from,
    locked,
    still_open,
    woken,
)
from casework.cases.unattended import tell_when
from casework.errors import CaseNotYours, EmptyReply
from casework.models import Case
from casework.template_variables import check_filled
from conversations import outbox
from conversations.messages import OutboundMessage, QuotedPart, SentFile
from conversations.models import Conversation, Turn
from nlu import text as texts
from office import audit, live_settings
from office.models import Staff
from office.setting_kinds import WholeNumber

REPLY_LENGTH = 2_000

UNDO_SECONDS = live_settings.declare(
    name="cases.undo_seconds",
    group=GROUP,
    title="Trả lời của cán bộ được giữ lại bao lâu trước khi gửi, để còn hoàn tác",
    kind=WholeNumber(lowest=0, highest=30, unit="giây"),
    default=10,
    source=OUR_CHOICE,
)

#: What a reply changes, and an undo of it gives back (see Case).
SETTLED = (
    *("state", "snoozed_until"),
    *service_levels.NOTHING_OWED,
    *("first_reply_at", "first_reply_minutes", "first_in_time"),
)


@transaction.atomic
def reply(
    case: Case,
    staff: Staff,
    text: str,
    *,
    files: tuple[SentFile, ...] = (),
    quoted: QuotedPart | None = None,
) -> Turn:
    """Queue an official's words to the citizen, in the official's name, and files after them.

    They go out after UNDO_SECONDS (see undoing.py). That the citizen wrote meanwhile is no obstacle. The
    case waits for the citizen then, and this person's draft is done. quoted: stands below the words, or
    alone. Raises EmptyReply without either, UnfilledVariable when one of a template is left, or CaseNotYours
    when this person does not have the case (any more).
    """
    words = words_of_reply(text)
    if not (words or quoted):
        raise EmptyReply
    check_filled(words)
    message = notices.from_official(words, staff, subject=case.number, files=files, quoted=quoted)
    turn = say(case, staff, message)
    drafts.drop(case, staff)
    audit.note("case.replied", case.number, staff, turn=turn.pk, files=len(files))
    return turn


def words_of_reply(text: str) -> str:
    """The words of a reply as they are sent and kept."""
    return texts.clean(text)[:REPLY_LENGTH]


@transaction.atomic
def ask_number(case: Case, staff: Staff) -> Turn:
    """Ask the citizen, in the official's name, for a number to call back. Raises CaseNotYours."""
    turn = say(case, staff, notices.number_asked(case, staff))
    audit.note("case.number_asked", case.number, staff, turn=turn.pk)
    return turn


def say(case: Case, staff: Staff, message: OutboundMessage) -> Turn:
    """Queue what an official says, in the caller's transaction: it settles what was owed and can be undone.

    Raises CaseNotYours.
    """
    now = timezone.now()
    row = locked(case)
    # Changed first: the row stays locked, so that nobody closes the case before the reply is queued.
    if not changed(case, held(row, staff), **_waits(row, now)):
        raise CaseNotYours
    case.refresh_from_db()
    kept = replace(message, detail={**message.detail, "settled": _settled(row)})
    release = message.quoted.release if message.quoted else ""
    turn = outbox.queue(case.conversation, kept, staff=staff, release=release)
    if seconds := UNDO_SECONDS.current():
        outbox.hold_back(turn, until=now + timedelta(seconds=seconds))
    return turn


def _waits(case: Case, now: datetime) -> dict[str, Any]:
    """What the case says once a person has replied: it is the citizen's turn."""
    rests = {"state": State.WAITING, "snoozed_until": None, "lease_until": lease_from(now)}
    return {**rests, **service_levels.replied(case, now)}


def _settled(case: Case) -> dict[str, Any]:
    """As they stood before the reply; moments in ISO 8601."""
    values = ((name, getattr(case, name)) for name in SETTLED)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}


@transaction.atomic
def citizen_wrote(conversation: Conversation, *, at: datetime) -> bool:
    """An answer is owed again, counted from the first unanswered message; what slept or waited is awake.

    Always counted as a change of the case: nobody is to close it over words not seen. Whose official is not
    there is told by when to expect an answer (unattended.tell_when), once a term. at: when the message
    was recorded, aware. False when no case is open here, or it was owed already.
    """
    case = still_open().select_for_update(no_key=True).filter(conversation=conversation).first()
    if case is None:
        return False
    case_priority.raise_if_urgent(case)
    awake = woken(case)
    if case.owed_since and not awake:
        counted(case)
        return False
    if case.owed_since:
        return changed(case, Case.objects.all(), **awake)
    changed(case, Case.objects.all(), **awake, **service_levels.owed(case, at))
    tell_when(case, at)
    return True
