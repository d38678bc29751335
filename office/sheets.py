"""Spreadsheets with a header in Vietnamese: rows as named cells, and back. Alone knows openpyxl.

What is written is text or a number, never a formula: a cell that begins with = + - @ is somebody's words.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from nlu.text import clean, fold
from office.errors import BrokenSheet

#: What a cell of Excel can hold.
LONGEST_CELL = 32_767  # characters
_ROWS_ABOVE = 20
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_IN_BRACKETS = re.compile(r"\([^)]*\)")

Headings = Mapping[str, Sequence[str]]
#: How the cells of a column are read where it is not as plain text, by the name of the column.
Readings = Mapping[str, Callable[[object], str]]
Cell = str | int | float


@dataclass(frozen=True, kw_only=True)
class Row:
    """number: as the spreadsheet counts. cells: by the name of their column; others: by its heading."""

    number: int
    cells: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The first sheet of a file. columns: the names that its header has."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """title: of the sheet, at most 31 characters. frozen: the first cell that scrolls."""

    title: str
    frozen: str = "A2"
    guide: Sequence[Sequence[str]] = ()


def read_sheet(
    file: Path | IO[bytes], headings: Headings, *, required: Iterable[str], readings: Readings | None = None
) -> Sheet:
    """The rows below the header that hold anything. headings: by name, how a header spells it, folded.

    Case, marks, order, brackets and letterhead above do not matter. Raises BrokenSheet when the file is no
    spreadsheet or none of its first rows names the required columns.
    """
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as problem:
        raise BrokenSheet from problem
    try:
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        for _, header in islice(rows, _ROWS_ABOVE):
            names = _names(header, headings)
            if set(required) <= set(names.values()):
                found = tuple(_rows(rows, names, header, readings or {}))
                return Sheet(columns=frozenset(names.values()), rows=found)
    finally:
        book.close()
    lacking = ", ".join(required)
    raise BrokenSheet(
        f"Trong {_ROWS_ABOVE} dòng đầu không có dòng tiêu đề đủ các cột {lacking}. Anh/chị thêm rồi thử lại."
    )


def write_sheet(
    file: Path | IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]], layout: Layout
) -> None:
    """A spreadsheet with one row a row, and a second sheet of guidance where there is any."""
    write_book(file, [(header, rows, layout)])


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same rows as CSV, UTF-8 with the mark by which Excel knows it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_no_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _no_formula(cell: Cell) -> Cell:
    """An apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell


def write_book(
    file: Path | IO[bytes], sheets: Iterable[tuple[Sequence[str], Iterable[Sequence[Cell]], Layout]]
) -> None:
    """A spreadsheet of several sheets, each with its header, rows and layout; at least one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for header, rows, layout in sheets:
        sheet: Worksheet = book.create_sheet(layout.title)
        _fill(sheet, [header, *rows])
        sheet.freeze_panes = layout.frozen
        if layout.guide:
            _fill(book.create_sheet("Hướng dẫn"), layout.guide)
    book.save(file)


def _names(header: Sequence[object], headings: Headings) -> dict[int, str]:
    """The name of each column that is known; the spelling listed first wins where two columns would fit."""
    folded = [_folded(cell) for cell in header]
    found = {
        name: folded.index(next(spelling for spelling in spellings if spelling in folded))
        for name, spellings in headings.items()
        if any(spelling in folded for spelling in spellings)
    }
    return {column: name for name, column in found.items()}


def _folded(cell: object) -> str:
    return " ".join(re.findall(r"\w+", fold(_IN_BRACKETS.sub(" ", text_of(cell)))))


def _rows(
    rows: Iterator[tuple[int, tuple[object, ...]]],
    names: Mapping[int, str],
    header: Sequence[object],
    readings: Readings,
) -> Iterator[Row]:
    for number, row in rows:
        texts = {
            column: readings.get(names.get(column, ""), text_of)(cell) for column, cell in enumerate(row)
        }
        cells = {name: texts.get(column, "") for column, name in names.items()}
        others = {
            text_of(header[column]) if column < len(header) else "": text
            for column, text in texts.items()
            if column not in names and text
        }
        if any(cells.values()):
            yield Row(number=number, cells=cells, others=others)


def text_of(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            written = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell = sheet.cell(row=number, column=column, value=written)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever the words begin with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            sheet.column_dimensions[cell.column_letter].width = 34
