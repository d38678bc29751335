"""Word that rows changed, here or in another process: rows are the truth, this only saves waiting for a look.

Topics: "conversation:<public_id>", "outbox:<channel>:<account>", "staff:<id>", "desk".
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns

import structlog
from django.db import transaction

from conversations import change_wire

log = structlog.get_logger(__name__)

Listener = Callable[[str], None]

_listeners: dict[str, set[Listener]] = defaultdict(set)
_lock = threading.Lock()

#: Of how many topics it is known when they changed last.
REMEMBERED = 5_000


class _Memory:
    """When each topic changed last, as this process heard of it. To be used with the lock held."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._changed_at: OrderedDict[str, int] = OrderedDict()  # the one longest ago first
        self._unknown_until = monotonic_ns()

    def note(self, topic: str) -> None:
        self._changed_at.pop(topic, None)
        self._changed_at[topic] = monotonic_ns()
        if len(self._changed_at) > REMEMBERED:
            _, self._unknown_until = self._changed_at.popitem(last=False)

    def changed_since(self, moment: int, topics: Sequence[str]) -> bool:
        changed = (self._changed_at.get(topic, 0) for topic in topics)
        return moment < max(self._unknown_until, *changed)


_memory = _Memory()

#: Linux gives each start of a machine a name; its processes then have one monotonic clock.
BOOT = Path("/proc/sys/kernel/random/boot_id")
_clock = BOOT.read_text().strip()[:8] if BOOT.exists() else secrets.token_hex(4)


def conversation_topic(public_id: str) -> str:
    return f"conversation:{public_id}"


def outbox_topic(channel: str, account: str) -> str:
    return f"outbox:{channel}:{account}"


def staff_topic(staff_id: int) -> str:
    return f"staff:{staff_id}"


DESK = "desk"


def publish(*topics: str) -> None:
    """Tell who listens to these topics, in every process, once the current transaction has committed (at once
    without one)."""
    transaction.on_commit(lambda: _publish(topics))


def mark() -> str:
    """This moment, to ask `changed_since` of it later, in any process of this machine."""
    return f"{_clock}-{monotonic_ns()}"


def changed_since(marked: str, *topics: str) -> bool:
    """Whether one of the topics changed after that mark; yes, too, where this process does not know."""
    clock, _, moment = marked.partition("-")
    if clock != _clock or not moment.isdecimal():
        return True
    with _lock:
        return _memory.changed_since(int(moment), topics)


def _publish(topics: tuple[str, ...]) -> None:
    _tell(topics)
    change_wire.send(topics)


@contextmanager
def heeding_others() -> Iterator[None]:
    """While the block runs, who listens here is also told what other processes change."""
    if not change_wire.is_there():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_heed_until, args=(stop,), name="changes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _heed_until(stop: threading.Event) -> None:
    for topics in change_wire.words(stop):
        _tell(topics or _forget_all())


def _forget_all() -> tuple[str, ...]:
    """What was heard before is no longer all there was; the topics whose listeners had better look."""
    with _lock:
        _memory.forget()
        return tuple(_listeners)


def _tell(topics: Sequence[str]) -> None:
    for topic in topics:
        with _lock:
            _memory.note(topic)
            listeners = tuple(_listeners.get(topic, ()))
        for listener in listeners:
            _tell_one(listener, topic)


def _tell_one(listener: Listener, topic: str) -> None:
    """A listener that fails (its event loop has closed) must not fail the one who committed."""
    try:
        listener(topic)
    except Exception:
        log.exception("listener_failed", topic=topic)


@contextmanager
def subscribe(*topics: str, listener: Listener) -> Iterator[None]:
    """Call listener(topic) at each change, from the thread that committed: it must return at once.

    An asyncio listener hands over with `loop.call_soon_threadsafe`.
    """
    with _lock:
        for topic in topics:
            _listeners[topic].add(listener)
    try:
        yield
    finally:
        with _lock:
            for topic in topics:
                _listeners[topic].discard(listener)
                if not _listeners[topic]:
                    del _listeners[topic]
