"""The database connections of this thread: when they go back.

With a pool (PostgreSQL) a process has a few connections for all of its threads. Whoever waits, for a far end
or for news, gives its own back first; whoever works without a break does so between two pieces of work.

Without one (SQLite) a thread that lives as long as the program keeps its connection: opening one costs 1.6 ms
of CPU, and an answered message passes through half a dozen threads.
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def give_back() -> None:
    """Close this thread's connections, or return them to their pool. One within a transaction stays."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def give_back_to_pool() -> None:
    """As `give_back`, where there is a pool. Without one nobody waits for a connection, and opening costs."""
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
            connection.close()


class KeptConnections:
    """Those of a thread pool's threads, closed with the block, when the threads have ended."""

    def __init__(self) -> None:
        self._kept: list[BaseDatabaseWrapper] = []

    def keep(self) -> None:
        """To be called in each of the threads, first: what it opens is closed by whoever ends the pool."""
        for connection in connections.all():
            connection.inc_thread_sharing()
            self._kept.append(connection)

    def __enter__(self) -> None:
        """Nothing is open yet."""

    def __exit__(self, *_: object) -> None:
        for connection in self._kept:
            connection.close()
