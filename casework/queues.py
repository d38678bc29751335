"""The queues of the desk: cases and reports in one list, each queue said once, for both.

What a queue is stands in `QUEUES`; whoever counts or lists asks the same conditions of the same rows, so a
number is always the length of its list. Who needs it first stands above: what waits for the office before
what rests, urgent before the rest, then whose term ends first, then who has waited longest. (A term that ends
earlier also has fewer working hours left, so no clock is needed to order them.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from casework import overdue, visibility
from casework.models import Case, Report
from casework.report_life import OPEN
from conversations.models import Conversation
from office.models import Staff

A_PAGE = 50
#: Later than every term, for what has none.
NO_TERM = datetime(9999, 1, 1, tzinfo=UTC)

CASE, REPORT = "case", "report"
FACES: Mapping[str, str] = MappingProxyType({CASE: "Hội thoại", REPORT: "Phản ánh"})

_NONE = Q(pk__in=())
State = Case.State


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose queues, and at what moment (aware)."""

    staff: Staff
    now: datetime


Which = Callable[[Desk], Q]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Which of the open cases, and which of the open reports, are in it. empty: said when there are none."""

    key: str
    name: str
    cases: Which
    reports: Which
    empty: str


def _of_own_units(desk: Desk) -> Q:
    return Q(unit__in=desk.staff.belonging.units)


MINE = Queue(
    key="mine",
    name="Của tôi",
    cases=lambda desk: Q(claimed_by=desk.staff, state__in=Case.HELD),
    reports=lambda desk: Q(holder=desk.staff),
    empty="Anh/chị chưa giữ việc nào. Mở “Chưa ai nhận” để nhận người chờ lâu nhất.",
)
UNIT = Queue(
    key="unit",
    name="Đơn vị tôi",
    cases=_of_own_units,
    reports=_of_own_units,
    empty="Đơn vị anh/chị không còn việc nào đang mở.",
)
UNASSIGNED = Queue(
    key="unassigned",
    name="Chưa ai nhận",
    cases=lambda _: Q(state=State.QUEUED),
    reports=lambda _: Q(holder=None),
    empty="Chưa có ai chờ. Trang này tự cập nhật khi có người dân cần gặp cán bộ hoặc gửi phản ánh.",
)
WAITING = Queue(
    key="waiting",
    name="Chờ người dân",
    cases=lambda _: Q(state=State.WAITING),
    reports=lambda _: _NONE,
    empty="Không có hồ sơ nào đang chờ người dân trả lời.",
)
SNOOZED = Queue(
    key="snoozed",
    name="Hẹn xem lại",
    cases=lambda _: Q(state=State.SNOOZED),
    reports=lambda _: _NONE,
    empty="Không có hồ sơ nào hẹn xem lại. Trong một hồ sơ, chọn “Hẹn xem lại” để nó tự trở về đúng giờ.",
)
OVERDUE = Queue(
    key="overdue",
    name="Quá hạn",
    cases=lambda desk: Q(due_at__lt=desk.now),
    reports=lambda desk: overdue.overdue(desk.now),
    empty="Không có việc nào quá hạn.",
)
ALL = Queue(
    key="all",
    name="Tất cả",
    cases=lambda _: Q(),
    reports=lambda _: Q(),
    empty="Không có việc nào đang mở.",
)
QUEUES: Mapping[str, Queue] = MappingProxyType(
    {queue.key: queue for queue in (MINE, UNASSIGNED, UNIT, WAITING, SNOOZED, OVERDUE, ALL)}
)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What is left of the queues: "" asks for nothing.

    face: a key of FACES. unit: a code. topic: of a case, or the category of a report. channel: of the
    conversation. label: its name; only cases have labels.
    """

    face: str = ""
    unit: str = ""
    topic: str = ""
    channel: str = ""
    label: str = ""

    def of_cases(self) -> Q:
        return (
            _NONE
            if self.face == REPORT
            else self._both() & _exactly(topic=self.topic, labels__label__name=self.label)
        )

    def of_reports(self) -> Q:
        return _NONE if self.face == CASE or self.label else self._both() & _exactly(category=self.topic)

    def _both(self) -> Q:
        return _exactly(unit__code=self.unit) & (_came_by(self.channel) if self.channel else Q())


def _exactly(**asked: str) -> Q:
    return Q(**{field: value for field, value in asked.items() if value})


def _came_by(channel: str) -> Q:
    """Asked of each open row: else a database begins at the conversations of a channel, which are many."""
    return Q(Exists(Conversation.objects.filter(pk=OuterRef("conversation"), channel=channel)))


EVERYTHING = Narrowing()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a piece of work stands in its kind: face of FACES, and its primary key."""

    face: str
    key: int


def open_cases(staff: Staff) -> QuerySet[Case]:
    """The open cases a person may see, in no order."""
    return visibility.cases_for(staff).filter(state__in=(State.QUEUED, *Case.HELD)).order_by()


def open_reports(staff: Staff) -> QuerySet[Report]:
    """The open reports a person may see, in no order."""
    return visibility.reports_for(staff).filter(state__in=OPEN).order_by()


def count_all(desk: Desk, narrowing: Narrowing = EVERYTHING) -> dict[str, int]:
    """The length of each queue by its key. Two queries."""
    cases = open_cases(desk.staff).filter(narrowing.of_cases())
    reports = open_reports(desk.staff).filter(narrowing.of_reports())
    of_cases = _counted(cases, {key: queue.cases(desk) for key, queue in QUEUES.items()})
    of_reports = _counted(reports, {key: queue.reports(desk) for key, queue in QUEUES.items()})
    return {key: of_cases[key] + of_reports[key] for key in QUEUES}


def count(desk: Desk, *queues: Queue) -> int:
    """How many are in all of these queues at once: of one, its length. Two queries."""
    cases = (queue.cases(desk) for queue in queues)
    reports = (queue.reports(desk) for queue in queues)
    return open_cases(desk.staff).filter(*cases).count() + open_reports(desk.staff).filter(*reports).count()


def _counted(rows: QuerySet[Any], which: Mapping[str, Q]) -> dict[str, int]:
    # The state, which is never missing, stands in the indexes of queues; the key would be read from the rows.
    return rows.aggregate(**{key: Count("state", filter=condition) for key, condition in which.items()})


def places(
    queue: Queue, desk: Desk, narrowing: Narrowing = EVERYTHING, *, first: int = 0, many: int = A_PAGE
) -> list[Place]:
    """Who is in the queue, in its order: so many from the first (0) on. One query."""
    cases = open_cases(desk.staff).filter(queue.cases(desk), narrowing.of_cases())
    reports = open_reports(desk.staff).filter(queue.reports(desk), narrowing.of_reports())
    ranked = _ranked_cases(cases).union(_ranked_reports(reports), all=True).order_by(*_ORDER)
    return [Place(face=face, key=key) for *_, face, key in ranked[first : first + many]]


_ORDER = ("rests", "calm", "ends", "since", "face", "key")


def _ranked_cases(cases: QuerySet[Case]) -> QuerySet[Any]:
    rests = models.Case(When(state__in=(State.WAITING, State.SNOOZED), then=1), default=0)
    calm = models.Case(When(priority=Case.Priority.URGENT, then=0), default=1)
    return _ranked(
        cases, CASE, rests=rests, calm=calm, ends=F("due_at"), since=Coalesce("owed_since", "opened_at")
    )


def _ranked_reports(reports: QuerySet[Report]) -> QuerySet[Any]:
    calm = models.Case(When(level=Report.Level.URGENT, then=0), default=1)
    ends = models.Case(When(state=Report.State.NEW, then=F("intake_due")), default=F("due_at"))
    return _ranked(reports, REPORT, rests=Value(0), calm=calm, ends=ends, since=F("created_at"))


def _ranked(rows: QuerySet[Any], face: str, *, ends: Any, **ranks: Any) -> QuerySet[Any]:
    by = {**ranks, "ends": Coalesce(ends, Value(NO_TERM)), "face": Value(face), "key": F("pk")}
    ranked: QuerySet[Any] = rows.annotate(**by).values_list(*_ORDER)
    return ranked


def rows_at(found: list[Place]) -> list[Case | Report]:
    """The rows of these places, in their order; without what is gone meanwhile. Four queries at most.

    The places are of who looks: they are not asked again whether he may.
    """
    cases = _by_key(Case.objects.select_related("unit", "claimed_by", "conversation"), found, CASE)
    reports = _by_key(Report.objects.select_related("unit", "conversation", "holder"), found, REPORT)
    models.prefetch_related_objects(list(cases.values()), "labels__label")
    at: list[models.Model | None] = [(cases if one.face == CASE else reports).get(one.key) for one in found]
    return [row for row in at if isinstance(row, Case | Report)]


def _by_key(rows: QuerySet[Any], found: list[Place], face: str) -> dict[int, Any]:
    return rows.in_bulk([one.key for one in found if one.face == face])
