"""Sending webhooks: in order for each chat, side by side between chats, each with a deadline."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

Job = Callable[[], Awaitable[None]]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback(url: str) -> bool:
    """Whether this is a plain address of this machine, which the emulators take in every case."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def seconds_of(answer: httpx.Response | None) -> float | None:
    """How long an answer took to come."""
    return None if answer is None else answer.elapsed.total_seconds()


@dataclass(kw_only=True)
class Courier:
    """Carries requests to one program, on this machine only. Lives in the event loop of the server.

    ways: beginnings of public addresses and what stands in for them here, as in
    {"https://motcua.example.vn": "http://127.0.0.1:8000"}. Any other public address does not answer.
    """

    side_by_side: int = 40
    ways: dict[str, str] = field(default_factory=dict)
    is_stopped: bool = False
    _client: httpx.AsyncClient | None = None
    _lines: dict[str, deque[Job]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _under_way: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._under_way = asyncio.Semaphore(self.side_by_side)

    @property
    def is_idle(self) -> bool:
        return not self._tasks

    def put(self, line: str, job: Job) -> None:
        """Do the job after those that were put into the same line before it."""
        if line in self._lines:
            self._lines[line].append(job)
        elif not self.is_stopped:
            self._lines[line] = deque([job])
            self.start(self._work_off(line))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it beside the lines."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, line: str) -> None:
        jobs = self._lines[line]
        try:
            while jobs:
                await jobs.popleft()()
        finally:
            del self._lines[line]

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], deadline: float
    ) -> httpx.Response | None:
        """The answer, or None when none came within the deadline (seconds)."""
        address = self._here(url)
        if address is None:
            return None
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, timeout=None)  # noqa: S113 -- the deadline below
        try:
            async with self._under_way, asyncio.timeout(deadline):
                return await self._client.post(
                    address, content=body, headers={"content-type": "application/json", **headers}
                )
        except (TimeoutError, httpx.HTTPError):
            return None

    def _here(self, url: str) -> str | None:
        """The address on this machine, None when there is none."""
        if is_loopback(url):
            return url
        return next(
            (way + url.removeprefix(public) for public, way in self.ways.items() if url.startswith(public)),
            None,
        )

    def stop(self) -> None:
        """Drop what is under way and take nothing more."""
        self.is_stopped = True
        for task in self._tasks:
            task.cancel()
        if self._client is not None:
            self.start(self._client.aclose())
