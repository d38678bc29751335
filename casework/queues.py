"""The queues of the desk: cases and reports in one list, each queue said once, for both.

What a queue is stands in `QUEUES`; whoever counts or lists asks the same conditions of the same rows, so a
number is always the length of its list. Who needs it first stands above: what waits for the office before
what rests, urgent before the rest, then whose term ends first, then who has waited longest. (A term that ends
earlier also has fewer working hours left, so no clock is needed to order them.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from casework import overdue, visibility
from casework.models import Case, CaseLabel, Report
from casework.report_life import OPEN
from conversations.models import Conversation
from office.anyone import AskedByStaff, Asking
from office.lookups import GivenKeys, Lookup, among, counted, moment
from office.models import Staff

A_PAGE = 30
#: Later than every term, for what has none.
NO_TERM = datetime(9999, 1, 1, tzinfo=UTC)

CASE, REPORT = "case", "report"
FACES: Mapping[str, str] = MappingProxyType({CASE: "Hội thoại", REPORT: "Phản ánh"})

_NONE = Q(pk__in=())
State = Case.State


@dataclass(frozen=True, kw_only=True)
class AnyDesk:
    """A desk, or what stands for those of a kind of people in a statement that is made once."""

    staff: Asking
    now: Any


@dataclass(frozen=True, kw_only=True)
class Desk(AnyDesk):
    """Whose queues, and at what moment (aware)."""

    staff: Staff
    now: datetime


Which = Callable[[AnyDesk], Q]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Which of the open cases, and which of the open reports, are in it. empty: said when there are none."""

    key: str
    name: str
    cases: Which
    reports: Which
    empty: str


def _of_own_units(desk: AnyDesk) -> Q:
    return among("unit", desk.staff.belonging.units)


MINE = Queue(
    key="mine",
    name="Của tôi",
    cases=lambda desk: Q(claimed_by=desk.staff.pk, state__in=Case.HELD),
    reports=lambda desk: Q(holder=desk.staff.pk),
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


def open_cases(staff: Asking) -> QuerySet[Case]:
    """The open cases a person may see, in no order."""
    return visibility.cases_for(staff).filter(state__in=(State.QUEUED, *Case.HELD)).order_by()


def open_reports(staff: Asking) -> QuerySet[Report]:
    """The open reports a person may see, in no order."""
    return visibility.reports_for(staff).filter(state__in=OPEN).order_by()


def units_and_topics(staff: Staff) -> tuple[frozenset[int], frozenset[str]]:
    """Of what is open: the keys of its units, and the topics of its cases. Two queries."""
    cases, reports = _CASES_ABOUT.all(staff), _UNITS_OF_REPORTS.all(staff)
    units = frozenset((*(unit for unit, _topic in cases), *reports))
    return units, frozenset(topic for _unit, topic in cases if topic)


_CASES_ABOUT = AskedByStaff(lambda staff: open_cases(staff).values_list("unit", "topic").distinct())
_UNITS_OF_REPORTS = AskedByStaff(lambda staff: open_reports(staff).values_list("unit", flat=True).distinct())


def count_all(desk: Desk, narrowing: Narrowing = EVERYTHING) -> dict[str, int]:
    """The length of each queue by its key. Two queries."""
    if narrowing == EVERYTHING:
        counts = [asked.all(desk.staff, now=desk.now) for asked in (_CASES_COUNTED, _REPORTS_COUNTED)]
    else:
        counts = [list(_cases_counted(desk, narrowing)), list(_reports_counted(desk, narrowing))]
    rows = [row for one_face in counts for row in one_face]  # none of a face that is left out
    return {key: sum(row[at] for row in rows) for at, key in enumerate(QUEUES)}


# By the state, which is never missing and stands in the indexes of queues.


def _cases_counted(desk: AnyDesk, narrowing: Narrowing) -> QuerySet[Any]:
    cases = open_cases(desk.staff).filter(narrowing.of_cases())
    return counted(cases, by="state", **{key: queue.cases(desk) for key, queue in QUEUES.items()})


def _reports_counted(desk: AnyDesk, narrowing: Narrowing) -> QuerySet[Any]:
    reports = open_reports(desk.staff).filter(narrowing.of_reports())
    return counted(reports, by="state", **{key: queue.reports(desk) for key, queue in QUEUES.items()})


def _asked_at(asked: Callable[[AnyDesk], QuerySet[Any]]) -> AskedByStaff[Any]:
    """What desks ask, made once for each kind of person."""
    return AskedByStaff(lambda staff, now: asked(AnyDesk(staff=staff, now=now)), now=moment("now"))


_CASES_COUNTED = _asked_at(lambda desk: _cases_counted(desk, EVERYTHING))
_REPORTS_COUNTED = _asked_at(lambda desk: _reports_counted(desk, EVERYTHING))


def count(desk: Desk, *queues: Queue) -> int:
    """How many are in all of these queues at once: of one, its length. Two queries."""
    return sum(asked.number(desk.staff, now=desk.now) for asked in _both_counted(queues))


@cache
def _both_counted(queues: tuple[Queue, ...]) -> tuple[AskedByStaff[Any], AskedByStaff[Any]]:
    def cases(desk: AnyDesk) -> QuerySet[Any]:
        return counted(open_cases(desk.staff).filter(*(queue.cases(desk) for queue in queues)))

    def reports(desk: AnyDesk) -> QuerySet[Any]:
        return counted(open_reports(desk.staff).filter(*(queue.reports(desk) for queue in queues)))

    return _asked_at(cases), _asked_at(reports)


def places(
    queue: Queue, desk: Desk, narrowing: Narrowing = EVERYTHING, *, first: int = 0, many: int = A_PAGE
) -> list[Place]:
    """Who is in the queue, in its order: so many from the first (0) on. One query."""
    if (narrowing, first, many) == (EVERYTHING, 0, A_PAGE):
        ranked = _first_page(queue).all(desk.staff, now=desk.now)
    else:
        ranked = list(_ranked_in(queue, desk, narrowing)[first : first + many])
    return [Place(face=face, key=key) for *_, face, key in ranked]


@cache
def _first_page(queue: Queue) -> AskedByStaff[Any]:
    return _asked_at(lambda desk: _ranked_in(queue, desk, EVERYTHING)[:A_PAGE])


def _ranked_in(queue: Queue, desk: AnyDesk, narrowing: Narrowing) -> QuerySet[Any]:
    cases = open_cases(desk.staff).filter(queue.cases(desk), narrowing.of_cases())
    reports = open_reports(desk.staff).filter(queue.reports(desk), narrowing.of_reports())
    return _ranked_cases(cases).union(_ranked_reports(reports), all=True).order_by(*_ORDER)


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
    """The rows of these places, in their order; without what is gone meanwhile. Two queries at most.

    The places are of who looks: they are not asked again whether he may.
    """
    cases = _by_key(_CASES_AT, found, CASE)
    reports = _by_key(_REPORTS_AT, found, REPORT)
    at: list[models.Model | None] = [(cases if one.face == CASE else reports).get(one.key) for one in found]
    return [row for row in at if isinstance(row, Case | Report)]


def labels_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """The names of the labels on these cases, by the key of the case; without cases that have none."""
    found: dict[int, list[str]] = {}
    for case, name in _LABELS_OF.all(cases=[case.pk for case in cases]) if cases else ():
        found.setdefault(case, []).append(name)
    return found


_LABELS_OF = Lookup(
    lambda: (
        CaseLabel.objects.filter(among("case", GivenKeys("cases")))
        .order_by("label__name")
        .values_list("case", "label__name")
    )
)
_CASES_AT = Lookup(
    lambda: Case.objects.select_related("unit", "claimed_by", "conversation").filter(
        among("pk", GivenKeys("keys"))
    )
)
_REPORTS_AT = Lookup(
    lambda: Report.objects.select_related("unit", "conversation", "holder").filter(
        among("pk", GivenKeys("keys"))
    )
)


def _by_key(rows: Lookup[Any], found: list[Place], face: str) -> dict[int, Any]:
    keys = [one.key for one in found if one.face == face]
    return {row.pk: row for row in rows.all(keys=keys)} if keys else {}
