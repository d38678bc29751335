"""When a result may be expected if everything is handed in today: computed, labelled, never promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge_base.answers import Computed
from knowledge_base.content import Method, PartName, ProcedureContent, TimeUnit
from knowledge_base.here import NOWHERE, Here
from knowledge_base.quoting import alike, is_certain, speaks_of_time, time_words

RULE = "tạm tính, kể từ khi nhận đủ hồ sơ; theo giấy hẹn"
#: A longer limit says nothing useful about a day.
LONGEST = 366


def due_dates(content: ProcedureContent, here: Here) -> Iterator[Computed]:
    """A line for each limit that is certain in value and unit; none where a description tells of others."""
    if here.day == NOWHERE.day or any(speaks_of_time(method.note) for method in content.methods):
        return
    groups = list(alike(content.methods, key=lambda method: method.time))
    for label, method in groups:
        due = _due(method, here)
        if due:
            yield _computed(method, due, here, label=f"- {label}: n" if len(groups) > 1 else "N")


def _due(method: Method, here: Here) -> date | None:
    """None where the limit is not certain, or is in hours or months."""
    value, calendar = method.time.value, here.calendar
    if value is None or not is_certain(method.time) or not 0 < value <= LONGEST:
        return None
    received = calendar.from_day(here.day)
    match method.time.unit:
        case TimeUnit.WORKING_DAY:
            return calendar.after(received, working_days=value)
        case TimeUnit.DAY:
            # Nobody hands out a result on a day off.
            return calendar.from_day(received + timedelta(days=value))
    return None


def _computed(method: Method, due: date, here: Here, *, label: str) -> Computed:
    limit, given = time_words(method.time), _handed_in(here)
    return Computed(
        text=f"{label}ếu {given} thì có kết quả khoảng ngày {_written(due)}, tính theo {limit} ({RULE}).",
        part=PartName.TIME,
        inputs=(limit,),
        given=(given,),
        rule=RULE,
    )


def _handed_in(here: Here) -> str:
    received = here.calendar.from_day(here.day)
    when = "hôm nay" if received == here.day else "vào ngày làm việc tới"
    return f"nộp đủ hồ sơ {when} {_written(received)}"


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
