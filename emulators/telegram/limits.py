"""How often a bot may send: about one message a second in a chat, about 30 a second in all.

core.telegram.org/bots/faq, "My bot is hitting limits". It names no burst; the real server lets short ones
pass.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from emulators.telegram.refusals import Refusal


@dataclass(kw_only=True)
class _Bucket:
    """Fills by `rate` a second up to `burst`; each message takes one out."""

    rate: float
    burst: float
    held: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more may go; 0 now."""
        self.held = min(self.burst, self.held + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.held >= 1 else (1 - self.held) / self.rate


@dataclass(kw_only=True)
class Limits:
    """Messages a second in all and in one chat; 0 is without a limit, as an emulator begins.

    burst: how many may go at once in one chat after it was quiet.
    """

    overall: float = 0
    per_chat: float = 0
    burst: float = 3
    refused: int = 0
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def set(self, *, overall: float, per_chat: float, burst: float) -> None:
        self.overall, self.per_chat, self.burst = overall, per_chat, max(burst, 1)
        self._buckets.clear()

    def take(self, chat: str) -> None:
        """Count one message to this chat. Refuses with 429 what comes too soon."""
        now = time.monotonic()
        met = [self._bucket(name, rate, burst, now) for name, rate, burst in self._rates(chat) if rate]
        wait = max((bucket.wait(now) for bucket in met), default=0.0)
        if wait:
            self.refused += 1
            seconds = math.ceil(wait)
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for bucket in met:
            bucket.held -= 1

    def _rates(self, chat: str) -> tuple[tuple[str, float, float], ...]:
        return ("", self.overall, max(self.overall, 1)), (chat, self.per_chat, self.burst)

    def _bucket(self, name: str, rate: float, burst: float, now: float) -> _Bucket:
        return self._buckets.setdefault(name, _Bucket(rate=rate, burst=burst, held=burst, at=now))
