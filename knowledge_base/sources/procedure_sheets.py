"""Procedures as a spreadsheet: a row a procedure, its parts in columns with Vietnamese headings.

A cell is read as it stands: typed where the whole of a line is a time limit or an amount, else its words.
What a column we do not know says is kept as a remark under its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from knowledge_base.content import (
    LegalBasis,
    OnlineLevel,
    ProcedureContent,
    Provenance,
    Remark,
)
from knowledge_base.flags import flags_of
from knowledge_base.paper_conditions import with_conditions
from knowledge_base.sources.official_lists import HEADINGS as LIST_HEADINGS
from knowledge_base.sources.official_lists import NATIONAL, list_record
from knowledge_base.sources.portal_laws import BARE_NUMBER
from knowledge_base.sources.portal_words import PORTAL, provenance, said, what_is_wrong_with
from knowledge_base.sources.records import BrokenRecord, Record, source_of_sheet
from knowledge_base.sources.sheet_cells import NoKind, read_methods, read_papers
from knowledge_base.sources.sheets import read_sheet
from nlu.text import fold
from office.sheets import Row

#: By field: the heading we write, then what we also read, folded.
COLUMNS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "code": ("Mã thủ tục", (*LIST_HEADINGS["code"], "ma thu tuc hanh chinh")),
    "title": ("Tên thủ tục", LIST_HEADINGS["title"]),
    "field": ("Lĩnh vực", ("linh vuc",)),
    "levels": ("Cấp thực hiện", ("cap thuc hien", "cap")),
    "audience": ("Đối tượng thực hiện", ("doi tuong thuc hien", "doi tuong")),
    "agencies": ("Cơ quan thực hiện", ("co quan thuc hien", "co quan giai quyet")),
    "receiving_address": ("Địa chỉ tiếp nhận", ("dia chi tiep nhan", "noi tiep nhan", "noi nop")),
    "methods": ("Cách thức thực hiện", ("cach thuc thuc hien", "cach thuc", "cach nop")),
    "time": ("Thời hạn giải quyết", ("thoi han giai quyet", "thoi han", "thoi gian giai quyet")),
    "fees": ("Phí, lệ phí", ("phi le phi", "muc phi le phi", "muc phi")),
    "fee": ("Phí", ("phi",)),
    "charge": ("Lệ phí", ("le phi",)),
    "documents": ("Thành phần hồ sơ", ("thanh phan ho so", "ho so", "giay to")),
    "steps": ("Trình tự thực hiện", ("trinh tu thuc hien", "trinh tu")),
    "conditions": ("Yêu cầu, điều kiện", ("yeu cau dieu kien", "yeu cau dieu kien thuc hien", "dieu kien")),
    "result": ("Kết quả thực hiện", ("ket qua thuc hien", "ket qua", "ket qua giai quyet")),
    "forms": ("Mẫu đơn, tờ khai", ("mau don to khai", "mau don", "bieu mau")),
    "legal_basis": ("Căn cứ pháp lý", ("can cu phap ly",)),
    "online": ("Mức độ trực tuyến", ("muc do truc tuyen", *LIST_HEADINGS["online"])),
    "aliases": ("Tên gọi khác", ("ten goi khac",)),
    "decision": (
        "Quyết định công bố",
        ("quyet dinh cong bo", "so quyet dinh cong bo", "so quyet dinh", "quyet dinh"),
    ),
    "url": ("Đường dẫn nguồn", ("duong dan nguon", "duong dan", "nguon")),
    "updated": ("Ngày cập nhật", ("ngay cap nhat",)),
}
#: Columns that make a sheet one of contents: a list of the catalogue has none of them.
CONTENT = frozenset(
    {"methods", "time", "fees", "fee", "charge", "documents", "steps", "conditions", "result", "legal_basis"}
)
HEADINGS = {name: spellings for name, (_, spellings) in COLUMNS.items()}

_LEVELS = {"toan trinh": OnlineLevel.FULL, "mot phan": OnlineLevel.PARTIAL}
_DATE = re.compile(
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})(?: 00:00:00)?"
)
_NUMBER = re.compile(
    rf"(?P<title>.*?)[\s,(–-]*(?:số )?(?P<number>{BARE_NUMBER})\)?", re.IGNORECASE | re.DOTALL
)


def holds_contents(path: Path) -> bool:
    """Whether the sheet has columns of contents. Raises ImportProblem as `read` does."""
    return bool(read_sheet(path, HEADINGS, required=("code", "title")).columns & CONTENT)


def read(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """Each row as a procedure, a row without any part as an entry of the catalogue, or why it is refused.

    read_on: ISO date of the sheet, where a row gives none; from the file's name when not given. Raises
    ImportProblem when the file is no spreadsheet or none of its first rows names the columns.
    """
    source = source_of_sheet(path, decision=f"Tệp {path.name}", read_on=read_on)
    for row in read_sheet(path, HEADINGS, required=("code", "title")).rows:
        yield _record(row, place=f"{path.name}, dòng {row.number}", source=source)


def _record(row: Row, *, place: str, source: Provenance) -> Record | BrokenRecord:
    cells = {name: said(row.cells.get(name, "")) for name in COLUMNS}
    national = NATIONAL.fullmatch(cells["code"])
    code, title = national[1] if national else cells["code"], " ".join(cells["title"].split())
    reason = what_is_wrong_with(code, title, names=("cột Mã thủ tục", "cột Tên thủ tục"))
    if reason:
        return BrokenRecord(place=place, code=code[:32], reason=reason)
    if not any(cells[name] for name in CONTENT):
        return list_record(cells, place=place, source=source)
    try:
        content, flags = _content(cells, code=code, title=title, source=source)
    except NoKind as problem:
        return BrokenRecord(place=place, code=code, reason=str(problem))
    remarks = tuple(Remark(heading=heading, text=text) for heading, text in _others(row))
    content = replace(content, remarks=(*content.remarks, *remarks))
    # The digest of the row, not of the file: a row that did not change is no new record.
    record = sha256(repr(sorted({**row.cells, **row.others}.items())).encode()).hexdigest()
    return Record(
        place=place,
        content=replace(
            content,
            flags=tuple(sorted({*flags, *flags_of(content)})),
            provenance=provenance(content, date=content.updated, record=record),
        ),
    )


def _others(row: Row) -> Iterator[tuple[str, str]]:
    for heading, text in row.others.items():
        if fold(heading) not in {"stt", "tt", "so tt"}:
            yield heading, text


def _content(
    cells: Mapping[str, str], *, code: str, title: str, source: Provenance
) -> tuple[ProcedureContent, frozenset[str]]:
    fees = {"": cells["fees"], "Phí": cells["fee"], "Lệ phí": cells["charge"]}
    methods = read_methods(cells["methods"], time=cells["time"], fees=fees)
    papers = with_conditions(read_papers(cells["documents"]))
    online = cells["online"]
    level = next((level for word, level in _LEVELS.items() if word in fold(online)), None)
    day = _day(cells["updated"])
    unread = {
        "Cách thức thực hiện": methods.unread,
        "Mức độ trực tuyến": "" if level else online,
        "Ngày cập nhật": "" if day else cells["updated"],
    }
    return ProcedureContent(
        code=code,
        title=title,
        field=" ".join(cells["field"].split()),
        decision=cells["decision"] or source.decision,
        url=cells["url"] or PORTAL,
        levels=_list(cells["levels"]),
        audience=_list(cells["audience"]),
        aliases=_list(cells["aliases"]),
        lead=None,
        agencies=_list(cells["agencies"]),
        receiving_address=cells["receiving_address"],
        methods=methods.methods,
        documents=papers,
        steps=cells["steps"],
        conditions=cells["conditions"],
        result=cells["result"],
        forms=_list(cells["forms"])
        or tuple(dict.fromkeys(paper.form for group in papers for paper in group.documents if paper.form)),
        legal_basis=tuple(_law(line) for line in _list(cells["legal_basis"])),
        updated=day or source.date,
        provenance={},
        remarks=tuple(Remark(heading=heading, text=text) for heading, text in unread.items() if text),
        online_level=level,
    ), methods.flags


def _list(cell: str) -> tuple[str, ...]:
    """The lines of a cell; commas also stand inside names."""
    return tuple(line.lstrip("-+*• ").strip(" ;") for line in cell.splitlines() if line.strip("-+*•; "))


def _law(line: str) -> LegalBasis:
    found = _NUMBER.fullmatch(line)
    if found is None:
        return LegalBasis(title=line, number="")
    return LegalBasis(title=found["title"].strip() or line, number=found["number"])


def _day(cell: str) -> str:
    found = _DATE.fullmatch(cell)
    if found is None:
        return ""
    return found["iso"] or f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
