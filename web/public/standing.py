"""How a conversation stands: who speaks next, and whether an answer is on its way."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from casework.cases import position_in_queue
from casework.models import Case
from conversations import inbox
from conversations.models import Conversation, Turn
from web.public import words
from web.public.transcript import staff_label

Owner = Conversation.Owner


@dataclass(frozen=True, kw_only=True)
class Standing:
    """owner: bot, queue or staff. line: what the citizen is told about it, "" for nothing.

    answering: the assistant is working on something the citizen said.
    may_leave: the citizen may leave the queue and go on with the assistant.
    """

    owner: str = Owner.BOT
    line: str = ""
    answering: bool = False
    may_leave: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def standing_of(conversation: Conversation | None) -> Standing:
    if conversation is None:
        return Standing()
    return Standing(
        owner=str(conversation.owner),
        line=_line(conversation),
        answering=_answering(conversation),
        may_leave=conversation.owner == Owner.QUEUE,
    )


def _answering(conversation: Conversation) -> bool:
    return Turn.objects.filter(
        conversation=conversation, direction=Turn.Direction.IN, status__in=inbox.OPEN
    ).exists()


def _line(conversation: Conversation) -> str:
    if conversation.owner == Owner.STAFF:
        return words.WITH_STAFF.format(label=staff_label(conversation.owner_staff))
    if conversation.owner == Owner.QUEUE:
        return f"{_waiting(conversation)} {words.WAITING_MORE}"
    return ""


def _waiting(conversation: Conversation) -> str:
    case = Case.objects.filter(conversation=conversation, state=Case.State.QUEUED).first()
    return words.WAITING_AT.format(position=position_in_queue(case)) if case else words.WAITING
