"""What each messenger takes, as data; the sources of the numbers stand in docs/developers/dialogue.md."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from bot.channels.pace import Pace, Paces
from bot.channels.plain import utf16_units

UNLIMITED = sys.maxsize


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one message of a messenger may hold.

    text: its length as `size` counts it. buttons: how many; in_row: how many beside each other.
    label: characters that a phone shows on one button as wide as the chat. payload: bytes a button carries.
    opens: whether a button may open this address.
    """

    text: int
    buttons: int
    in_row: int
    label: int
    payload: int
    opens: Callable[[str], bool]
    size: Callable[[str], int] = utf16_units


def is_public(url: str) -> bool:
    """An address of the web that is no machine's own: Telegram refuses tel: and hosts without a dot."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def is_public_or_a_call(url: str) -> bool:
    return url.startswith("tel:") or is_public(url)


#: Text and payload: core.telegram.org/bots/api; rows and labels: what its apps show on a phone.
TELEGRAM = Limits(text=4096, buttons=100, in_row=8, label=40, payload=64, opens=is_public)
#: Official Account, consultation message: text 2,000, 5 buttons, title 100, payload of a query 1,000.
ZALO = Limits(text=2000, buttons=5, in_row=1, label=100, payload=1000, opens=is_public_or_a_call)
#: Our own page: it wraps what is long and shows every button.
WEBCHAT = Limits(
    text=UNLIMITED,
    buttons=UNLIMITED,
    in_row=UNLIMITED,
    label=UNLIMITED,
    payload=UNLIMITED,
    opens=lambda _: True,
)
#: No buttons: every choice is a line with its number.
TERMINAL = replace(WEBCHAT, buttons=0, opens=lambda _: False)

#: How fast a service takes messages, by the name of its channel; who is not named has no limit.
#: Telegram: about 30 a second in all, one a second into a chat, short bursts allowed
#: (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): 25 and 5 are 30 in the worst
#: second. Zalo: 4,000 requests a minute of an app (error -32): 3,600 and 200 leave room for its other calls.
#: With calls of 300 ms eight at once carry what Telegram takes; sixteen, a good part of what Zalo does.
PACES = {
    "telegram": Paces(
        account=Pace(every=timedelta(seconds=1) / 25, burst=5),
        chat=Pace(every=timedelta(seconds=1), burst=3),
        at_once=8,
    ),
    "zalo": Paces(account=Pace(every=timedelta(minutes=1) / 3600, burst=200), at_once=16),
}


def paces_of(channel: str) -> Paces:
    return PACES.get(channel, Paces())
