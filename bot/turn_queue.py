"""Nudges that wake workers. Rows are the truth: a lost nudge only costs the sweeper's interval."""

from __future__ import annotations

import threading


class TurnQueue:
    """The embedded queue: counts nudges within this process."""

    def __init__(self) -> None:
        self._nudges = threading.Semaphore(0)

    def nudge(self) -> None:
        """Say that a turn waits."""
        self._nudges.release()

    def wait(self, seconds: float) -> bool:
        """Wait for a nudge, at most so long. True when one came."""
        return self._nudges.acquire(timeout=seconds)


#: The one queue of this process; another process's workers learn from the rows.
embedded = TurnQueue()
