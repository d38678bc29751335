"""How many live streams a few database connections carry.

usage: python -m benchmarks.streams --home FOLDER [--streams 200] [--pool 4]

Runs the real `motcua run` on a copy of FOLDER (a home that was started once) over a throw-away PostgreSQL
with a pool of so many connections. Each citizen has a conversation and an open stream of their own; when all
are open, all ask at once, over HTTP. Counted are the questions and answers that came back through the
streams, and the connections that PostgreSQL itself saw. The last answer takes as long as the workers need.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from benchmarks.delivery import questions_of_citizens, share_within
from tests.journeys.processes import Office
from tests.postgres import cluster

#: Seconds for all answers to come, and for a request; a busy machine needs some.
PATIENCE = 600.0
REQUEST = 120.0


@dataclass(kw_only=True)
class Listener:
    """One citizen: a browser with an open stream. Seconds: from sending a question to its event."""

    http: httpx.AsyncClient
    question: str
    turn: int = 0
    asked_at: float = 0.0
    turn_after: float | None = None
    answer_after: float | None = None
    problems: list[str] = field(default_factory=list)
    greeted: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self, gate: asyncio.Semaphore) -> None:
        """A conversation, which a stream belongs to."""
        async with gate:
            await self.http.get("/")
            await self._say("xin chào")

    async def listen(self) -> None:
        """Until the answer is there."""
        try:
            async with self.http.stream("GET", "/chat/stream") as response:
                response.raise_for_status()
                async for turn in _turns(response):
                    self._note(turn)
                    if self.answer_after is not None:
                        return
            self.problems.append("the stream ended before the answer")
        except httpx.HTTPError as problem:
            self.problems.append(f"stream: {type(problem).__name__} {problem}")

    async def ask(self) -> None:
        self.asked_at = time.monotonic()
        try:
            self.turn = await self._say(self.question)
        except httpx.HTTPError as problem:
            self.problems.append(f"question: {type(problem).__name__} {problem}")

    async def _say(self, text: str) -> int:
        headers = {
            "X-CSRFToken": self.http.cookies.get("csrftoken", ""),
            "Accept": "application/json",
            "Referer": f"{self.http.base_url}",
        }
        fields = {"text": text, "event_id": uuid4().hex}
        response = await self.http.post("/chat/messages", json=fields, headers=headers)
        return int(response.raise_for_status().json()["turn"]["id"])

    def _note(self, turn: dict[str, Any]) -> None:
        after = time.monotonic() - self.asked_at
        is_own = turn["author"] == "citizen"
        if not self.asked_at:
            if not is_own:
                self.greeted.set()
        elif is_own and turn["text"] == self.question:
            self.turn_after = after
        elif not is_own and self.turn_after is not None:
            self.answer_after = after


@dataclass(kw_only=True)
class Watched:
    """What PostgreSQL saw of the office's connections."""

    most: int = 0
    looks: int = 0


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, cluster() as url:
        home = shutil.copytree(options.home, Path(folder) / "home")
        settings = {"MOTCUA_DATABASE_URL": url, "MOTCUA_DATABASE_POOL": str(options.pool)}
        office = Office(home=home, settings=settings).start()
        try:
            with watched(url) as connections:
                listeners = asyncio.run(all_at_once(office.url, questions_of_citizens(options.streams)))
            complaints = [line for line in office.output.splitlines() if _is_complaint(line)]
        finally:
            office.stop()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(summary(listeners))
    print(f"connections: at most {connections.most} of {options.pool} ({connections.looks} looks)")
    print(f"lines of the office's log that complain: {len(complaints)}", *complaints[:5], sep="\n")


async def all_at_once(url: str, questions: Sequence[str]) -> list[Listener]:
    """Open a stream for each question, then ask them all; returns when all are answered or after PATIENCE."""
    unbounded = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncHTTPTransport(limits=unbounded) as transport:
        listeners = [
            Listener(
                http=httpx.AsyncClient(base_url=url, transport=transport, timeout=REQUEST),
                question=question,
            )
            for question in questions
        ]
        gate = asyncio.Semaphore(8)
        await asyncio.gather(*(one.begin(gate) for one in listeners))
        streams = [asyncio.create_task(one.listen()) for one in listeners]
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(one.greeted.wait() for one in listeners))
        await asyncio.gather(*(one.ask() for one in listeners))
        await asyncio.wait(streams, timeout=PATIENCE)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
    return listeners


async def _turns(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    name = ""
    async for line in response.aiter_lines():
        word, _, value = line.partition(": ")
        if word == "event":
            name = value
        elif word == "data" and name == "turn":
            yield json.loads(value)


@contextmanager
def watched(url: str) -> Iterator[Watched]:
    """Ask PostgreSQL twenty times a second how many connections but our own there are."""
    seen, stop = Watched(), threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stop.wait(0.05):
                row = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity "
                    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                ).fetchone()
                assert row
                seen.most, seen.looks = max(seen.most, row[0]), seen.looks + 1

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def summary(listeners: Sequence[Listener]) -> str:
    turns = [one.turn_after for one in listeners if one.turn_after is not None]
    answers = [one.answer_after for one in listeners if one.answer_after is not None]
    problems = [problem for one in listeners for problem in one.problems]
    lines = [
        f"{len(listeners)} streams, all asked at once",
        f"got their question back: {len(turns)}, {_spread(turns)}",
        f"got the answer: {len(answers)}, {_spread(answers)}",
        f"errors: {len(problems)}",
        *problems[:5],
    ]
    return "\n".join(lines)


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    p95, last = share_within(seconds, 0.95), max(seconds)
    return f"p50 {statistics.median(seconds):.1f} s, p95 {p95:.1f} s, the last after {last:.1f} s"


def _is_complaint(line: str) -> bool:
    return any(word in line for word in ("error", "critical", "Traceback", "PoolTimeout"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--pool", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
