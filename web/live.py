"""Live streams (Server-Sent Events): one broker a process, fed by conversations.changes.

A page of any room uses it from an ordinary, synchronous view, after it has checked who asks:

    def live(request: HttpRequest) -> StreamingHttpResponse:
        return event_stream(changes.DESK, read=lambda: [Event(name="queue", data=queue_as_json())])

`read` is called at once, after each change of one of the topics and at each heartbeat, in a shared thread
whose database connection is closed afterwards; it returns what the browser has not seen yet. A waiting
stream holds no connection. Rows are the truth: changes that come while `read` works are read together,
and a change that was made in another process is seen at the next heartbeat.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

from conversations import changes
from office.connections import give_back

#: Seconds between two signs of life: below the minute after which proxies drop a silent connection.
HEARTBEAT = 20.0
#: Seconds after which a stream ends and the browser comes back, so that a sign-out takes hold.
LIFETIME = 600.0
#: Milliseconds a browser waits before it comes back.
COME_BACK = 2_000


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event. data: anything JSON can say. id: what the browser sends back as Last-Event-ID."""

    name: str
    data: Any
    id: str = ""

    def encode(self) -> bytes:
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
        mark = f"id: {self.id}\n" if self.id else ""
        return f"{mark}event: {self.name}\ndata: {data}\n\n".encode()


Read = Callable[[], Iterable[Event]]


def event_stream(
    *topics: str, read: Read, heartbeat: float = HEARTBEAT, lifetime: float = LIFETIME
) -> StreamingHttpResponse:
    """Stream what `read` returns, at once and after each change of a topic, until the browser leaves,
    `lifetime` seconds have passed or the process stops (`end_streams`).

    `read` may keep what it has sent in its own state: it is never called twice at the same time for a stream.
    """
    give_back()
    response = StreamingHttpResponse(
        _stream(topics, read=read, heartbeat=heartbeat, lifetime=lifetime), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # or nginx keeps events back until its buffer is full
    return response


def end_streams() -> None:
    """End every open stream of this process, from any thread: a server calls it when it is told to stop."""
    with _lock:
        streams = tuple(_open_streams)
    for stream in streams:
        stream.end()


def open_streams() -> int:
    """How many streams are open in this process."""
    return len(_open_streams)


class _Stream:
    """A waiting browser: woken by a change, or told that it is over."""

    def __init__(self) -> None:
        self.over = False
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    def wake(self, _topic: str = "") -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._woken.set)

    def end(self) -> None:
        self.over = True
        self.wake()

    async def wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()


_open_streams: set[_Stream] = set()
_lock = threading.Lock()


@contextmanager
def _listed(stream: _Stream) -> Iterator[None]:
    with _lock:
        _open_streams.add(stream)
    try:
        yield
    finally:
        with _lock:
            _open_streams.discard(stream)


async def _stream(
    topics: tuple[str, ...], *, read: Read, heartbeat: float, lifetime: float
) -> AsyncIterator[bytes]:
    stream = _Stream()
    clock = asyncio.get_running_loop().time
    ends = clock() + lifetime
    with _listed(stream), changes.subscribe(*topics, listener=stream.wake):
        yield f"retry: {COME_BACK}\n\n".encode()
        while not stream.over and clock() < ends:
            events = await sync_to_async(_read_rows, thread_sensitive=False)(read)
            yield b"".join(event.encode() for event in events) or b": \n\n"
            await stream.wait(min(heartbeat, max(0.0, ends - clock())))


def _read_rows(read: Read) -> list[Event]:
    try:
        return list(read())
    finally:
        give_back()
