"""Word within this process that rows changed: rows are the truth, this only saves waiting for the next look.

Topics: "conversation:<public_id>", "outbox:<channel>:<account>", "desk".
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic_ns

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)

Listener = Callable[[str], None]

_listeners: dict[str, set[Listener]] = defaultdict(set)
_lock = threading.Lock()

#: When each of so many topics changed last, the one longest ago first; and until when others are forgotten.
REMEMBERED = 5_000
_changed_at: OrderedDict[str, int] = OrderedDict()
_forgotten_until = 0
_process = secrets.token_hex(4)


def conversation_topic(public_id: str) -> str:
    return f"conversation:{public_id}"


def outbox_topic(channel: str, account: str) -> str:
    return f"outbox:{channel}:{account}"


DESK = "desk"


def publish(*topics: str) -> None:
    """Tell listeners of these topics once the current transaction has committed (at once without one)."""
    transaction.on_commit(lambda: _tell(topics))


def mark() -> str:
    """This moment, to ask `changed_since` of it later."""
    return f"{_process}-{monotonic_ns()}"


def changed_since(marked: str, *topics: str) -> bool:
    """Whether one of the topics changed after that mark; yes, too, where nobody remembers so far back."""
    process, _, moment = marked.partition("-")
    if process != _process or not moment.isdecimal():
        return True
    with _lock:
        return int(moment) < max(_forgotten_until, *(_changed_at.get(topic, 0) for topic in topics))


def _remember(topic: str) -> None:
    """With the lock held."""
    global _forgotten_until
    _changed_at.pop(topic, None)
    _changed_at[topic] = monotonic_ns()
    if len(_changed_at) > REMEMBERED:
        _, _forgotten_until = _changed_at.popitem(last=False)


def _tell(topics: tuple[str, ...]) -> None:
    for topic in topics:
        with _lock:
            _remember(topic)
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
