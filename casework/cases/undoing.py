"""What an official said is taken back before it goes out: nobody read it; the words are a draft again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from casework import drafts
from casework.cases.holding import State, changed, held, locked
from casework.cases.replies import SETTLED
from casework.errors import CaseNotYours, TooLateToUndo
from casework.models import Case, Draft
from conversations import outbox
from conversations.messages import Author
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
    """Take back what this person said, in the caller's transaction; the case is as it was before.

    Raises TooLateToUndo once it is on its way, CaseNotYours when this person does not have the case.
    """
    turn = undoable(case, staff, now=timezone.now()).filter(pk=turn_id).first()
    if turn is None:
        raise TooLateToUndo
    row = locked(case)
    if not changed(case, held(row, staff), **_as_before(row, turn)):
        raise CaseNotYours
    if not outbox.take_back(turn, now=timezone.now()):
        raise TooLateToUndo
    case.refresh_from_db()
    return turn


def _as_before(case: Case, turn: Turn) -> dict[str, Any]:
    """How the case stood before this reply; nothing, where a later reply stays."""
    settled = turn.payload["detail"].get("settled", {})
    before = {name: settled[name] for name in SETTLED if name in settled}
    later = case.conversation.turns.filter(author=Author.OFFICIAL, pk__gt=turn.pk)
    if (following := later.order_by("pk").first()) is not None:
        _pass_on(following, before)
        return {}
    restored = {name: _value(name, kept) for name, kept in before.items()}
    if case.owed_since is None:
        return restored
    # The citizen wrote since: awake, and owed an answer since the first words without one.
    return {**restored, "state": State.CLAIMED, "snoozed_until": None} if before.get("owed_since") else {}


def _pass_on(following: Turn, before: dict[str, Any]) -> None:
    """Whoever takes the next reply back, too, finds the case as it was before both."""
    detail = {**following.payload["detail"], "settled": before}
    outbox.held_back(timezone.now()).filter(pk=following.pk).update(
        payload={**following.payload, "detail": detail}
    )


def _value(name: str, kept: Any) -> Any:
    return parse_datetime(kept) if isinstance(kept, str) and name != "state" else kept
