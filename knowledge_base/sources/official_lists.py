"""Official lists of procedures as spreadsheets: a row a procedure, without its content.

Measured on three of them (two ministries, one province, 2,452 rows): the header stands below one to four rows
of letterhead; codes carry an office's suffix (1.004650.000.00.00.H37) or were turned into numbers (2.00023 is
2.000230); offices list procedures of their own without a national code, and rows that test the system.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge_base.content import Origin, ProcedureContent, Provenance, Signpost
from knowledge_base.errors import ImportProblem
from knowledge_base.sources.entries import entry
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import clean, fold

PORTAL = "https://dichvucong.gov.vn"
_HEADINGS = {
    "code": ("ma so", "ma tthc", "ma thu tuc"),
    "title": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh"),
    "field": ("linh vuc",),
    "agencies": ("co quan thuc hien",),
    "online": ("muc do dvc", "muc do"),
    "decision": ("quyet dinh",),
}
_ROWS_ABOVE = 20
_NATIONAL = re.compile(r"(\d\.\d{6})(?:\.\d+)*(?:\.H\d+)?")
_TEST = re.compile(r"\btest\b", re.IGNORECASE)
_READ_ON = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_LEVELS = {
    "Cấp bộ": re.compile(r"cap (?:trung uong|bo)\b|^(?:bo|cuc) ", re.MULTILINE),
    "Cấp tỉnh": re.compile(r"cap tinh\b|^so ", re.MULTILINE),
    "Cấp xã": re.compile(r"cap xa\b", re.MULTILINE),
}

Cells = Mapping[str, str]


def read(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """Each row as a catalogue entry, or why it is none; a code listed again is left out.

    read_on: ISO date of the list; from the file's name when not given. Raises ImportProblem when the file is
    no spreadsheet or none of its first rows names the columns.
    """
    found = _READ_ON.search(path.name)
    source = Provenance(
        origin=Origin.OFFICIAL,
        decision=f"Danh mục {path.name}",
        url="",
        date=read_on or (found[0] if found else ""),
        reviewed=False,
        record=sha256(path.read_bytes()).hexdigest(),
    )
    seen: set[str] = set()
    for number, cells in _rows(path):
        record = _record(cells, place=f"{path.name}, dòng {number}", source=source)
        code = record.code if isinstance(record, BrokenRecord) else record.content.code
        if isinstance(record, BrokenRecord) or code not in seen:
            yield record
        seen.add(code)


def _rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """The rows below the header that hold anything, with their numbers as the spreadsheet counts."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as problem:
        raise ImportProblem(
            f"{path.name} does not open as a spreadsheet: save it as .xlsx again."
        ) from problem
    try:
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        columns = next((found for _, row in islice(rows, _ROWS_ABOVE) if (found := _columns(row))), None)
        if columns is None:
            raise ImportProblem(
                f"{path.name}: none of the first {_ROWS_ABOVE} rows names the columns of code and title."
            )
        for number, row in rows:
            cells = {name: _text(row[column]) for name, column in columns.items() if column < len(row)}
            if any(cells.values()):
                yield number, cells
    finally:
        book.close()


def _columns(row: Sequence[object]) -> dict[str, int]:
    """Where each known column is, when this row is the header; else nothing."""
    headings = [" ".join(fold(_text(cell)).split()) for cell in row]
    found = {
        name: headings.index(heading)
        for name, spellings in _HEADINGS.items()
        for heading in spellings
        if heading in headings
    }
    return found if {"code", "title"} <= found.keys() else {}


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.6f}"
    return clean(str(cell)) if cell is not None else ""


def _record(cells: Cells, *, place: str, source: Provenance) -> Record | BrokenRecord:
    said, title = cells["code"], " ".join(cells["title"].split())
    code = _NATIONAL.fullmatch(said)
    if code is None:
        return BrokenRecord(place=place, code=said, reason="mã không phải mã quốc gia (ví dụ 1.004650)")
    if not title or _TEST.search(title):
        return BrokenRecord(place=place, code=code[1], reason="không có tên thủ tục, hoặc là dòng thử")
    return Record(place=place, content=_content(cells, code=code[1], title=title, source=source))


def _content(cells: Cells, *, code: str, title: str, source: Provenance) -> ProcedureContent:
    agencies = tuple(filter(None, (clean(line) for line in cells.get("agencies", "").split("\n"))))
    where = fold("\n".join((title, *agencies)))
    return entry(
        code=code,
        title=title,
        field=" ".join(cells.get("field", "").split()),
        levels=tuple(level for level, pattern in _LEVELS.items() if pattern.search(where)),
        agencies=agencies,
        url=PORTAL,
        signpost=Signpost(place="Cổng Dịch vụ công quốc gia", online=cells.get("online", "")),
        source=source,
    )
