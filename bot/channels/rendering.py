"""One reply as the messages of a messenger: pure, within its limits, with no word and no choice lost.

What cannot be a button is a line of text: a link with its address, a choice with the number that chooses it.
A number is the place of a choice among those of its reply that can be chosen, the same on every channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from django.utils.translation import gettext as _

from bot.channels import plain
from bot.channels.limits import Limits
from bot.labels import short_labels
from conversations import outbox
from conversations.messages import Choice, OutboundMessage
from conversations.models import Turn


@dataclass(frozen=True, kw_only=True)
class Option:
    """A choice with the number that chooses it; 0 for a link, which nothing chooses."""

    number: int
    choice: Choice

    @property
    def line(self) -> str:
        """As a line of text, in full."""
        choice = self.choice
        if choice.url:
            return f"{choice.label}: {choice.url.removeprefix('tel:')}"
        about = f" – {choice.about}" if choice.about else ""
        return f"{self.number}. {choice.label}{about}"


@dataclass(frozen=True, kw_only=True)
class Button:
    """What is tapped: it sends `payload` back, or opens `url`; one of the two."""

    label: str
    payload: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One message of a messenger: its text, and rows of buttons below it."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()


def options(choices: Iterable[Choice]) -> tuple[Option, ...]:
    """The choices with their numbers."""
    numbers = count(1)
    return tuple(Option(number=next(numbers) if c.payload else 0, choice=c) for c in choices)


def message_of(turn: Turn) -> OutboundMessage:
    """An outbound turn with addresses that work outside our site; links that would not are left out."""
    said = outbox.message_of(turn)
    whole = [replace(c, url=plain.address(c.url)) if c.url else c for c in said.choices if _leads_on(c)]
    return replace(said, choices=tuple(whole))


def _leads_on(choice: Choice) -> bool:
    return bool(choice.payload or plain.address(choice.url))


def render(message: OutboundMessage, *, who: str, limits: Limits) -> tuple[Bubble, ...]:
    """The messages to send, in order; the buttons stand below the last. who: the line above the words."""
    offered = options(message.choices)
    pressed = _pressed(offered, limits)
    listed = _listed(message, offered, pressed, limits)
    heading = f"{message.heading}\n" if message.heading else ""
    entries = [option.line for option in listed] if message.asks else []
    below = [] if message.asks else _below(listed)
    links = [option.line for option in offered if option.choice.url and option not in pressed]
    blocks = [
        "\n".join([who, heading + message.text, *entries]),
        plain.source_line(message.citation),
        "\n".join([*links, *below]),
    ]
    texts = _joined([block for block in blocks if block.strip()], limits)
    rows = _rows(_buttons(message, pressed, listed, limits), limits)
    return (*(Bubble(text=text) for text in texts[:-1]), Bubble(text=texts[-1], rows=rows))


def _pressed(offered: Sequence[Option], limits: Limits) -> tuple[Option, ...]:
    """The first so many that may be buttons there."""
    may_be = [
        option
        for option in offered
        if (limits.opens(option.choice.url) if option.choice.url else _carries(option, limits))
    ]
    return tuple(may_be[: limits.buttons])


def _carries(option: Option, limits: Limits) -> bool:
    return len(option.choice.payload.encode()) <= limits.payload


def _listed(
    message: OutboundMessage, offered: Sequence[Option], pressed: Sequence[Option], limits: Limits
) -> tuple[Option, ...]:
    """The choices whose words stand in the text, as no button holds them; a question lists all or none."""
    chosen = [option for option in offered if option.number]
    apart = [option for option in chosen if option not in pressed or not _is_read(option, message, limits)]
    return tuple(chosen if message.asks and apart else apart)


def _is_read(option: Option, message: OutboundMessage, limits: Limits) -> bool:
    label = _label(option, numbered=message.asks)
    return len(label) <= limits.label and not option.choice.about


def _label(option: Option, *, numbered: bool) -> str:
    return f"{option.number}. {option.choice.label}" if numbered and option.number else option.choice.label


def _below(listed: Sequence[Option]) -> list[str]:
    return [_("Gõ số để chọn:"), *(option.line for option in listed)] if listed else []


def _joined(blocks: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """The blocks in as few messages as hold them; one is cut only where no message holds it whole."""
    texts: list[str] = []
    for block in blocks:
        together = f"{texts[-1]}\n\n{block}" if texts else block
        if texts and limits.size(together) <= limits.text:
            texts[-1] = together
        else:
            texts.extend(plain.pieces(block, limit=limits.text, size=limits.size))
    return tuple(texts)


def _buttons(
    message: OutboundMessage, pressed: Sequence[Option], listed: Sequence[Option], limits: Limits
) -> tuple[Button, ...]:
    """A listed choice needs only its number where buttons stand side by side."""
    if message.asks and listed and limits.in_row > 1:
        labels = [str(option.number) if option.number else option.choice.label for option in pressed]
    else:
        labels = [_label(option, numbered=message.asks or option in listed) for option in pressed]
    shown = short_labels(labels, longest=limits.label)
    return tuple(
        Button(label=label, payload=option.choice.payload, url=option.choice.url)
        for label, option in zip(shown, pressed, strict=True)
    )


def _rows(buttons: Sequence[Button], limits: Limits) -> tuple[tuple[Button, ...], ...]:
    """Side by side as long as each is still read whole: a row shares out the width of one label."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        wider = (*rows[-1], button) if rows else ()
        widest = max((len(one.label) for one in wider), default=0)
        if wider and len(wider) <= limits.in_row and len(wider) * widest <= limits.label:
            rows[-1] = wider
        else:
            rows.append((button,))
    return tuple(rows)
