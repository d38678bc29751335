"""How soon a citizen in a case is owed a person's words, in working hours; each figure is a setting.

One term runs at a time: to the first reply, by the reason of the case; then to every next one, from when the
citizen wrote. What is urgent has its own. A term keeps no limit of its own: another calendar and another
figure both move the running ones (casework.level_recount).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from casework.models import Case
from office import live_settings
from office.live_settings import Setting
from office.opening_hours import working_clock
from office.setting_kinds import WholeNumber
from office.working_hours import WorkingClock

GROUP = "Mức phục vụ của hồ sơ trò chuyện"
CHOSEN = "Lựa chọn của phần mềm; cơ quan đổi được"
TO_DECIDE = "Chưa có nguồn: cơ quan cần quyết định. Tạm theo lựa chọn của phần mềm"
HINT = "Giờ làm việc từ lúc người dân chờ. Đổi thì hạn của hồ sơ đang chờ được tính lại."

Reason, Priority = Case.Reason, Case.Priority


def _minutes(name: str, title: str, default: int, *, is_undecided: bool = False) -> Setting[int]:
    return live_settings.declare(
        name=f"levels.{name}",
        group=GROUP,
        title=title,
        hint=HINT,
        kind=WholeNumber(lowest=5, highest=4_800, unit="phút làm việc"),
        default=default,
        source=TO_DECIDE if is_undecided else CHOSEN,
        is_undecided=is_undecided,
    )


URGENT_FIRST_REPLY = _minutes("first_urgent", "Trả lời lần đầu hồ sơ khẩn", 30, is_undecided=True)
FIRST_REPLY: Mapping[str, Setting[int]] = MappingProxyType(
    {
        Reason.ASKED: _minutes(
            "first_asked", "Trả lời lần đầu khi người dân xin gặp cán bộ", 120, is_undecided=True
        ),
        Reason.GUARD: _minutes("first_guard", "Trả lời lần đầu nội dung cần người xử lý", 60),
        Reason.NOT_UNDERSTOOD: _minutes(
            "first_not_understood", "Trả lời lần đầu điều trợ lý chưa trả lời được", 240
        ),
        Reason.UNANSWERED: _minutes("first_unanswered", "Trả lời tin còn chờ trên ứng dụng nhắn tin", 120),
    }
)
URGENT_NEXT_REPLY = _minutes("next_urgent", "Trả lời các lần sau của hồ sơ khẩn", 60)
NEXT_REPLY = _minutes("next", "Trả lời các lần sau", 240, is_undecided=True)
WARN_AT = live_settings.declare(
    name="levels.warn_at",
    group=GROUP,
    title="Nhắc người phụ trách khi đã hết",
    hint="Tính trên giờ làm việc từ lúc người dân chờ. Chưa ai nhận thì cả đơn vị thấy.",
    kind=WholeNumber(lowest=10, highest=99, unit="% thời hạn"),
    default=75,
    source=CHOSEN,
)
STEP = live_settings.declare(
    name="levels.step",
    group=GROUP,
    title="Báo cấp tiếp theo sau mỗi",
    hint="Hết hạn: báo người phụ trách. Sau mỗi khoảng này nữa: báo phụ trách đơn vị, rồi cấp trên.",
    kind=WholeNumber(lowest=10, highest=400, unit="% thời hạn"),
    default=50,
    source=CHOSEN,
)
SETTINGS = (
    *(URGENT_FIRST_REPLY, *FIRST_REPLY.values(), URGENT_NEXT_REPLY, NEXT_REPLY),
    *(WARN_AT, STEP),
)

#: Fields of a case by name: in them its running term stands.
Running = Mapping[str, Any]
#: No words are owed: a person has replied, or the case is over.
NOTHING_OWED: Running = MappingProxyType(
    dict.fromkeys(("owed_since", "due_at", "warn_at", "warned_at", "escalate_at")) | {"escalation_step": 0}
)


@dataclass(frozen=True, kw_only=True)
class ServiceLevels:
    """The figures in force, by the name of their setting, and the clock they are counted on."""

    clock: WorkingClock
    figures: Mapping[str, int]

    def limit(self, case: Case) -> timedelta:
        """The working time within which a person's next words to this citizen are due."""
        is_urgent, is_first = case.priority == Priority.URGENT, case.first_reply_at is None
        if is_first:
            setting = URGENT_FIRST_REPLY if is_urgent else FIRST_REPLY[case.reason]
        else:
            setting = URGENT_NEXT_REPLY if is_urgent else NEXT_REPLY
        return timedelta(minutes=self.figures[setting.name])

    def owed(self, case: Case, since: datetime) -> Running:
        """A new term of this case: its citizen waits for a person's words since then."""
        return {**NOTHING_OWED, "owed_since": since, **self.ends(case, since, step=0)}

    def ends(self, case: Case, since: datetime, *, step: int) -> Running:
        """When the term that began then is over, is warned of before, and told of further up next.

        step: how far up it was told already (Case.escalation_step).
        """
        limit = self.limit(case)
        due = self.clock.after(since, working=limit)
        warned = self.clock.after(since, working=limit * self.figures[WARN_AT.name] / 100)
        return {"due_at": due, "warn_at": warned, "escalate_at": self.told_at(limit, since, step=step + 1)}

    def joined(self, case: Case, other: Case) -> Running:
        """The term of a case in which the other goes on: of their two the one that is due first; {} without.

        Both with the priority they have from now on. It was told as far up as the case's own.
        """
        terms = [
            {"owed_since": one.owed_since, **self.ends(one, one.owed_since, step=case.escalation_step)}
            for one in (case, other)
            if one.owed_since
        ]
        return min(terms, key=lambda term: term["due_at"], default={})

    def told_at(self, limit: timedelta, since: datetime, *, step: int) -> datetime | None:
        """When a step of the chain is due: the first with the limit; None after the last."""
        if step > Case.Step.ABOVE:
            return None
        share = 1 + (step - 1) * self.figures[STEP.name] / 100
        return self.clock.after(since, working=limit * share)


def service_levels(clock: WorkingClock | None = None, **tried: int) -> ServiceLevels:
    """What holds now, on the office's clock if no other is given. Three queries: one for many cases.

    tried: figures as if they were set so, by the name of their setting.
    """
    figures = dict(zip((one.name for one in SETTINGS), live_settings.currents(*SETTINGS), strict=True))
    return ServiceLevels(clock=clock or working_clock(), figures={**figures, **tried})


def owed(case: Case, since: datetime) -> Running:
    """The fields of the case once its citizen waits since then: for the UPDATE in which that is written."""
    return service_levels().owed(case, since)


def replied(case: Case, at: datetime) -> Running:
    """The fields of the case once a person replies: nothing is owed, and how soon the first reply came."""
    if case.first_reply_at is not None:
        return NOTHING_OWED
    minutes = _passed(case.opened_at, at)
    in_time = None if case.due_at is None else at <= case.due_at
    first = {"first_reply_at": at, "first_reply_minutes": minutes, "first_in_time": in_time}
    return {**NOTHING_OWED, **first}


def closed(case: Case, at: datetime) -> Running:
    """The fields of the case once it is closed: nothing is owed, and how long it took."""
    return {**NOTHING_OWED, "handling_minutes": _passed(case.opened_at, at)}


def _passed(start: datetime, end: datetime) -> int:
    """In whole minutes of working time."""
    return max(0, round(working_clock().between(start, end).total_seconds() / 60))
