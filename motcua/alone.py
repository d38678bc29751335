"""Whether this is the only program that works on its home, and then: what the one before it left behind.

A program that is killed leaves claims whose leases end after half a minute or a minute. Where no other can
hold one, no citizen needs to wait for that.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from conversations import leases


@contextmanager
def taking_up_what_was_left(home: Path) -> Iterator[None]:
    """End the leases of a program that is gone. On PostgreSQL others may hold them: they end by time."""
    if connection.vendor != "sqlite":
        yield
        return
    with (home / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another `motcua run` works on this home
            pass
        else:
            leases.end_all()
        yield
