"""Rounds: do all the work there is, wait for more, until told to stop. A fault ends one round only."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import connections

from office.connections import give_back, give_back_to_pool

log = structlog.get_logger(__name__)


def go_rounds(stop: threading.Event, *, work: Callable[[], bool], wait: Callable[[], object]) -> None:
    """Call `work` until it returns False, `wait`, and begin again; this thread's connections end with it.

    `wait` returns when there may be work again, in a second or so at the latest.
    """
    try:
        while not stop.is_set():
            _round(stop, work)
            wait()
    finally:
        connections.close_all()


def _round(stop: threading.Event, work: Callable[[], bool]) -> None:
    try:
        while not stop.is_set() and work():
            give_back_to_pool()  # under load a round may take minutes
    except Exception:
        log.exception("round_failed", thread=threading.current_thread().name)
        give_back()  # the fault may be the connection's: the next round opens another
    finally:
        give_back_to_pool()  # a thread that kept its connection while idle would starve a pool
