"""The border between feedback on service and an accusation, row by row as the specification has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlu.guards import GuardKind, asks_how_to_complain, look
from nlu.guards.named_person import names_a_known_person
from nlu.word_rules import Said

SPECIFICATION = Path(__file__).parents[2] / "docs" / "developers" / "accusations.md"
SEEN = {
    "report_service": None,
    "ask_procedure": None,
    "accusation": GuardKind.ACCUSATION,
    "citizen_chooses": GuardKind.PERHAPS_ACCUSATION,
}


def rows() -> Iterator[tuple[str, str]]:
    """Message and expectation of each row of the table of messages."""
    table = SPECIFICATION.read_text(encoding="utf-8").split("| message | expected | why |")[1]
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 3 and cells[1] in SEEN:
            yield cells[0], cells[1]


ROWS = list(rows())


def test_the_specification_has_at_least_sixty_rows_of_each_kind_several() -> None:
    expected = [kind for _, kind in ROWS]
    assert len(ROWS) >= 60
    assert all(expected.count(kind) >= 10 for kind in SEEN)
    assert len({message for message, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("message", "expected"), ROWS)
def test_a_row_of_the_specification_is_what_the_guard_sees(message: str, expected: str) -> None:
    finding = look(message)
    assert (finding.kind if finding else None) == SEEN[expected]


@pytest.mark.parametrize("message", [message for message, kind in ROWS if kind == "accusation"])
def test_of_an_accusation_nothing_is_kept(message: str) -> None:
    finding = look(message)
    assert finding is not None
    assert not finding.keep
    assert message not in finding.redacted_text


@pytest.mark.parametrize("message", [message for message, kind in ROWS if kind == "citizen_chooses"])
def test_while_the_citizen_chooses_the_words_stay(message: str) -> None:
    finding = look(message)
    assert finding is not None
    assert finding.keep


@pytest.mark.parametrize("message", [message for message, kind in ROWS if kind == "report_service"])
def test_feedback_is_no_question_how_to_complain(message: str) -> None:
    assert not asks_how_to_complain(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bà Hoa ở một cửa quát dân", True),
        ("Cán bộ Nguyễn Văn Hùng bắt đi lại", True),
        ("Cán bộ T hẹn mãi", True),
        ("Đèn tắt ba ngày ở phố Bà Triệu", False),
        ("Rác trước trường Nguyễn Thị Minh Khai", False),
        ("Các anh chị công nhân vệ sinh", False),
    ],
)
def test_a_text_to_be_published_names_a_person_only_by_a_name_that_people_are_given(
    text: str, *, expected: bool
) -> None:
    assert names_a_known_person(Said.of(text), text) is expected
