"""Official lists of procedures as spreadsheets: a row a procedure, without its content.

Measured on three of them (two ministries, one province, 2,452 rows): the header stands below one to four rows
of letterhead; codes carry an office's suffix (1.004650.000.00.00.H37) or were turned into numbers (2.00023 is
2.000230); offices list procedures of their own without a national code, and rows that test the system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge_base.content import ProcedureContent, Provenance, Signpost
from knowledge_base.sources.entries import entry
from knowledge_base.sources.portal_words import PORTAL
from knowledge_base.sources.records import BrokenRecord, Record, source_of_sheet
from knowledge_base.sources.sheets import read_sheet
from nlu.text import clean, fold

HEADINGS = {
    "code": ("ma so", "ma tthc", "ma thu tuc"),
    "title": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh"),
    "field": ("linh vuc",),
    "agencies": ("co quan thuc hien",),
    "online": ("muc do dvc", "muc do"),
    "decision": ("quyet dinh",),
}
NATIONAL = re.compile(r"(\d\.\d{6})(?:\.\d+)*(?:\.H\d+)?")
_TEST = re.compile(r"\btest\b", re.IGNORECASE)
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
    source = source_of_sheet(path, decision=f"Danh mục {path.name}", read_on=read_on)
    seen: set[str] = set()
    for row in read_sheet(path, HEADINGS, required=("code", "title")).rows:
        record = list_record(row.cells, place=f"{path.name}, dòng {row.number}", source=source)
        code = record.code if isinstance(record, BrokenRecord) else record.content.code
        if isinstance(record, BrokenRecord) or code not in seen:
            yield record
        seen.add(code)


def list_record(cells: Cells, *, place: str, source: Provenance) -> Record | BrokenRecord:
    """A row of a list as an entry of the catalogue, or why it is none."""
    said, title = cells["code"], " ".join(cells["title"].split())
    code = NATIONAL.fullmatch(said)
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
