"""Who gets a waiting case: pure decisions over what is known of the case and of those who could take it.

Nobody gets one beyond the capacity, nobody the same twice. Among those who could take it now: who names its
topic before who names none, and that before who names others; then whoever has the fewest; then whoever was
given one longest ago.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A case nobody has. key: its primary key; unit: of its unit; since: when its citizen began to wait.

    not_for: keys of people who gave it back, did not open it, or may not see it.
    """

    key: int
    unit: int
    since: datetime
    topic: str = ""
    is_urgent: bool = False
    not_for: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A member of staff. units: whose cases the person takes; carried: cases that count against capacity.

    is_ready: on duty, and the desk was open just now. last_assigned_at: None for never.
    """

    key: int
    units: frozenset[int]
    is_ready: bool
    carried: int
    capacity: int
    topics: frozenset[str] = frozenset()
    last_assigned_at: datetime | None = None

    @property
    def free(self) -> int:
        """How many more the person can carry."""
        return max(0, self.capacity - self.carried)

    def may_take(self, case: Waiting) -> bool:
        """Whether the person could take this case now."""
        return self.is_ready and self.free > 0 and case.unit in self.units and self.key not in case.not_for


@dataclass(frozen=True, kw_only=True)
class Pair:
    """This case for this person."""

    case: Waiting
    candidate: Candidate


def in_order(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Urgent before the rest, then whoever has waited longest."""
    return sorted(waiting, key=lambda case: (not case.is_urgent, case.since, case.key))


def choose(case: Waiting, candidates: Sequence[Candidate]) -> Candidate | None:
    """Who gets this case; None while nobody can take it."""
    able = (candidate for candidate in candidates if candidate.may_take(case))
    return min(able, key=lambda candidate: _rank(case, candidate), default=None)


def _rank(case: Waiting, candidate: Candidate) -> tuple[int, int, datetime, int]:
    is_known = not case.topic or case.topic in candidate.topics
    distance = 0 if is_known else 1 if not candidate.topics else 2
    return distance, candidate.carried, candidate.last_assigned_at or _NEVER, candidate.key


def pairs(waiting: Sequence[Waiting], candidates: Sequence[Candidate], now: datetime) -> Iterator[Pair]:
    """Who gets what, in order. Each choice counts those before it in, and names the candidate as he or she
    stands then: whoever acts checks that nothing else changed since.
    """
    standing = {candidate.key: candidate for candidate in candidates}
    for case in in_order(waiting):
        chosen = choose(case, list(standing.values()))
        if chosen is None:
            continue
        standing[chosen.key] = replace(chosen, carried=chosen.carried + 1, last_assigned_at=now)
        yield Pair(case=case, candidate=chosen)
