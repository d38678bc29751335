"""Connections of threads that live as long as the program: on SQLite kept from one message to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from bot.rounds import go_rounds
from conversations.models import Turn
from office.connections import KeptConnections

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="with a pool whoever waits keeps none")


def _seen_in_rounds(count: int, *, then: Callable[[], object] = bool) -> list[object]:
    """The open connection of each of so many rounds; what `then` raises ends the round."""
    stop, seen = threading.Event(), []

    def work() -> bool:
        Turn.objects.exists()
        seen.append(connection.connection)
        if len(seen) == count:
            stop.set()
        then()
        return False

    thread = threading.Thread(target=go_rounds, args=(stop,), kwargs={"work": work, "wait": bool})
    thread.start()
    thread.join(10)
    return seen


@on_sqlite
def test_one_connection_serves_all_rounds() -> None:
    seen = _seen_in_rounds(3)
    assert len(seen) == 3
    assert len({id(one) for one in seen}) == 1


@on_sqlite
def test_after_a_fault_the_next_round_opens_another_connection() -> None:
    def fail() -> None:
        raise OSError

    seen = _seen_in_rounds(3, then=fail)
    assert len({id(one) for one in seen}) == 3


def test_the_connections_of_a_thread_pool_end_with_it() -> None:
    def opened() -> BaseDatabaseWrapper:
        Turn.objects.exists()
        return connections["default"]

    kept = KeptConnections()
    with kept, ThreadPoolExecutor(1, initializer=kept.keep) as threads:
        mine = threads.submit(opened).result()
        assert mine.connection is not None
    assert mine.connection is None
