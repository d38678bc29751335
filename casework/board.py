"""What a supervisor looks at: who waits longest, who has how much, where nobody has taken it on.

All numbers come from one grouped query, each list from the same conditions: a number is the length of the
list it opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery

from casework import visibility
from casework.models import Case, Promise
from casework.owed import due_soon, late, owed, told_further_up
from office import duties
from office.models import Duty, Staff, Unit

#: Cases of one list.
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class List:
    """One list of the board. which: its cases, of those overseen, at a moment; limit: how many at most."""

    key: str
    name: str
    which: Callable[[datetime], Q]
    empty: str
    limit: int = SHOWN


LONGEST = List(
    key="longest",
    name="Chờ lâu nhất",
    which=lambda _: owed(),
    empty="Không người dân nào đang đợi cán bộ trả lời.",
    limit=10,
)
UNASSIGNED = List(
    key="unassigned",
    name="Chưa ai nhận",
    which=lambda _: Q(state=Case.State.QUEUED),
    empty="Hồ sơ nào cũng đã có người nhận.",
)
LATE = List(key="late", name="Quá hạn trả lời", which=late, empty="Không câu trả lời nào quá hạn.")
SOON = List(key="soon", name="Sắp quá hạn", which=due_soon, empty="Không câu trả lời nào sắp quá hạn.")
TOLD = List(
    key="told",
    name="Đã báo lên",
    which=lambda _: told_further_up(),
    empty="Không có hồ sơ nào phải báo phụ trách hay cấp trên.",
)
#: Promises due within this time, or past it, are shown.
PROMISED_WITHIN = timedelta(hours=2)


def _promised(now: datetime) -> Q:
    soon = Promise.objects.filter(Promise.OPEN, due_at__lte=now + PROMISED_WITHIN)
    return Q(pk__in=soon.values("case"))


PROMISED = List(
    key="promised",
    name="Sắp đến giờ hẹn",
    which=_promised,
    empty="Không có lời hẹn nào với người dân trong hai giờ tới.",
)
LISTS: Mapping[str, List] = MappingProxyType(
    {one.key: one for one in (LONGEST, UNASSIGNED, LATE, SOON, PROMISED, TOLD)}
)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Of open cases. carried: that count against a capacity. longest: since when the first one waits."""

    open: int = 0
    carried: int = 0
    owed: int = 0
    unassigned: int = 0
    late: int = 0
    soon: int = 0
    promised: int = 0
    told: int = 0
    longest: datetime | None = None

    def __add__(self, other: Numbers) -> Numbers:
        counts = {name: getattr(self, name) + getattr(other, name) for name in COUNTED}
        waits = [since for since in (self.longest, other.longest) if since]
        return Numbers(**counts, longest=min(waits, default=None))

    def of(self, key: str) -> int:
        """The length of a list."""
        number: int = self.owed if key == LONGEST.key else getattr(self, key)
        return number


COUNTED = ("open", "carried", "owed", "unassigned", "late", "soon", "promised", "told")


@dataclass(frozen=True, kw_only=True)
class Load:
    """One person's part. is_present: the desk was open in the last minutes; seen_at: when it last was."""

    staff: Staff
    numbers: Numbers
    capacity: int
    is_on: bool
    is_present: bool
    seen_at: datetime | None

    @property
    def is_full(self) -> bool:
        return self.numbers.carried >= self.capacity


@dataclass(frozen=True, kw_only=True)
class Board:
    """What one supervisor oversees now."""

    whole: Numbers
    people: Sequence[Load]
    units: Sequence[tuple[Unit, Numbers]]


def board(staff: Staff, now: datetime) -> Board:
    """Everything but the lists. A handful of queries, however many cases there are."""
    groups = _groups(staff, now)
    return Board(
        whole=sum(groups.values(), start=Numbers()),
        people=_people(staff, now, _summed(groups, part=1)),
        units=_units(_summed(groups, part=0)),
    )


def listed(staff: Staff, which: Q, *, limit: int = SHOWN) -> QuerySet[Case]:
    """Cases overseen that fit, who waits longest first, then those to whom nothing is owed.

    Each with promised_at: when its citizen was told to have an answer, None for no open promise.
    """
    promises = Promise.objects.filter(Promise.OPEN, case=OuterRef("pk")).values("due_at")
    cases = visibility.cases_overseen(staff).filter(which).annotate(promised_at=Subquery(promises[:1]))
    return cases.order_by(F("owed_since").asc(nulls_last=True), "id")[:limit]


def _groups(staff: Staff, now: datetime) -> dict[tuple[int, int | None], Numbers]:
    """By unit and holder (their keys)."""
    counts = {
        "open": Count("pk"),
        "carried": Count("pk", filter=Q(state__in=Case.CARRIED)),
        "owed": Count("pk", filter=owed()),
        **{key: Count("pk", filter=one.which(now)) for key, one in LISTS.items() if key != LONGEST.key},
    }
    named = {f"n_{name}": count for name, count in counts.items()}
    overseen = visibility.cases_overseen(staff).order_by().values("unit", "claimed_by")
    rows: Iterable[Mapping[str, Any]] = overseen.annotate(**named, longest=Min("owed_since"))
    return {
        (group["unit"], group["claimed_by"]): Numbers(
            **{name: group[f"n_{name}"] for name in COUNTED}, longest=group["longest"]
        )
        for group in rows
    }


def _summed(groups: Mapping[tuple[int, int | None], Numbers], *, part: int) -> dict[int, Numbers]:
    """By unit (part 0) or by holder (part 1)."""
    summed: dict[int, Numbers] = defaultdict(Numbers)
    for key, numbers in groups.items():
        if (whose := key[part]) is not None:
            summed[whose] += numbers
    return summed


def _people(viewer: Staff, now: datetime, by_holder: Mapping[int, Numbers]) -> list[Load]:
    """Colleagues at the desk, and who else holds a case; the most burdened first."""
    usual, minutes = duties.CAPACITY.current(), duties.PRESENT_MINUTES.current()
    colleagues = visibility.colleagues_for(viewer).values("pk")
    people = Staff.objects.filter(Q(pk__in=colleagues) | Q(pk__in=list(by_holder))).select_related("duty")
    loads = [_load(one, now, by_holder.get(one.pk, Numbers()), usual, minutes) for one in people]
    return sorted(loads, key=_burden)


def _load(staff: Staff, now: datetime, numbers: Numbers, usual: int, minutes: int) -> Load:
    duty = getattr(staff, "duty", None) or Duty(staff=staff)
    return Load(
        staff=staff,
        numbers=numbers,
        capacity=duty.capacity or usual,
        is_on=duties.is_on(duty, now),
        is_present=duties.is_present(duty, now, minutes=minutes),
        seen_at=duty.seen_at,
    )


def _burden(load: Load) -> tuple[int, int, int, bool, str]:
    numbers = load.numbers
    return -numbers.late, -numbers.owed, -numbers.open, not load.is_on, load.staff.display_name


def _units(by_unit: Mapping[int, Numbers]) -> list[tuple[Unit, Numbers]]:
    """The unit with the most late replies first."""
    units: Iterable[Unit] = Unit.objects.in_bulk(list(by_unit)).values()
    pairs = [(unit, by_unit[unit.pk]) for unit in units]
    return sorted(pairs, key=lambda pair: (-pair[1].late, -pair[1].owed, pair[0].name))
