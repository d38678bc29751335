"""How long the office took with a report, in minutes of working time, kept on it when it happens."""

from __future__ import annotations

from datetime import datetime

from casework.models import Report, ReportStep
from office.working_hours import WorkingClock

Act = ReportStep.Act


def times_after(act: str, report: Report, at: datetime, clock: WorkingClock) -> dict[str, int]:
    """The fields of the report that this act fills, where its state before the act is known.

    The first response is being taken in or refused, whichever came first. Handling runs from taking in to the
    answer; of a report that was reopened, to the last one.
    """
    if act in {Act.TAKEN_IN, Act.REFUSED} and report.first_response_minutes is None:
        return {"first_response_minutes": _minutes(report.created_at, at, clock)}
    if act == Act.ANSWERED:
        return {"handling_minutes": _minutes(report.taken_in_at or report.created_at, at, clock)}
    return {}


def _minutes(start: datetime, end: datetime, clock: WorkingClock) -> int:
    return max(0, round(clock.between(start, end).total_seconds() / 60))
