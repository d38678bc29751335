"""For tests: start the emulator and act as a citizen, over real HTTP."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from emulators.client import Json, Running
from emulators.loopback import served, wait_until
from emulators.telegram.server import application
from emulators.telegram.world import World

TOKEN = "7000000001:AAEmulated-token_for_tests_only_00000"  # noqa: S105 -- opens nothing but the emulator


@dataclass(frozen=True, kw_only=True)
class Emulator(Running):
    """A running emulator, wherever it runs."""

    token: str = TOKEN

    def settings(self) -> dict[str, str]:
        """What an operator sets to reach it."""
        return {
            "MOTCUA_TELEGRAM_TOKEN": self.token,
            "MOTCUA_TELEGRAM_DECISION": "12/QĐ-UBND",
            "MOTCUA_TELEGRAM_BASE_URL": self.url,
        }

    def citizen(self, chat: int, name: str = "Chị Lan") -> Citizen:
        return Citizen(emulator=self, chat=chat, name=name)

    def limits(self, *, overall: float = 0, per_chat: float = 0, burst: float = 3) -> None:
        """Refuse more messages a second than these with 429, as the real server does; 0: no limit."""
        self.post("limits", {"overall": overall, "per_chat": per_chat, "burst": burst})

    def calls_webhooks(self, **settings: float) -> None:
        """scale: of the waits before an update is sent again; deadline: seconds an answer may take."""
        self.post("webhook", settings)

    def settles(self, *, within: float = 20.0) -> list[Json]:
        """Wait until no update is under way to a webhook; then tell each try: update_id, status, seconds."""
        self.wait_until_idle(within=within)
        return list(self.state()["attempts"])

    def repeat(self, update_id: int) -> None:
        self.post("updates", {"act": "repeat", "update_id": update_id})

    def count_on_from(self, update_id: int) -> None:
        self.post("reset", {"next_update_id": update_id})

    def sent(self, chat: int | None = None) -> list[Json]:
        return list(self.get("sent", **({} if chat is None else {"chat": chat})))


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """One person in one chat with the bot."""

    emulator: Emulator
    chat: int
    name: str

    def does(self, act: str, **details: Any) -> list[int]:
        """One act of emulators/telegram/acts.py; returns the ids of its updates."""
        order = {"act": act, "chat": self.chat, "name": self.name, **details}
        return [int(number) for number in self.emulator.post("updates", order)["update_ids"]]

    def says(self, text: str) -> int:
        """The number of its update; 0 while a fault holds it back from a bot that polls."""
        return next(iter(self.does("text", text=text)), 0)

    def taps(self, label: str) -> int:
        return next(iter(self.does("tap", label=label)), 0)

    def sends_photo(self, content: bytes | None = None, caption: str = "") -> int:
        picture = {"content": base64.b64encode(content).decode()} if content else {}
        return self.does("photo", caption=caption, **picture)[0]

    def heard(self) -> list[Json]:
        """What the bot has sent to this chat, oldest first."""
        return self.emulator.sent(self.chat)

    def hears(self, count: int, *, within: float = 20.0) -> list[Json]:
        """Wait until the bot has sent at least `count` messages to this chat."""
        wait_until(lambda: len(self.heard()) >= count, within=within, what=f"{count} messages to {self.name}")
        return self.heard()


@contextmanager
def running(token: str = TOKEN) -> Iterator[Emulator]:
    """An emulator on a free loopback port, in a thread of this process."""
    with served(application(World(token=token)), name="telegram") as url:
        emulator = Emulator(url=url, token=token)
        try:
            yield emulator
        finally:
            emulator.post("close")
