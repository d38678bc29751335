"""The number guard: a figure that its source does not hold never reaches a citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from knowledge_base import answering, number_guard
from knowledge_base.answering import NOT_READ_SURELY, answer, full_part
from knowledge_base.answers import Computed, Fixed, Quoted, Span
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.due_dates import due_dates
from knowledge_base.errors import UnsafeAnswer
from knowledge_base.here import Here
from knowledge_base.number_guard import check, numbers
from knowledge_base.parts import part_texts
from tests.knowledge_base.contents import OFFICIAL, procedure

SAID = answer(procedure(), PartName.TIME)
DUE = next(due_dates(procedure(), Here(day=date(2026, 11, 20))))


def said_with(span: Span):
    return replace(SAID, spans=(span,))


def quoted(text: str, **more) -> Quoted:
    return Quoted(text=text, part=PartName.TIME, provenance=OFFICIAL, **more)


def test_one_amount_written_in_three_ways_is_one_number_and_decimals_are_others():
    assert numbers("20.000 đồng") == numbers("20,000 VNĐ") == numbers("20000") == {"20000"}
    assert numbers("1,5 ngày") != numbers("15 ngày")
    assert numbers("Quyết định 163/QĐ-BTP, mã 1.001193") == {"163", "1.001193"}


@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_marks_never_change_a_number(number):
    assert numbers(f"{number:,}") == numbers(f"{number:,}".replace(",", ".")) == {str(number)}


@pytest.mark.parametrize(
    "span",
    [
        quoted("- Tại quầy: 8 ngày làm việc"),
        quoted("- Tại quầy: 7 ngày làm việc, phí 20.000 đồng"),
        Fixed(text="Khoảng 7 ngày làm việc."),
        replace(DUE, text="Khoảng ngày 01/12/2026."),
        replace(DUE, rule=""),
        replace(DUE, inputs=()),
        replace(DUE, text=f"{DUE.text} Tính theo 9 ngày.", inputs=("9 ngày",)),
    ],
)
def test_a_figure_without_its_source_is_refused(span):
    with pytest.raises(UnsafeAnswer, match=r"1\.004222"):
        check(procedure(), said_with(span))


@pytest.mark.parametrize(
    "span",
    [
        quoted("- Tại quầy: 7 ngày làm việc"),
        quoted("Tại Hà Nội: 3 ngày", local=("3 ngày", "Quyết định 9")),
        Fixed(text="Tại Hà Nội có quy định riêng (77/2025/NQ-HĐND).", source="77/2025/NQ-HĐND"),
        Fixed(text="Chưa có thông tin."),
        DUE,
    ],
)
def test_what_shows_its_source_passes(span):
    check(procedure(), said_with(span))


def test_a_part_is_noted_however_many_lines_are_quoted_from_it(monkeypatch):
    read = []

    def noted(content: ProcedureContent, part: PartName) -> tuple[str, ...]:
        read.append(part)
        return part_texts(content, part)

    monkeypatch.setattr(number_guard, "part_texts", noted)
    check(procedure(), replace(SAID, spans=(quoted("7 ngày làm việc"),) * 500))
    assert read == [PartName.TIME]


@pytest.mark.parametrize("say", [answer, full_part])
def test_an_unsafe_answer_is_logged_and_a_safe_one_with_a_person_is_given(monkeypatch, say):
    wrong = Computed(text="3 ngày", part=PartName.TIME, inputs=(), given=(), rule="")
    monkeypatch.setattr(answering, "due_dates", lambda *_: [wrong])
    with capture_logs() as logs:
        said = say(procedure(), PartName.TIME)
    assert said.text == NOT_READ_SURELY
    assert "chưa có thông tin" in said.text
    assert said.needs_person
    assert [(line["event"], line["code"]) for line in logs] == [("answer_unsafe", "1.004222")]
