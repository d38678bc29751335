"""Who of a unit has a report in hand.

A report keeps its one unit in charge, whatever its holder: the holder only says whose list it stands in. So
nobody has to take a report before he may work on it, and colleagues still see that somebody does.
"""

from __future__ import annotations

from casework import visibility
from casework.models import Report, ReportStep
from office.models import Staff

Act = ReportStep.Act

#: Who does one of these has it in hand from then on.
_TAKES_IN_HAND = frozenset({Act.TAKEN_IN, Act.CLASSIFIED, Act.STARTED, Act.ANSWERED, Act.REFUSED})


#: It is open again after one of these, with who had it before.
_COMES_BACK = frozenset({Act.REOPENED, Act.SPLIT_OFF})


def holder_after(report: Report, act: str, staff: Staff | None) -> dict[str, Staff | None]:
    """The field of the report that this act fills; {} where whoever has it keeps it.

    One that is passed on waits for somebody there, and so does one that comes back to who left meanwhile.
    """
    if act == Act.FORWARDED or (act in _COMES_BACK and _has_left(report)):
        return {"holder": None}
    return {"holder": staff} if staff and act in _TAKES_IN_HAND else {}


def may_hold(staff: Staff, report: Report) -> bool:
    """Whether this person works at the desk and sees the report."""
    works = staff.is_active and staff.may_work_at_desk
    return works and visibility.reports_for(staff).filter(pk=report.pk).exists()


def _has_left(report: Report) -> bool:
    return report.holder is not None and not may_hold(report.holder, report)
