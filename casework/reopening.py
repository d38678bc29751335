"""Whether an author may ask to look again: within some days of the answer, some times."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from casework import notices
from casework.errors import StepProblem
from casework.models import Report, ReportStep
from casework.report_life import ReopenLimits, check_may_reopen
from office import live_settings
from office.setting_kinds import WholeNumber

Act = ReportStep.Act

GROUP = "Đề nghị xem lại phản ánh"
OUR_CHOICE = "Lựa chọn của phần mềm; cơ quan đổi được"

TIMES = live_settings.declare(
    name="reopening.times",
    group=GROUP,
    title="Số lần người gửi được đề nghị xem lại một phản ánh",
    kind=WholeNumber(lowest=0, highest=10, unit="lần"),
    default=2,
    source=OUR_CHOICE,
)
DAYS = live_settings.declare(
    name="reopening.days",
    group=GROUP,
    title="Được đề nghị xem lại trong",
    hint="Từ lúc trả lời hoặc từ chối tiếp nhận.",
    kind=WholeNumber(lowest=1, highest=180, unit="ngày"),
    default=15,
    source=OUR_CHOICE,
)


def limits() -> ReopenLimits:
    return ReopenLimits(times=TIMES.current(), within=timedelta(days=DAYS.current()))


def check(report: Report) -> None:
    """Raises NoSuchStep, ReopenedTooOften or TooLateToReopen where its author may not reopen it."""
    closed_at = _closed_at(report)
    check_may_reopen(
        report.state, closed_at=closed_at, reopenings=report.reopenings, limits=limits(), now=timezone.now()
    )


def may_reopen(report: Report) -> bool:
    try:
        check(report)
    except StepProblem:
        return False
    return True


def invitation(report: Report) -> str:
    """The sentence that goes with an answer or a refusal; "" where it could not be done."""
    return notices.may_be_reopened(limits().within.days) if may_reopen(report) else ""


def _closed_at(report: Report) -> datetime:
    closed = report.steps.filter(act__in=(Act.ANSWERED, Act.REFUSED)).last()
    return closed.at if closed else report.created_at
