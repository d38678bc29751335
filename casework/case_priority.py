"""What is urgent among cases: heard in what the citizen wrote, or said by an official with a reason."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casework.errors import CaseMovedOn, NoReasonGiven
from casework.models import Case
from casework.service_levels import NOTHING_OWED, Running, ServiceLevels, service_levels
from conversations.changes import DESK, conversation_topic, publish
from conversations.models import Conversation, Turn
from nlu import guards
from nlu import text as texts
from nlu.categories import is_urgent
from nlu.guards import GuardKind
from office import audit
from office.models import Staff

Priority = Case.Priority

#: What was said of danger longer ago, or before so many other messages, is another matter by now.
HEARD_FOR = timedelta(hours=1)
HEARD_AMONG = 5
#: The guards that speak of a life in danger. Of despair only the fact is kept (Turn.redacted).
OF_LIFE = (GuardKind.EMERGENCY, GuardKind.SELF_HARM)


def heard_in(conversation: Conversation, *, among: int = HEARD_AMONG) -> str:
    """The priority of a case that is opened now, by the citizen's latest messages."""
    since = timezone.now() - HEARD_FOR
    written = conversation.turns.filter(direction=Turn.Direction.IN, created_at__gte=since)
    lately = written.order_by("-id").values_list("text", "redacted")[:among]
    return Priority.URGENT if any(_speaks_of_danger(*one) for one in lately) else Priority.NORMAL


def _speaks_of_danger(text: str, redacted: str) -> bool:
    if redacted:
        return redacted in OF_LIFE
    found = guards.look(text)
    return is_urgent(text) or (found is not None and found.kind in OF_LIFE)


def raise_if_urgent(case: Case) -> bool:
    """Make an open case urgent whose citizen's last message speaks of danger; whether it was made so now."""
    if case.priority == Priority.URGENT or heard_in(case.conversation, among=1) != Priority.URGENT:
        return False
    return _put(case, Priority.URGENT, by=None, reason="")


def set_priority(case: Case, staff: Staff, priority: str, *, reason: str) -> None:
    """Say how urgent an open case is; what is owed is due by the level of the new priority.

    priority: a value of Case.Priority. Raises NoReasonGiven, or CaseMovedOn when the case was closed, replied
    to or given another priority since it was read.
    """
    why = texts.clean(reason)[:300]
    if not why:
        raise NoReasonGiven
    if not _put(case, Priority(priority), by=staff, reason=why):
        raise CaseMovedOn


@transaction.atomic
def _put(case: Case, priority: str, *, by: Staff | None, reason: str) -> bool:
    as_read = {
        "priority": case.priority,
        "owed_since": case.owed_since,
        "first_reply_at": case.first_reply_at,
    }
    case.priority = priority
    moved = _moved(case, service_levels())
    still_so = Case.objects.filter(pk=case.pk, **as_read).exclude(state=Case.State.CLOSED)
    if not still_so.update(priority=priority, priority_reason=reason, **moved):
        case.refresh_from_db()
        return False
    audit.note("case.priority", case.number, by, to=priority)
    publish(conversation_topic(case.conversation.public_id), DESK)
    case.refresh_from_db()
    return True


def _moved(case: Case, levels: ServiceLevels) -> Running:
    if case.owed_since is None:
        return NOTHING_OWED
    return levels.ends(case, case.owed_since, step=case.escalation_step)
