"""The channel of the practice room: its other end is an invented citizen, who answers from a script."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from bot.channels import Delivered, DeliveryProblem
from casework import practice
from casework.practice.situations import Line, next_line, situation_at
from conversations.messages import Address, Author, InboundMessage, MessageKind
from conversations.models import Conversation, Turn
from office.connections import give_back

log = structlog.get_logger(__name__)

#: Calls an act after so many seconds, or sooner or never: nobody waits for an invented citizen.
Later = Callable[[float, Callable[[], None]], None]


def in_a_while(seconds: float, act: Callable[[], None]) -> None:
    """On a thread of its own. Who stops the process meanwhile finds a citizen who stays silent."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


@dataclass(frozen=True, kw_only=True)
class PracticeChannel:
    """receive: takes in what a citizen says, as from any channel."""

    receive: Callable[[InboundMessage], Any]
    later: Later = in_a_while
    name: str = practice.CHANNEL
    account: str = practice.ACCOUNT

    def deliver(self, turn: Turn) -> Delivered:
        """Let the citizen read it. To an official he answers; what the assistant says he takes as said."""
        if turn.author == Author.OFFICIAL:
            self._consider(turn)
        return Delivered(external_id=str(turn.pk))

    def fetch(self, reference: str) -> bytes:
        raise DeliveryProblem(f"an invented citizen sends no picture {reference!r}", permanent=True)

    def _consider(self, heard: Turn) -> None:
        conversation = heard.conversation
        line = next_line(situation_at(conversation.chat), said=_said_in(conversation), heard=heard.text)
        if line:
            self.later(line.after, lambda: self._answer(heard, line))

    def _answer(self, heard: Turn, line: Line) -> None:
        try:
            self._say(heard, line)
        except Exception:  # nobody is told in this thread; the citizen stays silent
            log.exception("practice_failed", turn=heard.pk)
        finally:
            give_back()

    @transaction.atomic
    def _say(self, heard: Turn, line: Line) -> None:
        """Only to a person: the assistant must not start real work for somebody invented."""
        same = Conversation.objects.select_for_update(no_key=True).filter(pk=heard.conversation_id)
        conversation = same.filter(owner=Conversation.Owner.STAFF).first()
        if conversation:
            self.receive(_message(conversation, event_id=f"after-{heard.pk}", text=line.says))


def _said_in(conversation: Conversation) -> frozenset[str]:
    said = conversation.turns.filter(direction=Turn.Direction.IN)
    return frozenset(said.values_list("text", flat=True))


def _message(conversation: Conversation, *, event_id: str, text: str) -> InboundMessage:
    at = Address(channel=conversation.channel, account=conversation.account, chat=conversation.chat)
    return InboundMessage(
        address=at, event_id=event_id, kind=MessageKind.TEXT, sent_at=timezone.now(), text=text
    )
