"""The far end of each messenger, alike for all: what citizens say there, and what reached them.

It is the emulator's own log that tells what reached whom: nothing of the product's is asked.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from emulators.client import Running
from emulators.telegram import client as telegram
from emulators.zalo import client as zalo

PUBLIC = "https://motcua.example.vn"


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One message of ours that stands in a citizen's chat."""

    chat: str
    text: str


class FarEnd(Protocol):
    """A messenger's own side.

    receives, sends: the calls by which messages come in and replies go out. more_faults: of its replies,
    which others do not know.
    """

    receives: str
    sends: str
    more_faults: tuple[str, ...]

    @property
    def emulator(self) -> Running: ...

    def settings(self) -> dict[str, str]:
        """What an operator sets to reach it."""

    def begin(self, office: str) -> None:
        """The office answers at this address."""

    def says(self, chat: int, text: str) -> None: ...

    def reached(self) -> list[Reached]:
        """Everything that reached citizens, oldest first."""

    def webhook_seconds(self) -> list[float]:
        """How long each answer of our webhook took, oldest first; [] where there is none."""


@dataclass(frozen=True, kw_only=True)
class Telegram:
    """Updates are fetched by long polling."""

    emulator: telegram.Emulator
    receives: str = "getUpdates"
    sends: str = "sendMessage"
    more_faults: tuple[str, ...] = ()

    def settings(self) -> dict[str, str]:
        return self.emulator.settings()

    def begin(self, office: str) -> None:
        """Nothing: the office asks by itself."""

    def says(self, chat: int, text: str) -> None:
        self.emulator.citizen(chat).says(text)

    def webhook_seconds(self) -> list[float]:
        return [float(each["seconds"]) for each in self.emulator.state()["attempts"] if each["status"]]

    def reached(self) -> list[Reached]:
        sent = self.emulator.sent()
        return [Reached(chat=str(message["chat"]["id"]), text=message["text"]) for message in sent]


@dataclass(frozen=True, kw_only=True)
class TelegramWebhook(Telegram):
    """Updates are sent to a webhook, each again until it is taken."""

    receives: str = "updates"

    def settings(self) -> dict[str, str]:
        return {
            **super().settings(),
            "MOTCUA_TELEGRAM_WEBHOOK": f"{PUBLIC}/webhooks/telegram",
            "MOTCUA_TELEGRAM_SECRET": "s" * 48,
        }

    def begin(self, office: str) -> None:
        """Repetitions come ten times sooner than Telegram's."""
        self.emulator.leads(PUBLIC, to=office)
        self.emulator.calls_webhooks(scale=0.1, deadline=10)


@dataclass(frozen=True, kw_only=True)
class Zalo:
    """Events are sent to a webhook; one that fails is sent again, behind those that came after it."""

    emulator: zalo.Emulator
    receives: str = "updates"
    sends: str = "message/cs"
    more_faults: tuple[str, ...] = ("expired_token",)

    def settings(self) -> dict[str, str]:
        return self.emulator.settings()

    def begin(self, office: str) -> None:
        """Retries come a hundred times sooner than Zalo's."""
        self.emulator.sends_to(f"{office}/webhooks/zalo", scale=0.01)

    def says(self, chat: int, text: str) -> None:
        self.emulator.citizen(str(chat)).says(text)

    def webhook_seconds(self) -> list[float]:
        took = (seconds for delivery in self.emulator.deliveries() for seconds in delivery["seconds"])
        return [float(seconds) for seconds in took if seconds is not None]

    def reached(self) -> list[Reached]:
        ours = (message for message in self.emulator.chat() if message["src"] == 0)
        return [Reached(chat=message["user"], text=message.get("text", "")) for message in ours]


CHANNELS = ("telegram", "telegram-webhook", "zalo")


@contextmanager
def opened(name: str) -> Iterator[FarEnd]:
    """The far end of one of CHANNELS, emulated in a thread of this process."""
    if name == "zalo":
        with zalo.running() as account:
            yield Zalo(emulator=account)
    else:
        with telegram.running() as bot:
            # The copied home may know the numbers of an earlier run.
            bot.count_on_from(secrets.randbelow(2**30) + 2**30)
            yield Telegram(emulator=bot) if name == "telegram" else TelegramWebhook(emulator=bot)
