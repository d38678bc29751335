"""`motcua chat`: the assistant in the terminal, through the same rows as every other channel."""

from __future__ import annotations

import threading
from getpass import getuser
from uuid import uuid4

import click
from django.conf import settings
from django.utils import timezone

from bot.channels.rendering import message_of, options
from bot.channels.terminal import TerminalChannel
from bot.intake import receive
from conversations import inbox, outbox
from conversations.messages import Address, InboundMessage, MessageKind
from conversations.models import Turn
from motcua.assistant import Assistant, open_assistant
from motcua.setup import prepare

#: Seconds to wait for a reply before the prompt comes back; the reply is still shown when it arrives.
PATIENCE = 20.0


@click.command()
@click.argument("message", nargs=-1)
def chat(message: tuple[str, ...]) -> None:
    """Trò chuyện ngay trong cửa sổ lệnh. Có MESSAGE: hỏi một câu, in trả lời rồi thôi."""
    prepare()
    channel = TerminalChannel(account="local")
    address = Address(channel=channel.name, account=channel.account, chat=f"{getuser()}-{uuid4().hex[:8]}")
    with open_assistant(settings.MOTCUA_HOME, channels=[channel]) as assistant:
        if message:
            _ask(" ".join(message), address, assistant)
            return
        click.echo("Gõ câu hỏi rồi Enter; gõ số để chọn; Ctrl-D để thoát.")
        _converse(address, assistant)


def _converse(address: Address, assistant: Assistant) -> None:
    while True:
        try:
            text = click.prompt(">", prompt_suffix=" ", default="", show_default=False)
        except click.Abort:
            return
        _ask(text, address, assistant)


def _ask(text: str, address: Address, assistant: Assistant) -> None:
    turn = receive(
        InboundMessage(
            address=address,
            event_id=uuid4().hex,
            kind=MessageKind.TEXT,
            text=text,
            choice=_choice(text, address),
            sent_at=timezone.now(),
        )
    )
    _wait_for_reply(turn, assistant.stop)


def _choice(text: str, address: Address) -> str:
    """The payload of the choice with this number in the last reply: here, to type it is to tap it."""
    last = Turn.objects.filter(conversation__chat=address.chat, direction=Turn.Direction.OUT).last()
    number = text.strip().strip("[]")
    if last is None or not number.isdecimal():
        return ""
    offered = (option for option in options(message_of(last).choices) if option.number == int(number))
    return next((option.choice.payload for option in offered), "")


def _wait_for_reply(turn: Turn, stop: threading.Event) -> None:
    for _ in range(int(PATIENCE / 0.05)):
        if _is_settled(turn) or stop.wait(0.05):
            return


def _is_settled(turn: Turn) -> bool:
    """Nobody has the turn in hand any more, and what was said to it is out."""
    in_hand = Turn.objects.filter(pk=turn.pk, status__in=inbox.OPEN)
    return not in_hand.exists() and not turn.replies.filter(status__in=outbox.OPEN).exists()
