"""Procedures as the pages of the national public-service portal show them: cells of tables glued together.

The traps this reader answers to are measured in 2,642 records of June–July 2026: cells glued together, page
chrome, "Không có thông tin" for nothing, units lost. Nothing is resolved by a guess and no word is lost; what
cannot be told apart stays in the text and is flagged for an editor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from knowledge_base.content import (
    DocumentGroup,
    ProcedureContent,
    Remark,
)
from knowledge_base.flags import flags_of
from knowledge_base.paper_conditions import with_conditions
from knowledge_base.sources.portal_documents import read_documents
from knowledge_base.sources.portal_laws import read_laws
from knowledge_base.sources.portal_methods import read_methods
from knowledge_base.sources.portal_words import agencies, provenance, said, what_is_wrong_with
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import clean

FIELDS = (
    "ma_thu_tuc", "detail_url", "formality_id", "ten_thu_tuc", "so_quyet_dinh", "cap_thuc_hien",
    "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen", "dia_chi_tiep_nhan",
    "co_quan_duoc_uy_quyen",
    "co_quan_phoi_hop", "thu_tuc_lien_quan", "trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "thanh_phan_ho_so",
    "can_cu_phap_ly", "co_quan_thuc_hien", "yeu_cau_dieu_kien", "ket_qua_xu_ly", "co_quan_nguon",
)  # fmt: skip

_CHROME = re.compile(
    r"Từ khóa(?P<keywords>.*?)Mô tả(?P<description>.*?)(?:Chọn cơ quan thực hiện.*)?$", re.DOTALL
)
_RESULT_CODE = re.compile(r"Mã: ?(?:KQ\.[A-Z]\d+\.\d+|VBTT)")
# Commas inside a name: "Cán bộ, công chức, viên chức", "Tổ chức (không bao gồm doanh nghiệp, HTX)".
_BETWEEN_NAMES = re.compile(r", (?=[A-ZĐ])(?!HTX)")
_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def read_flat(raw: Mapping[str, Any], *, place: str, read_on: str, record: str) -> Record | BrokenRecord:
    """One record of this shape. read_on: ISO date; record: the digest of the object as read."""
    reason = _what_is_wrong(raw)
    if reason:
        return BrokenRecord(place=place, code=str(raw.get("ma_thu_tuc") or "")[:32], reason=reason)
    fields = {name: _printable(raw.get(name) or "") for name in FIELDS}
    return Record(place=place, content=_content(fields, read_on=read_on, record=record))


def _what_is_wrong(raw: Mapping[str, object]) -> str:
    for name in FIELDS:
        if raw.get(name) is not None and not isinstance(raw[name], str):
            return f"trường {name} không phải chữ"
    code, title = (str(raw.get(name) or "") for name in ("ma_thu_tuc", "ten_thu_tuc"))
    return what_is_wrong_with(clean(code), said(title), names=("ma_thu_tuc", "ten_thu_tuc"))


def _printable(value: str) -> str:
    """NFC, no NUL or surrogate; spaces stay, for they tell cells from prose."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", value))


def _content(fields: Mapping[str, str], *, read_on: str, record: str) -> ProcedureContent:
    methods = read_methods(fields["cach_thuc_thuc_hien"])
    documents = read_documents("" if not said(fields["thanh_phan_ho_so"]) else fields["thanh_phan_ho_so"])
    laws, all_numbered = read_laws("" if not said(fields["can_cu_phap_ly"]) else fields["can_cu_phap_ly"])
    result, extras = _result(fields["ket_qua_xu_ly"])
    content = ProcedureContent(
        code=clean(fields["ma_thu_tuc"]),
        title=said(fields["ten_thu_tuc"]),
        field=said(fields["linh_vuc"]),
        decision=said(fields["so_quyet_dinh"]),
        url=said(fields["detail_url"]),
        levels=_names(fields["cap_thuc_hien"]),
        audience=_names(fields["doi_tuong_thuc_hien"]),
        aliases=(),
        lead=None,
        agencies=agencies(
            performs=said(fields["co_quan_thuc_hien"]),
            decides=said(fields["co_quan_co_tham_quyen"]),
            acts_for=said(fields["co_quan_duoc_uy_quyen"]),
            takes_part=said(fields["co_quan_phoi_hop"]),
        ),
        receiving_address=said(fields["dia_chi_tiep_nhan"]),
        methods=methods.methods,
        documents=with_conditions(documents.groups),
        steps=said(fields["trinh_tu_thuc_hien"]),
        conditions=said(fields["yeu_cau_dieu_kien"]),
        result=result,
        forms=_forms(documents.groups),
        legal_basis=laws,
        updated=read_on,
        provenance={},
        remarks=tuple(_remarks(fields, extras | {"Cách thức thực hiện": methods.unread})),
    )
    unread = methods.flags | documents.flags | (set() if all_numbered else {"legal_basis_glued"})
    flags = tuple(sorted(set(flags_of(content)) | unread))
    return replace(content, flags=flags, provenance=provenance(content, date=read_on, record=record))


def _names(cell: str) -> tuple[str, ...]:
    names = (name.strip() for name in _BETWEEN_NAMES.split(said(cell)))
    return tuple(name for name in names if name)


def _result(cell: str) -> tuple[str, dict[str, str]]:
    """The result without page chrome, each code on its own line's end; keywords and description apart."""
    chrome = _CHROME.search(cell)
    extras = {}
    if chrome:
        extras = {"Từ khóa": said(chrome["keywords"]), "Mô tả": said(chrome["description"])}
        cell = cell[: chrome.start()]
    parted = _RESULT_CODE.sub(lambda code: f" ({code[0]})\n", cell)
    return said(parted), extras


def _forms(groups: tuple[DocumentGroup, ...]) -> tuple[str, ...]:
    forms = (document.form for group in groups for document in group.documents if document.form)
    return tuple(dict.fromkeys(forms))


def _remarks(fields: Mapping[str, str], extras: Mapping[str, str]) -> Iterator[Remark]:
    named = {
        "Loại thủ tục": said(fields["loai_thu_tuc"]),
        "Thủ tục liên quan": said(fields["thu_tuc_lien_quan"]),
        "Cơ quan công bố": said(fields["co_quan_nguon"]),
        "Mã trên Cổng": said(fields["formality_id"]),
        **extras,
    }
    for heading, text in named.items():
        if text:
            yield Remark(heading=heading, text=text)
