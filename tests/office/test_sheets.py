"""Spreadsheets: what is written is never a formula, and reads back as it was."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from nlu.text import clean
from office.errors import BrokenSheet
from office.sheets import LONGEST_CELL, Layout, read_sheet, write_sheet

LAYOUT = Layout(title="Thử", guide=(("Cột", "Cách ghi"),))
HEADINGS = {"said": ("noi dung",), "number": ("so",)}


def written(*rows: tuple[str | float, ...]) -> BytesIO:
    file = BytesIO()
    write_sheet(file, ("Nội dung", "Số"), rows, LAYOUT)
    file.seek(0)
    return file


@pytest.mark.parametrize("words", ["=1+1", "+84 912 345 678", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_words_that_look_like_a_formula_are_written_as_words(words: str) -> None:
    cell = load_workbook(written((words, 1))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (words, "s")


def test_a_number_stays_a_number() -> None:
    assert load_workbook(written(("a", 21.02))).worksheets[0]["B2"].value == 21.02


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_"), max_size=200))
def test_any_words_read_back_as_they_would_be_retyped(words: str) -> None:
    rows = read_sheet(written((words, "x")), HEADINGS, required=("said",)).rows
    assert [row.cells["said"] for row in rows] == [clean(words)]


def test_characters_that_no_spreadsheet_holds_are_left_out() -> None:
    assert load_workbook(written(("a\x00\x1fb", 1))).worksheets[0]["A2"].value == "ab"


def test_a_cell_holds_no_more_than_excel_can_read() -> None:
    assert (
        len(load_workbook(written(("a" * (LONGEST_CELL + 5), 1))).worksheets[0]["A2"].value) == LONGEST_CELL
    )


def test_the_guide_is_a_sheet_of_its_own() -> None:
    assert load_workbook(written()).worksheets[1]["B1"].value == "Cách ghi"


@pytest.mark.parametrize("content", [b"", b"ma,so\n1,2", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BrokenSheet, match=r"\.xlsx"):
        read_sheet(BytesIO(content), HEADINGS, required=("said",))


def test_a_sheet_without_its_columns_says_which() -> None:
    with pytest.raises(BrokenSheet, match="day, said"):
        read_sheet(written(("a", 1)), HEADINGS | {"day": ("ngay",)}, required=("day", "said"))
