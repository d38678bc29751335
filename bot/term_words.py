"""What citizens are told of terms: with the receipt, and when they ask how far their report is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from casework.models import Report
from casework.terms import due_of
from office.moment_words import due_words, left_words, moment_words
from office.working_hours import WorkingClock


def intake_told(report: Report, *, now: datetime, clock: WorkingClock) -> str:
    """By when the office takes it in; out of hours when it is back; of what is urgent then no more."""
    back = moment_words(clock.next_open(now), now=now)
    if not clock.is_open(now) and report.is_urgent:
        return _(
            "Bây giờ ngoài giờ làm việc nên chưa có cán bộ xem ngay; cơ quan làm việc lại lúc %(back)s."
        ) % {"back": back}
    if report.intake_due is None:
        return ""
    due = moment_words(report.intake_due, now=now)
    if clock.is_open(now):
        return _("Cơ quan tiếp nhận chậm nhất %(due)s.") % {"due": due}
    return _(
        "Bây giờ ngoài giờ làm việc; cơ quan làm việc lại lúc %(back)s, tiếp nhận chậm nhất %(due)s."
    ) % {"back": back, "due": due}


def term_told(report: Report, *, now: datetime, clock: WorkingClock) -> str:
    """The term that runs and what is left of it; once over, that it is and who was told. "" for none."""
    due = due_of(report)
    if due is None:
        return ""
    what = _("tiếp nhận") if report.state == Report.State.NEW else _("trả lời")
    if now < due:
        return _("Việc %(what)s có %(due)s.") % {"what": what, "due": due_words(due, now=now, clock=clock)}
    late = _("Việc %(what)s có hạn %(due)s, đã %(late)s.") % {
        "what": what,
        "due": moment_words(due, now=now),
        "late": left_words(due, now=now, clock=clock),
    }
    if report.escalated_to is None or report.escalated_at is None or report.escalated_at < due:
        return late
    return _("%(late)s Đã báo %(above)s.") % {"late": late, "above": report.escalated_to.name}
