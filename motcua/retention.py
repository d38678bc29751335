"""What is kept too long or stands too long goes by itself: the round of `motcua run`."""

from __future__ import annotations

import threading
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from django.db import connection
from django.utils import timezone

from bot.rounds import go_rounds
from casework import outside
from casework.practice.room import close_forgotten
from casework.retention import end_on_shared_machines, prune
from conversations.retention import KeepFor
from office.sessions import let_go_expired

log = structlog.get_logger(__name__)

#: Seconds between two looks for conversations that are over, or that a person has left.
LOOK_EVERY = 30.0
#: Ages are counted in days: an hour more or less does not matter.
PRUNE_EVERY = timedelta(hours=1)


def let_go_until(stop: threading.Event) -> None:
    """Look for what is due until told to stop; what failed is tried again at the next look."""
    pruned_at: datetime | None = None

    def once() -> bool:
        nonlocal pruned_at
        now = timezone.now()
        end_on_shared_machines(now)
        outside.end_silent(now)
        close_forgotten(now)
        if pruned_at is None or now - pruned_at >= PRUNE_EVERY:
            pruned_at = now
            log.info("pruned", **asdict(prune(now, KeepFor.by_settings())))
            let_go_expired(now)
            empty_journal()
        return False

    go_rounds(stop, work=once, wait=lambda: stop.wait(LOOK_EVERY))


def empty_journal() -> None:
    """SQLite keeps former pages in its write-ahead file until that is written anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
