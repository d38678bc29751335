"""How a published report is told to everyone: its standing, its term, how late it is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from casework import public_reports
from casework.categories import CATEGORY_NAMES
from casework.models import Publication, Report
from casework.public_reports import ANSWERED_ONES, OPEN_ONES, OVERDUE_ONES
from casework.refusals import NAMES

#: What the address of the list says, how it is called, and what is looked for.
STANDINGS = {
    "dang-xu-ly": ("Chưa trả lời", OPEN_ONES),
    "qua-han": ("Quá hạn", OVERDUE_ONES),
    "da-tra-loi": ("Đã trả lời", ANSWERED_ONES),
}


@dataclass(frozen=True, kw_only=True)
class ShownReport:
    """A published report as pages show it. term: in words, "" where none is set; late: how late, or ""."""

    publication: Publication
    category: str
    state: str
    term: str
    late: str

    @property
    def code(self) -> str:
        return self.publication.report.code

    @property
    def title(self) -> str:
        ward = self.publication.ward
        return f"{self.category}, {ward.name}" if ward else self.category


def shown(publication: Publication, now: datetime) -> ShownReport:
    report = publication.report
    return ShownReport(
        publication=publication,
        category=CATEGORY_NAMES.get(publication.category, publication.category),
        state=_state(report),
        term=f"{timezone.localtime(report.due_at):%H:%M, %d/%m/%Y}" if report.due_at else "",
        late=_late(report, now),
    )


def _state(report: Report) -> str:
    """Closed is not the same as fixed: what became of it is said with the state, or why it was refused.

    Of a refusal the reason of the list alone: the words written to its author are the author's.
    """
    state = report.get_state_display()
    outcome = report.get_outcome_display() or NAMES.get(report.refusal, "")
    return f"{state}: {outcome[0].lower()}{outcome[1:]}" if outcome else state


def _late(report: Report, now: datetime) -> str:
    if public_reports.is_overdue(report, now) and report.due_at:
        return f"Quá hạn {_days(report.due_at, now)}"
    if public_reports.was_answered_late(report) and report.due_at and report.answered_at:
        return f"Trả lời muộn {_days(report.due_at, report.answered_at)}"
    return ""


def _days(since: datetime, until: datetime) -> str:
    days = (timezone.localdate(until) - timezone.localdate(since)).days
    return f"{days} ngày" if days else "trong ngày"
