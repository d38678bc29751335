"""For tests: start the emulator and act as a citizen, over real HTTP."""

from __future__ import annotations

import base64
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from emulators.telegram.server import application
from emulators.telegram.world import World

TOKEN = "7000000001:AAEmulated-token_for_tests_only_00000"  # noqa: S105 -- opens nothing but the emulator
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Emulator:
    """A running emulator, wherever it runs."""

    url: str
    token: str = TOKEN

    def citizen(self, chat: int, name: str = "Chị Lan") -> Citizen:
        return Citizen(emulator=self, chat=chat, name=name)

    def post(self, path: str, order: Json | None = None) -> Json:
        """A control request. Raises httpx.HTTPStatusError with the emulator's words when it is refused."""
        answer = httpx.post(f"{self.url}/control/{path}", json=order or {}, timeout=10)
        if answer.is_error:
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return dict(answer.json())

    def fault(self, method: str, kind: str, **details: Any) -> None:
        self.post("faults", {"method": method, "kind": kind, **details})

    def repeat(self, update_id: int) -> None:
        self.post("updates", {"act": "repeat", "update_id": update_id})

    def count_on_from(self, update_id: int) -> None:
        self.post("reset", {"next_update_id": update_id})

    def reset(self) -> None:
        self.post("reset")

    def sent(self, chat: int | None = None) -> list[Json]:
        query = {} if chat is None else {"chat": chat}
        return list(httpx.get(f"{self.url}/control/sent", params=query, timeout=10).json())

    def state(self) -> Json:
        return dict(httpx.get(f"{self.url}/control/state", timeout=10).json())


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
        return self.does("text", text=text)[0]

    def taps(self, label: str) -> int:
        return self.does("tap", label=label)[0]

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


def wait_until(holds: Callable[[], bool], *, within: float = 20.0, what: str = "the condition") -> None:
    """Look again and again until `holds()`. Raises TimeoutError naming what was waited for."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {within:g} seconds")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(token: str = TOKEN) -> Iterator[Emulator]:
    """An emulator on a free loopback port, in a thread of this process."""
    port = free_port()
    app = application(World(token=token))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, name="telegram-emulator", daemon=True)
    thread.start()
    wait_until(lambda: server.started, what="the start of the emulator")
    emulator = Emulator(url=f"http://127.0.0.1:{port}", token=token)
    try:
        yield emulator
    finally:
        emulator.post("close")
        server.should_exit = True
        thread.join(timeout=5)
