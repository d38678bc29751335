"""How long a report may take, on the clock of working hours; every figure is a setting with its source.

A report has one running term: to be taken in, from filing; then to be answered, from taking in, by its level.
The limit is kept with the report, so that another calendar moves its end and another setting does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from casework.models import Report
from office import live_settings
from office.opening_hours import working_clock
from office.setting_kinds import WholeNumber
from office.working_hours import WorkingClock

GROUP = "Thời hạn xử lý phản ánh"
QD_1207 = "QĐ 1207/QĐ-UBND ngày 28/2/2025 (theo thactrang.com, laodongthudo.vn)"
#: States in which no term runs.
DONE = (Report.State.ANSWERED, Report.State.REFUSED, Report.State.MERGED)

INTAKE_HOURS = live_settings.declare(
    name="terms.intake_hours",
    group=GROUP,
    title="Tiếp nhận",
    hint="Từ lúc người dân gửi. Áp dụng cho phản ánh gửi từ lúc đổi.",
    kind=WholeNumber(lowest=1, highest=80, unit="giờ làm việc"),
    default=8,
    source=QD_1207,
)
URGENT_HOURS = live_settings.declare(
    name="terms.urgent_hours",
    group=GROUP,
    title="Xử lý phản ánh khẩn",
    hint="Từ lúc tiếp nhận. Áp dụng cho phản ánh phân loại từ lúc đổi.",
    kind=WholeNumber(lowest=1, highest=80, unit="giờ làm việc"),
    default=4,
    source=QD_1207,
)
FORWARD_DAYS = live_settings.declare(
    name="terms.forward_days",
    group=GROUP,
    title="Chuyển phản ánh thuộc thẩm quyền nơi khác",
    hint="Từ lúc tiếp nhận.",
    kind=WholeNumber(lowest=1, highest=30, unit="ngày làm việc"),
    default=5,
    source="Nghị định 20/2008/NĐ-CP, điều 9",
)
NORMAL_DAYS = live_settings.declare(
    name="terms.normal_days",
    group=GROUP,
    title="Xử lý phản ánh bình thường",
    hint="Từ lúc tiếp nhận. Áp dụng cho phản ánh phân loại từ lúc đổi.",
    kind=WholeNumber(lowest=1, highest=120, unit="ngày làm việc"),
    default=7,
    source="Chưa có nguồn: thành phố cần quyết định. 7 ngày là mức Huế cho bảy phản ánh đã công bố",
    is_undecided=True,
)
COMPLEX_DAYS = live_settings.declare(
    name="terms.complex_days",
    group=GROUP,
    title="Xử lý phản ánh phức tạp",
    hint="Từ lúc tiếp nhận. Áp dụng cho phản ánh phân loại từ lúc đổi.",
    kind=WholeNumber(lowest=1, highest=120, unit="ngày làm việc"),
    default=14,
    source="Chưa có nguồn: thành phố cần quyết định. Tạm lấy gấp đôi mức bình thường",
    is_undecided=True,
)
WARN_AT = live_settings.declare(
    name="terms.warn_at",
    group=GROUP,
    title="Nhắc đơn vị khi đã hết",
    hint="Tính trên giờ làm việc từ lúc thời hạn bắt đầu.",
    kind=WholeNumber(lowest=10, highest=99, unit="% thời hạn"),
    default=75,
    source="Lựa chọn của phần mềm; cơ quan đổi được",
)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many working hours or working days. code: as a report keeps it, "8h" or "7d"."""

    amount: int
    in_days: bool = False

    @property
    def code(self) -> str:
        return f"{self.amount}{'d' if self.in_days else 'h'}"

    @classmethod
    def of_code(cls, code: str) -> Limit:
        return cls(amount=int(code[:-1]), in_days=code.endswith("d"))

    def end(self, start: datetime, clock: WorkingClock) -> datetime:
        """When it is over: while the office is open, and for days at closing time."""
        if self.in_days:
            return clock.after_days(start, working_days=self.amount)
        return clock.after(start, working=timedelta(hours=self.amount))


#: Fields of a report by name: in them a term stands.
Running = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The limits in force and their clock; a unit is warned when warn_at per cent of one are over."""

    clock: WorkingClock
    intake: Limit
    by_level: dict[str, Limit]
    forward: Limit
    warn_at: int

    def at_filing(self, received: datetime) -> Running:
        """To be taken in; the fields of the report."""
        return self._running(self.intake, received, ends="intake_due")

    def at_taking_in(self, level: str, start: datetime) -> Running:
        """To be answered, as its level says; the fields of the report.

        start: when it was taken in, also where it is classified later; or when it was reopened.
        """
        return self._running(self.by_level[level], start, ends="due_at")

    def again(self, report: Report) -> Running:
        """The limit a report has, counted on this clock: its end moved where the calendar changed."""
        ends = "intake_due" if report.state == Report.State.NEW else "due_at"
        return self._running(Limit.of_code(report.term), report.term_from or report.created_at, ends=ends)

    def _running(self, limit: Limit, start: datetime, *, ends: str) -> Running:
        due = limit.end(start, self.clock)
        warned = self.clock.after(start, working=self.clock.between(start, due) * self.warn_at / 100)
        return {"term": limit.code, "term_from": start, ends: due, "warn_at": warned}

    def forward_due(self, taken_in_at: datetime) -> datetime:
        """By when what belongs to others is passed on (decree 20/2008/NĐ-CP art. 9)."""
        return self.forward.end(taken_in_at, self.clock)


def terms(clock: WorkingClock | None = None) -> Terms:
    """What holds now, on the office's clock if no other is given. Three queries: one for many reports."""
    figures = live_settings.currents(
        INTAKE_HOURS, URGENT_HOURS, FORWARD_DAYS, NORMAL_DAYS, COMPLEX_DAYS, WARN_AT
    )
    intake, urgent, forward, normal, complex_, warn_at = figures
    return Terms(
        clock=clock or working_clock(),
        intake=Limit(amount=intake),
        by_level={
            Report.Level.URGENT: Limit(amount=urgent),
            Report.Level.NORMAL: Limit(amount=normal, in_days=True),
            Report.Level.COMPLEX: Limit(amount=complex_, in_days=True),
        },
        forward=Limit(amount=forward, in_days=True),
        warn_at=warn_at,
    )


def due_of(report: Report) -> datetime | None:
    """The end of the term that runs: of taking in, then of the answer; None once it is answered or closed."""
    if report.state in DONE:
        return None
    return report.intake_due if report.state == Report.State.NEW else report.due_at
