"""How much waits in each room of the desk, counted from the very lists the pages show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casework import visibility
from casework.models import Case, Report
from conversations.models import Turn
from office.models import Staff


@dataclass(frozen=True, kw_only=True)
class Counts:
    """waiting: cases nobody claimed; new_reports: not yet taken in; failed: replies and turns to look at."""

    waiting: int
    new_reports: int
    failed: int


def waiting_cases(staff: Staff) -> QuerySet[Case]:
    return visibility.cases_for(staff).filter(state=Case.State.QUEUED).order_by("id")


def new_reports(staff: Staff) -> QuerySet[Report]:
    return visibility.reports_for(staff).filter(state=Report.State.NEW).order_by("-urgent", "id")


def failed_deliveries(staff: Staff) -> QuerySet[Turn]:
    return visibility.turns_for(staff).filter(status=Turn.Status.FAILED)


def set_aside_turns(staff: Staff) -> QuerySet[Turn]:
    return visibility.turns_for(staff).filter(status=Turn.Status.SET_ASIDE)


def counts_for(staff: Staff) -> Counts:
    troubled = Q(status=Turn.Status.FAILED) | Q(status=Turn.Status.SET_ASIDE)
    return Counts(
        waiting=waiting_cases(staff).count(),
        new_reports=new_reports(staff).count(),
        failed=visibility.turns_for(staff).filter(troubled).count(),
    )
