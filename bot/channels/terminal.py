"""The terminal as a channel: what `motcua chat` shows."""

from __future__ import annotations

from dataclasses import dataclass

import click

from bot.channels import Delivered, DeliveryProblem, plain
from bot.channels.limits import TERMINAL
from bot.channels.rendering import message_of, render
from conversations.models import Turn


@dataclass(frozen=True, kw_only=True)
class TerminalChannel:
    """Prints replies; a choice is taken by typing its number."""

    account: str
    name: str = "terminal"

    def deliver(self, turn: Turn) -> Delivered:
        click.echo(f"\n{shown(turn)}\n")
        return Delivered()

    def fetch(self, reference: str) -> bytes:
        raise DeliveryProblem(f"a terminal has no picture {reference!r}", permanent=True)


def shown(turn: Turn) -> str:
    """The label, the words, the source on one line, and the numbered choices."""
    (bubble,) = render(message_of(turn), who=f"{plain.label(turn)}:", limits=TERMINAL)
    who, _, words = bubble.text.partition("\n")
    return f"{click.style(who, bold=True)}\n{words}"
