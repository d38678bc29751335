"""How a deadline is said to officials and citizens: "16:30 thứ Sáu 27/11", "còn 6 giờ làm việc". Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from office.working_hours import ZONE, WorkingClock

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def moment_words(at: datetime, *, now: datetime) -> str:
    """Hour, weekday and date, in Hà Nội; with the year where it is another than now's."""
    local = at.astimezone(ZONE)
    year = f"/{local.year}" if local.year != now.astimezone(ZONE).year else ""
    return f"{local:%H:%M} {day_words(local)}{year}"


def day_words(day: date) -> str:
    """ "thứ Sáu 27/11"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}"


def left_words(due: datetime, *, now: datetime, clock: WorkingClock) -> str:
    """The working time until due, or since, rounded down: "còn 2 ngày làm việc" are two whole ones."""
    if now >= due:
        late = clock.between(due, now)
        return f"quá hạn {_amount(late, clock)}" if late >= timedelta(minutes=1) else "vừa đến hạn"
    return f"còn {_amount(clock.between(now, due), clock)}"


def due_words(due: datetime, *, now: datetime, clock: WorkingClock) -> str:
    """ "hạn 16:30 thứ Sáu 27/11 (còn 6 giờ làm việc)"."""
    return f"hạn {moment_words(due, now=now)} ({left_words(due, now=now, clock=clock)})"


def hours_words(span: timedelta) -> str:
    """ "12 giờ", "7 ngày": whole hours of the clock, said as days where they are two or more of them."""
    hours = int(span.total_seconds() // 3600)
    days, rest = divmod(hours, 24)
    return f"{days} ngày" if days >= 2 and not rest else f"{hours} giờ"


def _amount(working: timedelta, clock: WorkingClock) -> str:
    usual_day = sum(closes - opens for opens, closes in (span.minutes for span in clock.hours))
    minutes = int(working.total_seconds() // 60)
    if minutes > usual_day:
        return f"{minutes // usual_day} ngày làm việc"
    if minutes >= 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} giờ {rest} phút làm việc" if rest else f"{hours} giờ làm việc"
    return f"{minutes} phút làm việc"
