"""Real processes for the journeys: `motcua run` with a home of its own, and a citizen's browser over HTTP."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

ROOT = Path(__file__).parents[2]
START_WITHIN = 300.0
ANSWER_WITHIN = 20.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(kw_only=True)
class Office:
    """One `motcua run` process. stall: a name of tests/journeys/stalled.py, to hold it at that point."""

    home: Path
    stall: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return (self.home / "output.txt").read_text()

    @property
    def is_stalled(self) -> bool:
        return (self.home / "stalled").exists()

    def start(self) -> Office:
        program = ["-m", "tests.journeys.stalled", self.stall] if self.stall else ["-m", "motcua.cli"]
        environment = {**os.environ, "MOTCUA_HOME": str(self.home), **self.settings}
        with (self.home / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *program, "run", "--port", str(self.port)],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
            )
        try:
            self._wait_until_ready()
        except AssertionError:
            self.kill()
            raise
        return self

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"motcua run ended by itself:\n{self.output[-4000:]}")
            try:
                if httpx.get(f"{self.url}/api/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"motcua run was not ready in {START_WITHIN} s:\n{self.output[-4000:]}")

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(15)

    def statuses(self, direction: str) -> list[str]:
        """What became of each turn "in" or "out" so far, oldest first; read beside the running office."""
        asked = "SELECT status FROM conversations_turn WHERE direction = ? ORDER BY id"
        with sqlite3.connect(f"file:{self.home}/motcua.sqlite3?mode=ro", uri=True) as rows:
            return [status for (status,) in rows.execute(asked, [direction])]

    def go_on(self) -> None:
        """Release a stalled process."""
        (self.home / "go").touch()

    def password_of(self, username: str) -> str:
        """The generated password that the first start printed, once."""
        found = re.search(rf"\s{re.escape(username)}\s+(\S+)", self.output)
        assert found, self.output
        return found.group(1)


@dataclass(kw_only=True)
class Citizen:
    """A citizen's browser on the web chat."""

    office: Office
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=10, follow_redirects=True))
    seen: int = 0

    def __post_init__(self) -> None:
        self.client.get(f"{self.office.url}/")

    def say(self, text: str, *, event_id: str = "") -> None:
        self._post({"text": text, "event_id": event_id or uuid4().hex})

    def tap(self, payload: str) -> None:
        self._post({"choice": payload, "event_id": uuid4().hex})

    def share_position(self, latitude: float, longitude: float) -> None:
        self._post({"position": {"latitude": latitude, "longitude": longitude}, "event_id": uuid4().hex})

    def send_photo(self, data: bytes) -> None:
        response = self.client.post(
            f"{self.office.url}/chat/photos",
            data={"event_id": uuid4().hex},
            files={"photo": ("anh.jpg", data, "image/jpeg")},
            headers=self._headers(),
        )
        response.raise_for_status()

    def _post(self, fields: dict[str, Any]) -> None:
        response = self.client.post(f"{self.office.url}/chat/messages", json=fields, headers=self._headers())
        response.raise_for_status()

    def _headers(self) -> dict[str, str]:
        return {
            "X-CSRFToken": self.client.cookies.get("csrftoken", ""),
            "Accept": "application/json",
            "Referer": f"{self.office.url}/",
        }

    def turns(self) -> list[dict[str, Any]]:
        response = self.client.get(f"{self.office.url}/chat/turns", params={"after": 0})
        response.raise_for_status()
        turns: list[dict[str, Any]] = response.json()["turns"]
        return turns

    def replies(self) -> list[dict[str, Any]]:
        return [turn for turn in self.turns() if turn["author"] != "citizen"]

    def hears(self, *words: str) -> dict[str, Any]:
        """The next reply not heard yet; waits for it and checks that it holds these words."""
        deadline = time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < deadline:
            replies = self.replies()
            if len(replies) > self.seen:
                self.seen += 1
                reply = replies[self.seen - 1]
                missing = [word for word in words if word.lower() not in str(reply["text"]).lower()]
                assert not missing, f"{missing} not in {reply['text']!r}"
                return reply
            time.sleep(0.02)
        raise AssertionError(f"no reply within {ANSWER_WITHIN} s:\n{self.office.output[-3000:]}")

    def asks(self, text: str, *words: str) -> dict[str, Any]:
        self.say(text)
        return self.hears(*words)
