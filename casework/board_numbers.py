"""The lists of the board, and how many cases are in each: a number is the length of the list it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from casework.models import Case, Promise
from casework.owed import due_soon, late, owed, told_further_up

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
    empty="Không người dân nào đang chờ cán bộ trả lời.",
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


def numbers_by(
    columns: tuple[str, ...], cases: QuerySet[Case], now: datetime
) -> dict[tuple[Any, ...], Numbers]:
    """Of these open cases, by the values of these columns. One grouped query."""
    counts = {
        "open": Count("pk"),
        "carried": Count("pk", filter=Q(state__in=Case.CARRIED)),
        "owed": Count("pk", filter=owed()),
        **{key: Count("pk", filter=one.which(now)) for key, one in LISTS.items() if key != LONGEST.key},
    }
    named = {f"n_{name}": count for name, count in counts.items()}
    grouped = cases.order_by().values(*columns)
    rows: Iterable[Mapping[str, Any]] = grouped.annotate(**named, longest=Min("owed_since"))
    return {
        tuple(group[column] for column in columns): Numbers(
            **{name: group[f"n_{name}"] for name in COUNTED}, longest=group["longest"]
        )
        for group in rows
    }
