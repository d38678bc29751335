"""When digests are due: at some times of each working day, as the office sets them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from office import live_settings
from office.errors import WrongSettingValue
from office.setting_kinds import Kind
from office.working_calendar import ONE_DAY
from office.working_hours import ZONE, WorkingClock

#: A digest nobody could send so long after its time would tell of another hour: it is left out.
LATEST = timedelta(hours=2)
_MINUTE = "%H:%M"
HOW_TO_TYPE = "Ghi giờ theo thứ tự, cách nhau bằng dấu phẩy, ví dụ 08:00, 13:30; để trống thì không gửi."


class TimesOfDay(Kind[tuple[time, ...]]):
    """Times of a day in order, in Hà Nội; none for never."""

    def read(self, typed: str) -> tuple[time, ...]:
        try:
            times = tuple(
                time.fromisoformat(part.strip().zfill(5)) for part in typed.split(",") if part.strip()
            )
        except ValueError as problem:
            raise WrongSettingValue(HOW_TO_TYPE) from problem
        if any(one.second or one.tzinfo for one in times) or list(times) != sorted(set(times)):
            raise WrongSettingValue(HOW_TO_TYPE)
        return times

    def write(self, value: tuple[time, ...]) -> str:
        return ", ".join(f"{one:{_MINUTE}}" for one in value)

    def words(self, value: tuple[time, ...]) -> str:
        return self.write(value) or "không gửi"


TIMES = live_settings.declare(
    name="digest.times",
    group="Thư tóm tắt việc đang chờ",
    title="Gửi lúc",
    hint=f"Mỗi ngày làm việc, cho người chưa mở bàn làm việc từ lần gửi trước. {HOW_TO_TYPE}",
    kind=TimesOfDay(),
    default=(time(8), time(13, 30)),
    source="Lựa chọn của phần mềm; cơ quan đổi được",
)


def slot_at(now: datetime, times: tuple[time, ...], clock: WorkingClock) -> datetime | None:
    """The time whose digests are to be sent now: the last one that came, if it is not long ago."""
    today = now.astimezone(ZONE).date()
    came = [slot for slot in _slots_of(today, times, clock) if slot <= now < slot + LATEST]
    return came[-1] if came else None


def slot_before(slot: datetime, times: tuple[time, ...], clock: WorkingClock) -> datetime:
    """The time before that: earlier the same day, or the last one of the working day before."""
    day = slot.astimezone(ZONE).date()
    earlier = [one for one in _slots_of(day, times, clock) if one < slot]
    while not earlier:
        day -= ONE_DAY
        earlier = _slots_of(day, times, clock)
    return earlier[-1]


def _slots_of(day: date, times: tuple[time, ...], clock: WorkingClock) -> list[datetime]:
    if not clock.calendar.is_working(day):
        return []
    return [datetime.combine(day, one, tzinfo=ZONE) for one in times]
