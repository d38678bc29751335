"""For tests: start the emulator, over real HTTP on a free loopback port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from emulators.dossiers.server import TOKEN, World, application
from emulators.loopback import served


@dataclass(frozen=True, kw_only=True)
class Emulator:
    """A running emulator."""

    url: str
    token: str = TOKEN

    def fails(self, *faults: int | str) -> None:
        """What goes wrong next, in order."""
        self._post("faults", {"faults": list(faults)})

    def holds(self, **dossiers: dict[str, Any]) -> None:
        self._post("dossiers", dossiers)

    def reset(self) -> None:
        self._post("reset", {})

    def calls(self) -> list[dict[str, Any]]:
        """What was asked, oldest first."""
        return list(httpx.get(f"{self.url}/control/calls", timeout=10).json())

    def _post(self, path: str, order: dict[str, Any]) -> None:
        httpx.post(f"{self.url}/control/{path}", json=order, timeout=10).raise_for_status()


@contextmanager
def running() -> Iterator[Emulator]:
    """An emulator in a thread of this process."""
    with served(application(World()), name="dossier") as url:
        yield Emulator(url=url)
