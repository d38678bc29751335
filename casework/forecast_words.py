"""How a forecast is said to a citizen: who is there, how long it takes, what is promised. Pure."""

from __future__ import annotations

from datetime import datetime

from casework.forecast import Forecast, Range, Staffed
from office.moment_words import moment_words


def forecast_words(told: Forecast, *, now: datetime) -> str:
    """One or two short sentences, then the promise."""
    return f"{standing_words(told, now=now)} {promise_words(told.due, now=now)}"


def promise_words(due: datetime, *, now: datetime) -> str:
    """ "Anh/chị sẽ được trả lời muộn nhất 10:45 thứ Hai 23/11."."""
    return f"Anh/chị sẽ được trả lời muộn nhất {moment_words(due, now=now)}."


def standing_words(told: Forecast, *, now: datetime) -> str:
    """Who is there, and how long it takes where that is known."""
    match told.staffed:
        case Staffed.FREE:
            usual = f", thường trả lời sau {_length(told.takes)}" if told.takes else ""
            return f"Đang có cán bộ trực{usual}."
        case Staffed.BUSY:
            turn = f" Ước chừng {_length(told.takes)} nữa đến lượt anh/chị." if told.takes else ""
            return f"Các cán bộ trực đều đang bận.{turn}"
        case Staffed.SHIFT if told.begins > now:
            return f"Hiện không có cán bộ trực; ca trực tới bắt đầu {moment_words(told.begins, now=now)}."
        case Staffed.CLOSED:
            return f"Hiện ngoài giờ làm việc; cơ quan mở lại {moment_words(told.begins, now=now)}."
    return "Hiện chưa có cán bộ nào vào trực."


def _length(takes: Range | None) -> str:
    """ "10–25 phút", "2–3 giờ làm việc"."""
    if takes is None:
        return ""
    if takes.high <= 90:
        low, high, unit = takes.low, takes.high, "phút"
    else:
        low, high, unit = takes.low // 60, -(-takes.high // 60), "giờ làm việc"
    return f"khoảng {high} {unit}" if low in (0, high) else f"{low}–{high} {unit}"
