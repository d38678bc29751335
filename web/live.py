"""Live streams (Server-Sent Events): one broker a process, fed by conversations.changes.

A page of any room uses it from an ordinary, synchronous view, after it has checked who asks:

    def live(request: HttpRequest) -> StreamingHttpResponse:
        return event_stream(changes.DESK, read=lambda: [Event(name="queue", data=queue_as_json())])

`read` is called at once, after each change of one of the topics and at each heartbeat, in a shared thread
whose database connection is closed afterwards; it returns what the browser has not seen yet. A waiting
stream holds no connection. Rows are the truth: changes that come while `read` works are read together.

What only a signed-in person may hear has a Listener, which is asked again whether it may stay: at once when
a session was ended or the account changed, else once a heartbeat, never at each change.
"""

from __future__ import annotations

import asyncio
import json
import math
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.core.serializers.json import DjangoJSONEncoder
from django.dispatch import receiver
from django.http import StreamingHttpResponse

from conversations import changes
from office import sessions
from office.connections import give_back

#: Seconds between two signs of life: below the minute after which proxies drop a silent connection.
HEARTBEAT = 20.0
#: Seconds after which a stream ends and the browser comes back, so that none outlives what it was opened for.
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


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A signed-in person who listens. may_stay: whether the person may still hear this; asks the rows."""

    staff_id: int
    may_stay: Callable[[], bool]


def event_stream(
    *topics: str,
    read: Read,
    listener: Listener | None = None,
    heartbeat: float = HEARTBEAT,
    lifetime: float = LIFETIME,
) -> StreamingHttpResponse:
    """Stream what `read` returns, at once and after each change of a topic, until the browser leaves,
    the listener may not stay, `lifetime` seconds have passed or the process stops (`end_streams`).

    `read` may keep what it has sent in its own state: it is never called twice at the same time for a stream.
    """
    give_back()
    response = StreamingHttpResponse(
        _stream(topics, read=read, listener=listener, heartbeat=heartbeat, lifetime=lifetime),
        content_type="text/event-stream",
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


@receiver(sessions.access_changed)
def _tell_streams(staff_id: int, **_more: object) -> None:
    changes.publish(changes.staff_topic(staff_id))


class _Stream:
    """A waiting browser: woken by a change, or told that it is over."""

    def __init__(self, listener: Listener | None, *, asked_every: float) -> None:
        self.over = False
        self._listener = listener
        self._asked_every = asked_every
        self._asked_at = asyncio.get_running_loop().time()
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    def wake(self, _topic: str = "") -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._woken.set)

    def end(self) -> None:
        self.over = True
        self.wake()

    def ask_again(self, _topic: str) -> None:
        self._asked_at = -math.inf
        self.wake()

    @contextmanager
    def listening(self, topics: tuple[str, ...]) -> Iterator[None]:
        with ExitStack() as subscriptions:
            subscriptions.enter_context(changes.subscribe(*topics, listener=self.wake))
            if self._listener is not None:
                topic = changes.staff_topic(self._listener.staff_id)
                subscriptions.enter_context(changes.subscribe(topic, listener=self.ask_again))
            yield

    def may_stay(self) -> bool:
        """Asks the rows only when it is time to."""
        now = self._loop.time()
        if self._listener is None or now - self._asked_at < self._asked_every:
            return True
        self._asked_at = now
        return self._listener.may_stay()

    async def wait(self, seconds: float) -> None:
        # Not wait_for, which before Python 3.12 may go on when it is cancelled just as it is woken.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
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
    topics: tuple[str, ...], *, read: Read, listener: Listener | None, heartbeat: float, lifetime: float
) -> AsyncIterator[bytes]:
    stream = _Stream(listener, asked_every=heartbeat)
    clock = asyncio.get_running_loop().time
    ends = clock() + lifetime
    with _listed(stream), stream.listening(topics):
        yield f"retry: {COME_BACK}\n\n".encode()
        while not stream.over and clock() < ends:
            events = await sync_to_async(_read_rows, thread_sensitive=False)(stream, read)
            if events is None:
                return
            yield b"".join(event.encode() for event in events) or b": \n\n"
            await stream.wait(min(heartbeat, max(0.0, ends - clock())))


def _read_rows(stream: _Stream, read: Read) -> list[Event] | None:
    """None when who listens may not any more."""
    try:
        return list(read()) if stream.may_stay() else None
    finally:
        give_back()
