"""Terms counted anew: what a decision on calendar, hours or levels moves, shown and then done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import level_recount, service_levels
from casework.level_recount import CaseMove
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
#: Other limits of reports hold for terms to come; those of cases move the replies that are due now.
OF_CASES = frozenset(setting.name for setting in service_levels.SETTINGS)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A report whose term ends otherwise. fields: those in which the new term stands."""

    report: Report
    before: datetime
    after: datetime
    fields: Running


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What a decision would move, should it be kept now."""

    reports: Sequence[Move] = field(default=())
    cases: Sequence[CaseMove] = field(default=())

    @property
    def count(self) -> Recounted:
        return Recounted(reports=len(self.reports), cases=len(self.cases))


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """How many terms moved."""

    reports: int = 0
    cases: int = 0

    def __bool__(self) -> bool:
        return bool(self.reports or self.cases)

    @property
    def words(self) -> str:
        """ "3 phản ánh, 2 hồ sơ"; "" for none."""
        said = ((self.reports, "phản ánh"), (self.cases, "hồ sơ"))
        return ", ".join(f"{number} {what}" for number, what in said if number)


def moves(clock: WorkingClock) -> Moves:
    """What is open and due at another moment on this clock."""
    levels = service_levels.service_levels(clock)
    return Moves(reports=list(_moves(terms(clock), _running())), cases=level_recount.moves(levels))


def moves_by_setting(name: str, typed: str) -> Moves:
    """What would be due at another moment if a live setting were this. Raises as `live_settings.put` does."""
    value = live_settings.named(name).kind.read(typed)
    if name == WORKING_HOURS.name:
        return moves(replace(working_clock(), hours=value))
    if name in OF_CASES:
        return Moves(cases=level_recount.moves(service_levels.service_levels(**{name: value})))
    return Moves()


def decide(decision: Decision, *, by: Staff | None) -> Recounted:
    """Keep a decision and count the terms anew. The decision and the moves stand together."""
    with transaction.atomic():
        decision.keep(by)
        return _recount(f"Lịch làm việc đổi: {decision.source}", by)


def take_back(day: date, *, by: Staff | None) -> Recounted:
    """Let go of the office's decision on a day and count the terms anew."""
    with transaction.atomic():
        calendar_days.take_back(day, by=by)
        return _recount(f"Lịch làm việc đổi: bỏ quyết định về ngày {day:%d/%m/%Y}", by)


def put_setting(
    name: str, typed: str, *, source: str, by: Staff | None, **more: str
) -> tuple[Standing, Recounted]:
    """Set a live setting as `live_settings.put` does, and raise as it does; what moved.

    Other working hours move the ends of running terms, other service levels those of cases. Other limits
    move none: they hold for terms to come.
    """
    with transaction.atomic():
        stands = live_settings.put(name, typed, source=source, by=by, **more)
        if name == WORKING_HOURS.name:
            return stands, _recount(f"Giờ làm việc đổi: {source.strip()}", by)
        if name in OF_CASES:
            because = f"Mức phục vụ đổi: {source.strip()}"
            return stands, Recounted(cases=level_recount.recount(because, by))
        return stands, Recounted()


def _recount(because: str, by: Staff | None) -> Recounted:
    publish(DESK)
    return Recounted(reports=_recount_reports(because, by), cases=level_recount.recount(because, by))


def _recount_reports(because: str, by: Staff | None) -> int:
    """version stays: no official's act is based on the end of a term, so none is to be refused for it."""
    moved = list(_moves(terms(working_clock()), _running().select_for_update(of=("self",), no_key=True)))
    for move in moved:
        for name, value in move.fields.items():
            setattr(move.report, name, value)
    changed = [move.report for move in moved]
    Report.objects.bulk_update(changed, ["intake_due", "due_at", "warn_at"], batch_size=AT_ONCE)
    lines = [_line(move, because, by) for move in moved]
    ReportStep.objects.bulk_create(lines, batch_size=AT_ONCE)
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
