"""How soon citizens in cases were answered: counts, and medians of working time, by week, unit or topic.

Times stand in whole minutes, so the database counts how often each came about, and a percentile is read off
these counts: exact, the same on both databases, and without reading every case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from casework.models import Case
from casework.tallies import SPANS, FirstDay

FIRST_REPLY, HANDLING = "first_reply_minutes", "handling_minutes"
#: Kept on the case when it happens, in minutes of working time.
TIMED = (FIRST_REPLY, HANDLING)


@dataclass(frozen=True, kw_only=True)
class CaseFigure:
    """key: in addresses and sheets. means: what exactly is counted. which: the cases that are."""

    key: str
    name: str
    means: str
    which: Q = field(default_factory=Q, hash=False)


OPENED = CaseFigure(key="opened", name="Đã mở", means="Hồ sơ trò chuyện mở trong kỳ.")
REPLIED = CaseFigure(
    key="replied",
    name="Đã trả lời",
    means="Cán bộ đã trả lời ít nhất một lần; giờ làm việc từ lúc mở đến lần đầu đã được ghi.",
    which=Q(first_reply_minutes__isnull=False),
)
IN_TIME = CaseFigure(
    key="in_time",
    name="Đúng mức phục vụ",
    means="Trả lời lần đầu trước hoặc đúng hạn của mức phục vụ lúc đó.",
    which=Q(first_in_time=True),
)
LATE = CaseFigure(
    key="late", name="Trả lời trễ", means="Trả lời lần đầu sau hạn.", which=Q(first_in_time=False)
)
NOT_YET = CaseFigure(
    key="not_yet",
    name="Đang chờ lần đầu",
    means="Đang mở, chưa cán bộ nào trả lời.",
    which=Q(first_reply_at=None) & ~Q(state=Case.State.CLOSED),
)
NEVER = CaseFigure(
    key="never",
    name="Đóng, không trả lời",
    means="Đã đóng mà chưa cán bộ nào trả lời: người dân rút, xoá dữ liệu, hoặc gộp.",
    which=Q(first_reply_at=None, state=Case.State.CLOSED),
)
CLOSED = CaseFigure(
    key="closed",
    name="Đã đóng",
    means="Đã đóng; giờ làm việc từ lúc mở đến lúc đóng đã được ghi.",
    which=Q(handling_minutes__isnull=False),
)
FIGURES = (OPENED, REPLIED, IN_TIME, LATE, NOT_YET, NEVER, CLOSED)
FIGURE_OF = {figure.key: figure for figure in FIGURES}


@dataclass(frozen=True, kw_only=True)
class CaseTally:
    """counts: by the key of a figure. times: by column of TIMED, how often each number of minutes came."""

    counts: Counter[str] = field(default_factory=Counter)
    times: Mapping[str, Counter[int]] = field(default_factory=dict)

    @property
    def share_in_time(self) -> float | None:
        """Of the first replies whose level is known, those in time: between 0 and 1; None of nothing."""
        known = self.counts[IN_TIME.key] + self.counts[LATE.key]
        return self.counts[IN_TIME.key] / known if known else None

    def minutes(self, column: str, share: float) -> int | None:
        """Within so many minutes of working time was this share (0 to 1); None where there is none."""
        return within(self.times.get(column, Counter()), share)

    def __add__(self, other: CaseTally) -> CaseTally:
        times = {one: self.times.get(one, Counter()) + other.times.get(one, Counter()) for one in TIMED}
        return CaseTally(counts=self.counts + other.counts, times=times)


def within(often: Counter[int], share: float) -> int | None:
    """The smallest value that no more than the rest of them exceed: 0.5 is the (lower) median."""
    total, passed = often.total(), 0
    for value in sorted(often):
        passed += often[value]
        if passed >= share * total:
            return value
    return None


def case_tallies(cases: QuerySet[Case], *, by: str) -> dict[Any, CaseTally]:
    """By "unit" (its id), "topic", "week" or "month" (its first day). Three queries."""
    keyed = cases.order_by().annotate(key=FirstDay(by, "opened_at") if by in SPANS else F(by))
    named = {f"n_{figure.key}": Count("pk", filter=figure.which) for figure in FIGURES if figure.which}
    rows: Iterable[Mapping[str, Any]] = keyed.values("key").annotate(n_opened=Count("pk"), **named)
    times = {column: _often(keyed, column) for column in TIMED}
    return {
        row["key"]: CaseTally(
            counts=Counter({figure.key: row[f"n_{figure.key}"] for figure in FIGURES}),
            times={column: often[row["key"]] for column, often in times.items()},
        )
        for row in rows
    }


def total(parts: Iterable[CaseTally]) -> CaseTally:
    return sum(parts, start=CaseTally())


def _often(keyed: QuerySet[Any], column: str) -> Mapping[Any, Counter[int]]:
    """By key: how often each number of minutes came."""
    known = keyed.filter(**{f"{column}__isnull": False})
    often: dict[Any, Counter[int]] = defaultdict(Counter)
    rows = known.values("key", column).annotate(n=Count("pk"))
    for key, minutes, number in rows.values_list("key", column, "n"):
        often[key][minutes] = number
    return often
