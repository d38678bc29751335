"""Days of the week: "thứ 6 tuần sau", "chủ nhật"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording
from nlu.number_words import number
from nlu.text import fold

# "Con thứ 2", "lần thứ ba": an ordinal stands behind what it counts.
_WEEKDAY = Wording.of(
    r"(?<!lần )(?<!con )(?<!người )(?<!bên )(?<!cháu )(?<!bé )(?<!đứa )(?<!hàng )(?<!mục )(?<!phần )"
    r"(?<!cái )(?<!ngày )(?<!điều )(?<!loại )(?<!tầng )(?<!hạng )(?<!câu )(?<!số )(?<!lớp )"
    r"\b(?:thứ (?P<n>[2-7]|hai|ba|tư|năm|sáu|bảy|bẩy)|(?P<short>t[2-7])(?= (?:tuần|này|sau|tới))"
    r"|(?P<sunday>chủ nhật|cn(?= |$|\?)))\b"
    r"(?P<after> (?:này|tuần (?:này|sau|tới|trước|rồi|vừa rồi)|sau|tới|vừa rồi|vừa qua|trước))?"
)


def weekdays(heard: Heard, today: date) -> Iterator[Entity]:
    for found in _WEEKDAY.found_in(heard):
        if fold(found[0]) in {"thu hai", "thu ba", "thu tu", "thu nam"} and not _stands_as_a_day(
            heard, found
        ):
            continue
        weekday = 6 if found["sunday"] else number(found["n"] or found["short"][1:]) - 2
        on = _weekday(today, weekday, fold(found["after"] or "").strip())
        yield heard.entity(Kind.DATE, found, on.isoformat())


def _stands_as_a_day(heard: Heard, found: re.Match[str]) -> bool:
    """ "thứ hai" is "second" as well: a day at the beginning, or after a word of time."""
    before = fold(heard.spoken[: found.start()]).split()
    return not before or before[-1] in {
        "sang",
        "chieu",
        "toi",
        "trua",
        "hom",
        "den",
        "tu",
        "vao",
        "nghi",
        "viec",
    }


def _weekday(today: date, weekday: int, after: str) -> date:
    monday = today - timedelta(days=today.weekday())
    if after in {"tuan sau", "tuan toi", "sau"}:
        return monday + timedelta(days=7 + weekday)
    if after in {"tuan truoc", "tuan roi", "tuan vua roi"}:
        return monday + timedelta(days=weekday - 7)
    if after in {"vua roi", "vua qua", "truoc"}:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if after == "tuan nay":
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)
