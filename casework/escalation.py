"""Terms that run out: its holder is warned before, and who oversees the unit is told after; once a term each.

Told are the holder, the supervisors of the unit, and those of the first unit above where somebody may see it.
Never who is complained of; a citizen reads of nobody who was not told. The unit stays in charge throughout.
Several processes may look at the same time: each report is claimed by a conditional UPDATE, so that one of
them acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from casework import desk_notices, follows, notices, visibility
from casework.holders import may_hold
from casework.models import Report, ReportStep
from casework.overdue import due_soon, overdue
from casework.overseeing import supervisors_of, units_above
from casework.report_life import ANSWER_OWED
from casework.reports import enter
from casework.terms import due_of
from conversations.changes import DESK, publish
from office import audit
from office.models import Staff, Unit
from office.moment_words import due_words, moment_words
from office.opening_hours import working_clock
from office.units import is_or_is_below
from office.working_hours import WorkingClock

#: Reports of one look; more are left to the next, which follows at once.
AT_ONCE = 200

Act = ReportStep.Act
State = Report.State


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who is told that a term is over. above: the unit of people_above, None where there are none."""

    holder: Staff | None
    supervisors: Sequence[Staff]
    above: Unit | None
    people_above: Sequence[Staff]

    @property
    def people(self) -> Sequence[Staff]:
        """Each once."""
        holder = [self.holder] if self.holder else []
        return list(dict.fromkeys([*holder, *self.supervisors, *self.people_above]))

    def words(self, unit: Unit) -> str:
        """As citizens and officials read it; unit: the one in charge. "" for nobody."""
        own = [f"phụ trách {unit.name}"] if self.supervisors else []
        offices = own + ([self.above.name] if self.above else [])
        return " và ".join(offices) or ("cán bộ đang xử lý" if self.holder else "")


def warn(now: datetime) -> int:
    """A line for each report whose term is nearly over (Report.warn_at); how many, AT_ONCE at the most."""
    clock = working_clock()
    return sum(_warn(report, now, clock) for report in _looked_at(_to_warn(now)))


def escalate(now: datetime) -> int:
    """Tell of each report whose term is over who has or oversees it, and its author; how many, as above."""
    return sum(_escalate(report, now) for report in _looked_at(_to_escalate(now)))


def told_of(report: Report) -> Told:
    """Who is to be told that the unit in charge is late; nobody where nobody is left who may see it."""
    above = ((unit, _supervisors(unit, report)) for unit in units_above(report.unit))
    unit, people = next(((unit, people) for unit, people in above if people), (None, []))
    return Told(
        holder=_holder(report), supervisors=_supervisors(report.unit, report), above=unit, people_above=people
    )


def _holder(report: Report) -> Staff | None:
    return report.holder if report.holder and may_hold(report.holder, report) else None


def _supervisors(unit: Unit, report: Report) -> list[Staff]:
    """Those of a unit who may see this report; none of whom it is about, or below."""
    if report.named_unit and is_or_is_below(unit, report.named_unit):
        return []
    return [staff for staff in supervisors_of(unit) if not visibility.is_complained_of(staff, report)]


def _to_warn(now: datetime) -> Q:
    return due_soon(now) & (Q(warned_at=None) | Q(warned_at__lt=F("warn_at")))


def _to_escalate(now: datetime) -> Q:
    earlier_term = Q(state=State.NEW, escalated_at__lte=F("intake_due")) | Q(
        state__in=ANSWER_OWED, escalated_at__lte=F("due_at")
    )
    return overdue(now) & (Q(escalated_at=None) | earlier_term)


def _looked_at(which: Q) -> QuerySet[Report]:
    referred_to = ("unit__parent", "named_unit", "conversation", "holder")
    return Report.objects.filter(which).select_related(*referred_to).order_by("id")[:AT_ONCE]


@transaction.atomic
def _warn(report: Report, now: datetime, clock: WorkingClock) -> bool:
    """False when it is no longer to be warned of, or another process has just done it."""
    due = due_of(report)
    if due is None or not Report.objects.filter(_to_warn(now), pk=report.pk).update(warned_at=now):
        return False
    left = due_words(due, now=now, clock=clock)
    enter(report, Act.WARNED, note=f"Sắp đến {left}.")
    if holder := _holder(report):
        desk_notices.tell(holder, f"Phản ánh {report.code}: sắp đến {left}.")
    publish(DESK)
    return True


@transaction.atomic
def _escalate(report: Report, now: datetime) -> bool:
    """As `_warn`. Only of the report as it was read: who has just been given it is not late."""
    told, due = told_of(report), due_of(report)
    as_read = Report.objects.filter(_to_escalate(now), pk=report.pk, version=report.version)
    if due is None or not as_read.update(escalated_at=now, escalated_to=told.above):
        return False
    audit.note("report.escalated", report.code, None, to=told.above.code if told.above else None)
    _tell(report, told, due, now)
    publish(DESK)
    return True


def _tell(report: Report, told: Told, due: datetime, now: datetime) -> None:
    whom, over = told.words(report.unit), moment_words(due, now=now)
    done = f"Đã báo {whom}." if whom else "Chưa có ai để báo."
    enter(report, Act.ESCALATED, note=f"Quá hạn {over}. {done}")
    what = "tiếp nhận" if report.state == State.NEW else "trả lời"
    who = f"{told.holder.display_name} đang xử lý" if told.holder else "chưa ai nhận"
    for person in told.people:
        desk_notices.tell(
            person, f"Phản ánh {report.code}: quá hạn {what} {over} ({report.unit.name}, {who})."
        )
    follows.tell_all(report, notices.report_overdue(report, due, whom, now=now))
