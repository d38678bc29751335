"""Procedures as the national public-service portal flattens them: one JSON object a line.

The traps this reader answers to are measured in 2,642 records of June–July 2026: cells glued together, page
chrome, "Không có thông tin" for nothing, units lost. Nothing is resolved by a guess and no word is lost; what
cannot be told apart stays in the text and is flagged for an editor.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from knowledge_base.content import (
    DocumentGroup,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
    Remark,
)
from knowledge_base.flags import flags_of
from knowledge_base.parts import present_parts
from knowledge_base.sources.portal_documents import read_documents
from knowledge_base.sources.portal_laws import read_laws
from knowledge_base.sources.portal_methods import NOTHING, read_methods
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import clean

FIELDS = (
    "ma_thu_tuc", "detail_url", "formality_id", "ten_thu_tuc", "so_quyet_dinh", "cap_thuc_hien",
    "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen", "dia_chi_tiep_nhan",
    "co_quan_duoc_uy_quyen",
    "co_quan_phoi_hop", "thu_tuc_lien_quan", "trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "thanh_phan_ho_so",
    "can_cu_phap_ly", "co_quan_thuc_hien", "yeu_cau_dieu_kien", "ket_qua_xu_ly", "co_quan_nguon",
)  # fmt: skip

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,31}")
_CHROME = re.compile(
    r"Từ khóa(?P<keywords>.*?)Mô tả(?P<description>.*?)(?:Chọn cơ quan thực hiện.*)?$", re.DOTALL
)
_RESULT_CODE = re.compile(r"Mã: ?(?:KQ\.[A-Z]\d+\.\d+|VBTT)")
# Commas inside a name: "Cán bộ, công chức, viên chức", "Tổ chức (không bao gồm doanh nghiệp, HTX)".
_BETWEEN_NAMES = re.compile(r", (?=[A-ZĐ])(?!HTX)")
_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_READ_ON = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def read(path: Path, *, read_on: str = "") -> Iterator[Record | BrokenRecord]:
    """Each record of the file in order, or why it cannot be imported, with its line number.

    read_on: ISO date on which the portal was read; from the file's name ("portal-2026-07") when not given.
    """
    found = _READ_ON.search(path.name)
    read_on = read_on or (found[0] if found else "")
    lines_of_codes: dict[str, int] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                record = _read_line(line, place=f"{path.name}, dòng {number}", read_on=read_on)
                yield _unless_repeated(record, number, lines_of_codes)


def _unless_repeated(
    record: Record | BrokenRecord, number: int, lines_of_codes: dict[str, int]
) -> Record | BrokenRecord:
    if isinstance(record, BrokenRecord):
        return record
    code = record.content.code
    first = lines_of_codes.setdefault(code, number)
    if first == number:
        return record
    return BrokenRecord(place=record.place, code=code, reason=f"mã {code} đã có ở dòng {first}")


def _read_line(line: bytes, *, place: str, read_on: str) -> Record | BrokenRecord:
    try:
        raw = json.loads(line.decode())
    except UnicodeDecodeError:
        return BrokenRecord(place=place, code="", reason="dòng không phải UTF-8")
    except ValueError as problem:
        return BrokenRecord(place=place, code="", reason=f"dòng không phải JSON ({problem})")
    except RecursionError:
        return BrokenRecord(place=place, code="", reason="JSON lồng nhau quá sâu")
    if not isinstance(raw, dict):
        return BrokenRecord(place=place, code="", reason="dòng không phải một đối tượng JSON")
    reason = _what_is_wrong(raw)
    if reason:
        return BrokenRecord(place=place, code=str(raw.get("ma_thu_tuc") or "")[:32], reason=reason)
    fields = {name: _printable(raw.get(name) or "") for name in FIELDS}
    return Record(
        place=place, content=_content(fields, read_on=read_on, record=sha256(line.strip()).hexdigest())
    )


def _what_is_wrong(raw: Mapping[str, object]) -> str:
    for name in FIELDS:
        if raw.get(name) is not None and not isinstance(raw[name], str):
            return f"trường {name} không phải chữ"
    code = clean(str(raw.get("ma_thu_tuc") or ""))
    if not code:
        return "không có mã thủ tục (ma_thu_tuc)"
    if not _CODE.fullmatch(code):
        return f"mã thủ tục {code[:40]!r} không đúng dạng"
    if not _value(str(raw.get("ten_thu_tuc") or "")):
        return "không có tên thủ tục (ten_thu_tuc)"
    return ""


def _printable(value: str) -> str:
    """NFC, no NUL or surrogate; spaces stay, for they tell cells from prose."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", value))


def _value(cell: str) -> str:
    """The cleaned cell; "" for the portal's way of saying nothing."""
    text = clean(cell)
    return "" if text.rstrip(".").lower() == NOTHING.lower() else text


def _content(fields: Mapping[str, str], *, read_on: str, record: str) -> ProcedureContent:
    methods = read_methods(fields["cach_thuc_thuc_hien"])
    documents = read_documents("" if not _value(fields["thanh_phan_ho_so"]) else fields["thanh_phan_ho_so"])
    laws, all_numbered = read_laws("" if not _value(fields["can_cu_phap_ly"]) else fields["can_cu_phap_ly"])
    result, extras = _result(fields["ket_qua_xu_ly"])
    content = ProcedureContent(
        code=clean(fields["ma_thu_tuc"]),
        title=_value(fields["ten_thu_tuc"]),
        field=_value(fields["linh_vuc"]),
        decision=_value(fields["so_quyet_dinh"]),
        url=_value(fields["detail_url"]),
        levels=_names(fields["cap_thuc_hien"]),
        audience=_names(fields["doi_tuong_thuc_hien"]),
        aliases=(),
        lead=None,
        agencies=tuple(_agencies(fields)),
        receiving_address=_value(fields["dia_chi_tiep_nhan"]),
        methods=methods.methods,
        documents=documents.groups,
        steps=_value(fields["trinh_tu_thuc_hien"]),
        conditions=_value(fields["yeu_cau_dieu_kien"]),
        result=result,
        forms=_forms(documents.groups),
        legal_basis=laws,
        updated=read_on,
        provenance={},
        remarks=tuple(_remarks(fields, extras | {"Cách thức thực hiện": methods.unread})),
    )
    unread = methods.flags | documents.flags | (set() if all_numbered else {"legal_basis_glued"})
    flags = tuple(sorted(set(flags_of(content)) | unread))
    return replace(content, flags=flags, provenance=_provenance(content, read_on=read_on, record=record))


def _provenance(content: ProcedureContent, *, read_on: str, record: str) -> dict[str, Provenance]:
    source = Provenance(
        origin=Origin.OFFICIAL,
        decision=content.decision,
        url=content.url,
        date=read_on,
        reviewed=False,
        record=record,
    )
    return {part.value: source for part in PartName if part in present_parts(content)}


def _names(cell: str) -> tuple[str, ...]:
    names = (name.strip() for name in _BETWEEN_NAMES.split(_value(cell)))
    return tuple(name for name in names if name)


def _agencies(fields: Mapping[str, str]) -> Iterator[str]:
    """The agency that carries the procedure out, then the others under the portal's own headings.

    A cell with several agencies stays one text: commas also stand inside names.
    """
    performs = _value(fields["co_quan_thuc_hien"])
    if performs:
        yield performs
    for name, heading in (
        ("co_quan_co_tham_quyen", "Cơ quan có thẩm quyền"),
        ("co_quan_duoc_uy_quyen", "Cơ quan được ủy quyền"),
        ("co_quan_phoi_hop", "Cơ quan phối hợp"),
    ):
        agency = _value(fields[name])
        if agency and agency != performs:
            yield f"{heading}: {agency}"


def _result(cell: str) -> tuple[str, dict[str, str]]:
    """The result without page chrome, each code on its own line's end; keywords and description apart."""
    chrome = _CHROME.search(cell)
    extras = {}
    if chrome:
        extras = {"Từ khóa": _value(chrome["keywords"]), "Mô tả": _value(chrome["description"])}
        cell = cell[: chrome.start()]
    parted = _RESULT_CODE.sub(lambda code: f" ({code[0]})\n", cell)
    return _value(parted), extras


def _forms(groups: tuple[DocumentGroup, ...]) -> tuple[str, ...]:
    forms = (document.form for group in groups for document in group.documents if document.form)
    return tuple(dict.fromkeys(forms))


def _remarks(fields: Mapping[str, str], extras: Mapping[str, str]) -> Iterator[Remark]:
    named = {
        "Loại thủ tục": _value(fields["loai_thu_tuc"]),
        "Thủ tục liên quan": _value(fields["thu_tuc_lien_quan"]),
        "Cơ quan công bố": _value(fields["co_quan_nguon"]),
        "Mã trên Cổng": _value(fields["formality_id"]),
        **extras,
    }
    for heading, text in named.items():
        if text:
            yield Remark(heading=heading, text=text)
