"""One change of a report with its line in the register: decided on what somebody saw, or not made at all."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework.errors import ReportMovedOn
from casework.holders import holder_after
from casework.models import Report, ReportStep
from casework.report_life import OPEN, State, after
from casework.reports import enter
from casework.working_times import times_after
from conversations.changes import DESK, publish
from office import audit
from office.models import Staff
from office.opening_hours import working_clock


@transaction.atomic
def change(  # noqa: PLR0913 -- what a line of the register holds, each by its name
    report: Report,
    act: ReportStep.Act,
    *,
    seen: int,
    staff: Staff | None = None,
    note: str = "",
    to: State | None = None,
    **values: Any,
) -> ReportStep:
    """Take the report to the state this act leads to, with these values, and enter the line.

    seen: the version that whoever decides has seen; staff: None for its author. to: where the state does not
    follow from the act alone. Raises ReportMovedOn when it has changed since, or NoSuchStep.
    """
    check_unchanged(report, seen)
    state = to or after(act, report.state)
    took = times_after(act, report, timezone.now(), working_clock())
    held = holder_after(report, act, staff)
    as_seen = Report.objects.filter(pk=report.pk, version=seen)
    if not as_seen.update(**took, **held, **values, state=state, version=F("version") + 1):
        raise ReportMovedOn
    report.refresh_from_db()
    audit.note(f"report.{act}", report.code, staff, state=state, unit=report.unit.code)
    publish(DESK)
    return enter(report, act, staff, note=note, by_citizen=staff is None)


def check_unchanged(report: Report, seen: int) -> None:
    """Raises ReportMovedOn when the report is not as whoever decides has seen it."""
    if report.version != seen:
        raise ReportMovedOn


def keep_open(*reports: Report) -> bool:
    """Whether all are open, and then until the caller's transaction ends: who would close one waits for it.

    Lowest first, so that two who need the same ones never wait for each other.
    """
    keys = sorted(report.pk for report in reports)
    return all(Report.objects.filter(pk=key, state__in=OPEN).update(state=F("state")) for key in keys)
