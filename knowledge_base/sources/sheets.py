"""Spreadsheets with a header in Vietnamese: rows as named cells, and back. Alone knows openpyxl."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge_base.errors import ImportProblem
from nlu.text import clean, fold

#: What a cell of Excel can hold.
LONGEST_CELL = 32_767  # characters
_ROWS_ABOVE = 20
_IN_BRACKETS = re.compile(r"\([^)]*\)")

Headings = Mapping[str, Sequence[str]]


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


def read_sheet(path: Path, headings: Headings, *, required: Iterable[str]) -> Sheet:
    """The rows below the header that hold anything. headings: by name, how a header spells it, folded.

    Case, marks, order, brackets and letterhead above do not matter. Raises ImportProblem when the file is no
    spreadsheet or none of its first rows names the required columns.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as problem:
        raise ImportProblem(
            f"{path.name} does not open as a spreadsheet: save it as .xlsx again."
        ) from problem
    try:
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        for _, header in islice(rows, _ROWS_ABOVE):
            names = _names(header, headings)
            if set(required) <= set(names.values()):
                return Sheet(columns=frozenset(names.values()), rows=tuple(_rows(rows, names, header)))
    finally:
        book.close()
    raise ImportProblem(
        f"{path.name}: none of the first {_ROWS_ABOVE} rows names the columns of code and title."
    )


def write_sheet(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, guide: Iterable[Sequence[str]] = ()
) -> None:
    """A spreadsheet with one row a row, all of it text, and a second sheet of guidance."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "Thủ tục"
    _fill(sheet, [header, *rows])
    sheet.freeze_panes = "C2"
    if guide:
        _fill(book.create_sheet("Hướng dẫn"), guide)
    book.save(path)


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
    rows: Iterator[tuple[int, tuple[object, ...]]], names: Mapping[int, str], header: Sequence[object]
) -> Iterator[Row]:
    for number, row in rows:
        texts = {
            column: _code(cell) if names.get(column) == "code" else text_of(cell)
            for column, cell in enumerate(row)
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


def _code(cell: object) -> str:
    """A code that became a number gets back the zeros that Excel took (2.00023 → 2.000230)."""
    return f"{cell:.6f}" if isinstance(cell, float) else text_of(cell)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column, value=text)
            # Never a formula, whatever the words begin with.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            sheet.column_dimensions[cell.column_letter].width = 34
