"""Times of day: "8h sáng", "14:30", "3 giờ rưỡi chiều"; durations ("8 giờ làm việc", "24h") are none."""

from __future__ import annotations

from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording
from nlu.text import fold

_HOUR = Wording.of(
    r"(?<![\w:.,/-])(?<!trong )(?<!quá )(?<!hơn )(?P<h>\d{1,2})"
    r"(?:(?: ?(?:h|giờ)|g)(?: ?(?P<m>[0-5]\d)| (?P<half>rưỡi)| kém (?P<less>\d{1,2}))?|:(?P<m2>[0-5]\d))"
    r"(?![\w:/])(?! (?:làm việc|trước|sau đó|đồng hồ|liền|liên tục|mỗi|một ngày|trở lên|nữa))"
    r"(?: ?(?P<part>sáng|trưa|chiều|tối|đêm))?(?!\w)"
)
_NOON, _DAY = 12, 24


def hours(heard: Heard) -> Iterator[Entity]:
    """Each as HH:MM of the 24-hour clock, with the part of the day where it is said."""
    for found in _HOUR.found_in(heard):
        hour, minute = int(found["h"]), int(found["m"] or found["m2"] or (30 if found["half"] else 0))
        if hour >= _DAY:
            continue
        hour = _on_the_clock(hour, fold(found["part"] or ""))
        total = (hour * 60 + minute - int(found["less"] or 0)) % (_DAY * 60)
        yield heard.entity(Kind.HOUR, found, f"{total // 60:02}:{total % 60:02}")


def _on_the_clock(hour: int, part: str) -> int:
    if part in {"chieu", "toi"} and hour < _NOON:
        return hour + _NOON
    if part == "trua" and hour < 4:
        return hour + _NOON
    if part == "dem":
        return (hour + _NOON) % _DAY if 6 <= hour <= _NOON else hour
    return hour
