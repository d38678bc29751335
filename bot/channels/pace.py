"""How fast messages may go out: a pure rule, whose state is one time (the "generic cell rate algorithm")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: So much beyond what a pace asks for, a time was written by a clock that ran ahead.
LONGEST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When a message may go out, and the state after it."""

    at: datetime
    free_at: datetime


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`burst` messages at once and one more each `every`: in any span never more than burst + span/every."""

    every: timedelta
    burst: int = 1

    def slot(self, free_at: datetime | None, *, now: datetime) -> Slot:
        """The next slot from `now` on. free_at: the state so far, None before the first message."""
        if free_at is None or free_at > now + self._ahead + self.every + LONGEST_WAIT:
            free_at = now
        at = max(now, free_at - self._ahead)
        return Slot(at=at, free_at=max(free_at, now) + self.every)

    @property
    def _ahead(self) -> timedelta:
        """How far the state may run ahead of the clock."""
        return self.every * (self.burst - 1)


@dataclass(frozen=True, kw_only=True)
class Paces:
    """What a service takes: from one of our accounts in all, and into one chat. None: as fast as it goes.

    at_once: calls under way at the same time; 1: the loop itself makes them.
    """

    account: Pace | None = None
    chat: Pace | None = None
    at_once: int = 1
