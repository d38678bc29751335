"""A person leaves the desk or a unit: what he or she had in hand waits for colleagues again, in one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from casework import cases, holders
from casework.models import Case, Report
from casework.report_life import OPEN
from casework.reports import enter
from conversations.changes import DESK, publish
from office import accounts, duties
from office.models import Staff

LET_GO = "Người đang giữ không còn phụ trách việc này; phản ánh chờ người khác nhận."


@dataclass(frozen=True, kw_only=True)
class InHand:
    """How many open cases and reports one person has."""

    cases: int = 0
    reports: int = 0


def held_by(staff: Staff) -> InHand:
    return InHand(cases=_cases_of(staff).count(), reports=_reports_of(staff).count())


@transaction.atomic
def switch_off(staff: Staff, *, reason: str, by: Staff) -> InHand:
    """Close the account; what the person had in hand waits again, and is told.

    Raises as office.accounts.switch_off; then nothing has changed.
    """
    accounts.switch_off(staff, reason=reason, by=by)
    return _let_go(Staff.objects.get(pk=staff.pk), by)


@transaction.atomic
def change(staff: Staff, to: accounts.Particulars, *, seen: str, by: Staff) -> InHand:
    """Correct the account; what the person had in hand and may not go on with waits again.

    A case stays with who works at the desk still: its citizen has begun to talk to that person. Raises as
    office.accounts.change; then nothing has changed.
    """
    accounts.change(staff, to, seen=seen, by=by)
    return _let_go(Staff.objects.get(pk=staff.pk), by)


def _let_go(staff: Staff, by: Staff) -> InHand:
    """staff: as the account is now."""
    reports = sum(_free(report, by) for report in _reports_of(staff) if not holders.may_hold(staff, report))
    if staff.is_active and staff.may_work_at_desk:
        return InHand(reports=reports)
    duties.go_off(staff, by=by)
    given_back = list(_cases_of(staff))
    for case in given_back:
        cases.release_case(case, by)
    return InHand(cases=len(given_back), reports=reports)


def _cases_of(staff: Staff) -> QuerySet[Case]:
    held = Case.objects.filter(claimed_by=staff, state__in=Case.HELD)
    return held.select_related("conversation", "claimed_by").order_by("pk")


def _reports_of(staff: Staff) -> QuerySet[Report]:
    return Report.objects.filter(holder=staff, state__in=OPEN).select_related("unit").order_by("pk")


def _free(report: Report, by: Staff) -> bool:
    """version stays: no official's act is based on who has it, so none is to be refused for it."""
    if not Report.objects.filter(pk=report.pk, holder=report.holder_id, state__in=OPEN).update(holder=None):
        return False
    enter(report, holders.Act.NOTED, by, note=LET_GO)
    publish(DESK)
    return True
