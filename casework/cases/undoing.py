"""What an official said is taken back before it goes out: nobody read it; the words are a draft again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from casework import drafts
from casework.cases.holding import State, changed, held
from casework.cases.replies import SETTLED
from casework.errors import CaseNotYours, TooLateToUndo
from casework.models import Case, Draft
from conversations import outbox
from conversations.models import Turn
from office import audit
from office.models import Staff


def undoable(case: Case, staff: Staff, *, now: datetime) -> QuerySet[Turn]:
    """This person's replies in this case that have not begun to go out."""
    return outbox.held_back(now).filter(conversation=case.conversation_id, staff=staff)


@transaction.atomic
def undo(case: Case, staff: Staff, turn_id: int) -> Draft:
    """Take a reply back; its words, quotation and files are this person's draft, before what is there since.

    Raises as `take_back`.
    """
    turn = take_back(case, staff, turn_id)
    audit.note("case.reply_undone", case.number, staff, turn=turn_id)
    return drafts.put_back(case, staff, turn)


def take_back(case: Case, staff: Staff, turn_id: int) -> Turn:
    """Take back what this person said, in the caller's transaction; what it had settled is owed again.

    Raises TooLateToUndo once it is on its way, CaseNotYours when this person does not have the case.
    """
    turn = undoable(case, staff, now=timezone.now()).filter(pk=turn_id).first()
    if turn is None:
        raise TooLateToUndo
    if not changed(case, held(case, staff), **_owed_again(case, turn)):
        raise CaseNotYours
    if not outbox.take_back(turn, now=timezone.now()):
        raise TooLateToUndo
    case.refresh_from_db()
    return turn


def _owed_again(case: Case, turn: Turn) -> dict[str, Any]:
    """What was owed before the reply; nothing, where a later reply has settled it."""
    before = turn.payload["detail"].get("settled", {})
    later = Turn.objects.filter(conversation=case.conversation_id, staff__isnull=False, pk__gt=turn.pk)
    if later.exists() or not before.get("owed_since"):
        return {}
    return {"state": State.CLAIMED, **{name: _value(before[name]) for name in SETTLED}}


def _value(kept: Any) -> Any:
    return parse_datetime(kept) if isinstance(kept, str) else kept
