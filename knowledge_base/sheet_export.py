"""Procedures as a spreadsheet that the importer reads back: a template to fill, or what is in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge_base.content import Document, Fee, Method, MethodKind, OnlineLevel, ProcedureContent
from knowledge_base.sources.procedure_sheets import COLUMNS
from office.sheets import LONGEST_CELL, Layout, write_sheet

_KINDS = {
    MethodKind.ONLINE: "Trực tuyến",
    MethodKind.COUNTER: "Trực tiếp",
    MethodKind.POST: "Dịch vụ bưu chính",
}
_LEVELS = {OnlineLevel.FULL: "Toàn trình", OnlineLevel.PARTIAL: "Một phần", None: ""}
GUIDE = (
    ("Cột", "Cách ghi"),
    ("Mã thủ tục", "Bắt buộc, ví dụ 1.001193."),
    ("Tên thủ tục", "Bắt buộc, đúng như quyết định công bố."),
    ("Cách thức thực hiện", "Mỗi cách một dòng: Trực tuyến: …, Trực tiếp: …, Dịch vụ bưu chính: …"),
    (
        "Thời hạn giải quyết",
        "Ví dụ: 5 ngày làm việc. Khác theo cách nộp thì ghi Trực tuyến: 3 ngày làm việc.",
    ),
    ("Phí, lệ phí", "Ví dụ: Trực tiếp: 20.000 đồng (ghi chú: mỗi bản). Không chắc thì ghi bằng chữ."),
    ("Thành phần hồ sơ", "Mỗi giấy tờ một dòng: Tờ khai (1 bản chính; mẫu: to-khai.docx)."),
    (
        "Thành phần hồ sơ",
        "Đã phân loại thì ghi dòng “Ai cũng phải nộp:”, rồi “Chỉ khi nhờ người khác: Ủy quyền”.",
    ),
    ("Căn cứ pháp lý", "Mỗi văn bản một dòng: Luật Hộ tịch (60/2014/QH13)."),
    ("Cột khác", "Cột không có trong mẫu được giữ làm ghi chú của nguồn."),
)
#: Code and title stay in sight.
LAYOUT = Layout(title="Thủ tục", frozen="C2", guide=GUIDE)


def write_template(path: Path) -> None:
    """An empty sheet with the headings that the importer reads, and a second one that explains them."""
    write_sheet(path, _header(), (), LAYOUT)


def export(path: Path, contents: Iterable[ProcedureContent]) -> tuple[str, ...]:
    """Write the contents, a row each; returns the codes left out because a cell would be cut short."""
    rows, too_long = [], []
    for content in contents:
        row = _row(content)
        if any(len(cell) > LONGEST_CELL for cell in row):
            too_long.append(content.code)
        else:
            rows.append(row)
    write_sheet(path, _header(), rows, LAYOUT)
    return tuple(too_long)


def _header() -> tuple[str, ...]:
    return tuple(heading for heading, _ in COLUMNS.values())


def _row(content: ProcedureContent) -> tuple[str, ...]:
    cells = {
        "code": content.code,
        "title": content.title,
        "field": content.field,
        "levels": "\n".join(content.levels),
        "audience": "\n".join(content.audience),
        "agencies": "\n".join(content.agencies),
        "receiving_address": content.receiving_address,
        "methods": "\n".join(f"{_KINDS[method.kind]}: {method.note}".strip() for method in content.methods),
        "time": "\n".join(f"{_KINDS[method.kind]}: {method.time.text}" for method in content.methods),
        "fees": _fees(content.methods, ""),
        "fee": _fees(content.methods, "Phí"),
        "charge": _fees(content.methods, "Lệ phí"),
        "documents": "\n".join(_papers(content)),
        "steps": content.steps,
        "conditions": content.conditions,
        "result": content.result,
        "forms": "\n".join(content.forms),
        "legal_basis": "\n".join(
            f"{law.title} ({law.number})" if law.number else law.title for law in content.legal_basis
        ),
        "online": _LEVELS[content.online_level],
        "aliases": "\n".join(content.aliases),
        "decision": content.decision,
        "url": content.url,
        "updated": content.updated,
    }
    return tuple(cells[name] for name in COLUMNS)


def _fees(methods: tuple[Method, ...], kind: str) -> str:
    lines = (
        f"{_KINDS[method.kind]}: {_fee(fee, kind)}"
        for method in methods
        for fee in method.fees
        if fee.kind == kind or (not kind and fee.kind not in {"Phí", "Lệ phí"})
    )
    return "\n".join(lines)


def _fee(fee: Fee, kind: str) -> str:
    text = f"{fee.kind}: {fee.text}" if fee.kind != kind else fee.text
    note = " ".join(fee.note.split())
    return f"{text} (ghi chú: {note})".strip() if note else text


def _papers(content: ProcedureContent) -> Iterator[str]:
    for group in content.documents:
        if group.heading:
            yield f"{group.heading.rstrip(': ')}:"
        yield from (_paper(paper) for paper in group.documents)


def _paper(paper: Document) -> str:
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    details = [f"{number} {name}" for number, name in counts if number is not None]
    details += [f"mẫu: {paper.form}"] if paper.form else []
    text = " ".join(paper.text.split())
    text = f"{text} ({'; '.join(details)})" if details else text
    if not paper.condition:
        return text
    is_only = paper.condition.lower().startswith("chỉ khi")
    return f"{paper.condition}: {text}" if is_only else f"{text} ({paper.condition})"
