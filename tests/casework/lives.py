"""Reports brought along their life, to tell stories that begin later."""

from __future__ import annotations

from casework import report_acts
from casework.models import Report
from casework.report_acts import Classification
from office.models import Staff, Unit

NORMAL = Classification(level="normal")


def taken_in(report: Report, staff: Staff, *, to: Unit | None = None) -> Report:
    """Taken in and classified as normal, and with another unit where one is named."""
    report_acts.take_in_and_assign(report, staff, seen=report.version, as_=NORMAL, to=to)
    return report


def answered(report: Report, staff: Staff, words: str = "Đã xong.", *, outcome: str = "fixed") -> Report:
    """Taken in where it was not, and answered."""
    if report.state == Report.State.NEW:
        taken_in(report, staff)
    report_acts.answer(report, staff, seen=report.version, outcome=outcome, words=words)
    return report


def refused(report: Report, staff: Staff, words: str = "Thiếu địa chỉ.") -> Report:
    report_acts.refuse(report, staff, seen=report.version, reason="unclear", words=words)
    return report
