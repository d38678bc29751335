"""The terminal as a channel: what `motcua chat` shows."""

from __future__ import annotations

from dataclasses import dataclass

import click

from bot.channels import Delivered, DeliveryProblem, plain
from conversations.models import Turn


@dataclass(frozen=True, kw_only=True)
class TerminalChannel:
    """Prints replies; a choice is taken by typing its number in brackets."""

    account: str
    name: str = "terminal"

    def deliver(self, turn: Turn) -> Delivered:
        click.echo(f"\n{render(turn)}\n")
        return Delivered()

    def fetch(self, reference: str) -> bytes:
        raise DeliveryProblem(f"a terminal has no picture {reference!r}", permanent=True)


def render(turn: Turn) -> str:
    """The label, the words, the source on one line, and the numbered choices."""
    lines = [click.style(f"{plain.label(turn)}:", bold=True), turn.text]
    source = plain.source_line(turn.payload["citation"])
    if source:
        lines.append(click.style(source, dim=True))
    for number, choice in enumerate(plain.choices_of(turn), start=1):
        lines.append(f"  [{number}] {choice['label']}" + (f" ({choice['url']})" if choice["url"] else ""))
    return "\n".join(lines)
