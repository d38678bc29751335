"""Terms counted anew: what a decision on calendar or hours moves for open reports, shown and then done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Report, ReportStep
from casework.terms import DONE, Running, Terms, due_of, terms
from conversations.changes import DESK, publish
from office import calendar_days, live_settings
from office.live_settings import Standing
from office.models import Staff
from office.moment_words import moment_words
from office.opening_hours import WORKING_HOURS, Decision, working_clock
from office.working_hours import WorkingClock

#: Rows written in one statement.
AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Move:
    """A report whose term ends otherwise. fields: those in which the new term stands."""

    report: Report
    before: datetime
    after: datetime
    fields: Running


def moves(clock: WorkingClock) -> list[Move]:
    """The open reports whose running terms end at another moment on this clock."""
    return list(_moves(terms(clock), _running()))


def decide(decision: Decision, *, by: Staff | None) -> int:
    """Keep a decision and count the terms anew; how many moved. The decision and the moves stand together."""
    with transaction.atomic():
        decision.keep(by)
        return _recount(f"Lịch làm việc đổi: {decision.source}", by)


def take_back(day: date, *, by: Staff | None) -> int:
    """Let go of the office's decision on a day and count the terms anew; how many moved."""
    with transaction.atomic():
        calendar_days.take_back(day, by=by)
        return _recount(f"Lịch làm việc đổi: bỏ quyết định về ngày {day:%d/%m/%Y}", by)


def put_setting(name: str, typed: str, *, source: str, by: Staff | None, **more: str) -> tuple[Standing, int]:
    """Set a live setting as `live_settings.put` does, and raise as it does; how many terms moved.

    Other working hours move the ends of running terms. Other limits move none: they hold for terms to come.
    """
    with transaction.atomic():
        stands = live_settings.put(name, typed, source=source, by=by, **more)
        if name != WORKING_HOURS.name:
            return stands, 0
        return stands, _recount(f"Giờ làm việc đổi: {source.strip()}", by)


def _recount(because: str, by: Staff | None) -> int:
    """version stays: no official's act is based on the end of a term, so none is to be refused for it."""
    moved = list(_moves(terms(working_clock()), _running().select_for_update(of=("self",), no_key=True)))
    for move in moved:
        for name, value in move.fields.items():
            setattr(move.report, name, value)
    changed = [move.report for move in moved]
    Report.objects.bulk_update(changed, ["intake_due", "due_at", "warn_at"], batch_size=AT_ONCE)
    lines = [_line(move, because, by) for move in moved]
    ReportStep.objects.bulk_create(lines, batch_size=AT_ONCE)
    publish(DESK)
    return len(moved)


def _running() -> QuerySet[Report]:
    return Report.objects.exclude(state__in=DONE).exclude(term="").select_related("unit")


def _moves(counted: Terms, reports: QuerySet[Report]) -> Iterator[Move]:
    for report in reports.order_by("id"):
        before, fields = due_of(report), counted.again(report)
        after = fields["intake_due"] if report.state == Report.State.NEW else fields["due_at"]
        if before and before != after:
            yield Move(report=report, before=before, after=after, fields=fields)


def _line(move: Move, because: str, by: Staff | None) -> ReportStep:
    now = timezone.now()
    moved = f"Hạn đổi từ {moment_words(move.before, now=now)} thành {moment_words(move.after, now=now)}."
    report = move.report
    return ReportStep(
        report=report,
        act=ReportStep.Act.NOTED,
        actor=by,
        state=report.state,
        unit=report.unit,
        note=f"{moved} {because}"[:500],
    )
