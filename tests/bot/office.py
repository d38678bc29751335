"""An assistant at work for the tests: rows, a small real release, and channels that only remember."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from bot.channels import Delivered, DeliveryProblem
from bot.intake import receive
from bot.responder import Responder
from bot.workers import answer_next
from conversations.messages import Address, InboundMessage, MessageKind
from conversations.models import Conversation, Turn

BIRTH, MARRIAGE, RESIDENCE, CERTIFIED_COPY = "1.001193", "1.000894", "1.004222", "2.000815"
CODES = (BIRTH, MARRIAGE, RESIDENCE, CERTIFIED_COPY)


def address(chat: str = "citizen-1", channel: str = "webchat") -> Address:
    return Address(channel=channel, account="main", chat=chat)


def message(
    text: str = "", *, chat: str = "citizen-1", channel: str = "webchat", **more: object
) -> InboundMessage:
    values = {
        "address": address(chat, channel),
        "event_id": uuid4().hex,
        "kind": MessageKind.TEXT,
        "sent_at": timezone.now(),
        **more,
    }
    return InboundMessage(text=text, **values)  # type: ignore[arg-type]


@dataclass(kw_only=True)
class RecordingChannel:
    """A channel that keeps what it was given; `problems` happen first, `pictures` is what it can fetch."""

    name: str = "webchat"
    account: str = "main"
    sent: list[Turn] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def deliver(self, turn: Turn) -> Delivered:
        if self.problems:
            raise self.problems.pop(0)
        self.sent.append(turn)
        return Delivered(external_id=f"x{len(self.sent)}")

    def fetch(self, reference: str) -> bytes:
        if reference not in self.pictures:
            raise DeliveryProblem(f"no picture {reference}", permanent=True)
        return self.pictures[reference]


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One citizen who talks with the assistant, turn by turn, without threads."""

    responder: Responder
    chat: str = "citizen-1"
    channel: str = "webchat"

    def say(self, text: str = "", **more: object) -> Sequence[Turn]:
        """Send a message, let it be answered, and give the replies."""
        turn = self.send(text, **more)
        self.let_answer()
        return replies_to(turn)

    def tap(self, payload: str, label: str = "nút") -> Sequence[Turn]:
        return self.say(label, choice=payload, kind=MessageKind.CHOICE)

    def send(self, text: str = "", **more: object) -> Turn:
        return receive(message(text, chat=self.chat, channel=self.channel, **more))

    def let_answer(self) -> None:
        while answer_next(self.responder):
            pass

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.get(channel=self.channel, chat=self.chat)


def replies_to(turn: Turn) -> Sequence[Turn]:
    return list(Turn.objects.filter(in_reply_to=turn).order_by("id"))


def move_of(turn: Turn) -> str:
    return str(turn.payload["detail"]["move"])


def make_due() -> None:
    """As if the wait before the next attempt were over."""
    Turn.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(seconds=1))
