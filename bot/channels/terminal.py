"""The terminal as a channel: what `motcua chat` shows."""

from __future__ import annotations

from dataclasses import dataclass

import click

from bot.channels import Delivered, DeliveryProblem
from conversations.messages import Author
from conversations.models import Turn

LABELS = {Author.ASSISTANT: "Trợ lý ảo", Author.OFFICIAL: "Cán bộ"}


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
    lines = [click.style(f"{LABELS[Author(turn.author)]}:", bold=True), turn.text]
    citation = turn.payload["citation"]
    if citation:
        parts = (
            citation["code"],
            citation["decision"],
            citation["updated"],
            citation["note"],
            citation["url"],
        )
        lines.append(click.style("Nguồn: " + " · ".join(p for p in parts if p), dim=True))
    for number, choice in enumerate(turn.payload["choices"], start=1):
        lines.append(f"  [{number}] {choice['label']}" + (f" ({choice['url']})" if choice["url"] else ""))
    return "\n".join(lines)
