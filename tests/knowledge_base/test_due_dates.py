"""A computed day: only from a certain limit, with what it rests on and its rule in the same sentence."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answering import answer
from knowledge_base.answers import Computed
from knowledge_base.content import MethodKind, PartName, TimeLimit, TimeUnit
from knowledge_base.here import NOWHERE, Here
from tests.knowledge_base.contents import method, procedure

FRIDAY = Here(day=date(2026, 11, 20))


def limit(value: int | None, unit: TimeUnit | None, text: str = "") -> TimeLimit:
    words = {TimeUnit.WORKING_DAY: "Ngày làm việc", TimeUnit.DAY: "Ngày", TimeUnit.MONTH: "Tháng"}
    return TimeLimit(text=text or f"{value} {words[unit]}", value=value, unit=unit)  # type: ignore[index]


def computed(*times: TimeLimit, here: Here = FRIDAY, note: str = "") -> list[str]:
    kinds = (MethodKind.ONLINE, MethodKind.COUNTER)
    methods = tuple(method(kind, time=time, note=note) for kind, time in zip(kinds, times, strict=False))
    said = answer(procedure(methods=methods), PartName.TIME, here)
    return [span.text for span in said.spans if isinstance(span, Computed)]


def test_a_due_date_says_what_it_rests_on_and_that_it_is_only_worked_out():
    # 24/11 is a holiday from 2026 on.
    assert computed(limit(3, TimeUnit.WORKING_DAY)) == [
        (
            "Nếu nộp đủ hồ sơ hôm nay 20/11/2026 thì có kết quả khoảng ngày 26/11/2026, "
            "tính theo 3 ngày làm việc (tạm tính, kể từ khi nhận đủ hồ sơ; theo giấy hẹn)."
        )
    ]


def test_on_a_day_off_it_counts_from_the_next_working_day():
    (line,) = computed(limit(1, TimeUnit.WORKING_DAY), here=Here(day=date(2026, 11, 22)))
    assert "nộp đủ hồ sơ vào ngày làm việc tới 23/11/2026 thì có kết quả khoảng ngày 25/11/2026" in line


def test_plain_days_that_end_on_a_day_off_end_on_the_next_working_day():
    (line,) = computed(limit(1, TimeUnit.DAY))
    assert "khoảng ngày 23/11/2026, tính theo 1 ngày" in line


def test_methods_with_different_limits_have_a_line_each():
    lines = computed(limit(3, TimeUnit.WORKING_DAY), limit(5, TimeUnit.WORKING_DAY))
    assert [line[:17] for line in lines] == ["- Trực tuyến: nếu", "- Tại quầy: nếu n"]


@pytest.mark.parametrize(
    "time",
    [
        TimeLimit(text="1"),
        limit(30, TimeUnit.WORKING_DAY, text="30 ngày làm việc, phức tạp thì 45 ngày"),
        limit(2, TimeUnit.MONTH),
        limit(4_000, TimeUnit.DAY),
    ],
)
def test_an_uncertain_limit_gives_no_date(time):
    assert computed(time) == []


def test_a_description_that_tells_of_other_limits_gives_no_date():
    assert computed(limit(3, TimeUnit.WORKING_DAY), note="Phải xác minh thì 10 ngày làm việc.") == []


def test_where_the_day_is_not_known_nothing_is_computed():
    assert computed(limit(3, TimeUnit.WORKING_DAY), here=NOWHERE) == []
