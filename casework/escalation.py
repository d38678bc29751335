"""Terms that run out: the unit in charge is warned before, who oversees it is told after; once a term each.

The unit stays in charge throughout. Several processes may look at the same time: each report is claimed by a
conditional UPDATE, so that one of them acts.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from casework import follows, notices
from casework.models import Report, ReportStep
from casework.overdue import due_soon, overdue
from casework.report_life import ANSWER_OWED
from casework.reports import enter
from casework.terms import due_of
from conversations.changes import DESK, publish
from office import audit
from office.models import Unit
from office.moment_words import due_words, moment_words
from office.opening_hours import working_clock
from office.units import contact_team, is_or_is_below
from office.working_hours import WorkingClock

#: Reports of one look; more are left to the next, which follows at once.
AT_ONCE = 200

Act = ReportStep.Act
State = Report.State


def warn(now: datetime) -> int:
    """A line for each report whose term is nearly over (Report.warn_at); how many, AT_ONCE at the most."""
    clock = working_clock()
    return sum(_warn(report, now, clock) for report in _looked_at(_to_warn(now)))


def escalate(now: datetime) -> int:
    """Tell of each report whose term is over who oversees its unit, and its author; how many, as above."""
    return sum(_escalate(report, now) for report in _looked_at(_to_escalate(now)))


def overseer_of(report: Report) -> Unit | None:
    """Who is told that the unit in charge is late: the unit above it, else the central contact team.

    Never whom the report is about, or who is below them; None where nobody is left.
    """
    for unit in (report.unit.parent, contact_team()):
        if unit is None or unit.pk == report.unit_id:
            continue
        if report.named_unit is None or not is_or_is_below(unit, report.named_unit):
            return unit
    return None


def _to_warn(now: datetime) -> Q:
    return due_soon(now) & (Q(warned_at=None) | Q(warned_at__lt=F("warn_at")))


def _to_escalate(now: datetime) -> Q:
    earlier_term = Q(state=State.NEW, escalated_at__lte=F("intake_due")) | Q(
        state__in=ANSWER_OWED, escalated_at__lte=F("due_at")
    )
    return overdue(now) & (Q(escalated_at=None) | earlier_term)


def _looked_at(which: Q) -> QuerySet[Report]:
    reports = Report.objects.filter(which).select_related("unit__parent", "named_unit", "conversation")
    return reports.order_by("id")[:AT_ONCE]


@transaction.atomic
def _warn(report: Report, now: datetime, clock: WorkingClock) -> bool:
    """False when it is no longer to be warned of, or another process has just done it."""
    due = due_of(report)
    if due is None or not Report.objects.filter(_to_warn(now), pk=report.pk).update(warned_at=now):
        return False
    enter(report, Act.WARNED, note=f"Sắp đến {due_words(due, now=now, clock=clock)}.")
    publish(DESK)
    return True


@transaction.atomic
def _escalate(report: Report, now: datetime) -> bool:
    """As `_warn`. Only of the report as it was read: who has just been given it is not late."""
    above, due = overseer_of(report), due_of(report)
    as_read = Report.objects.filter(_to_escalate(now), pk=report.pk, version=report.version)
    if due is None or not as_read.update(escalated_at=now, escalated_to=above):
        return False
    told = f"Đã báo {above.name}." if above else "Không có cấp trên để báo."
    enter(report, Act.ESCALATED, note=f"Quá hạn {moment_words(due, now=now)}. {told}")
    audit.note("report.escalated", report.code, None, to=above.code if above else None)
    follows.tell_all(report, notices.report_overdue(report, due, above, now=now))
    publish(DESK)
    return True
