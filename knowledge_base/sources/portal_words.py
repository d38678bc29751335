"""What both shapes of the portal's records have in common: its words for nothing, codes, agencies, source."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge_base.content import Origin, ProcedureContent, Provenance
from knowledge_base.parts import part_digest, present_parts
from nlu.text import clean

NOTHING = "Không có thông tin"
PORTAL = "https://dichvucong.gov.vn"

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,31}")


def said(cell: str) -> str:
    """The cleaned cell; "" for the portal's way of saying nothing."""
    text = clean(cell)
    return "" if text.rstrip(".").lower() == NOTHING.lower() else text


def what_is_wrong_with(code: str, title: str, *, names: tuple[str, str]) -> str:
    """Why a record with this code and title is refused, "" when it is not. names: of the two fields."""
    if not code:
        return f"không có mã thủ tục ({names[0]})"
    if not _CODE.fullmatch(code):
        return f"mã thủ tục {code[:40]!r} không đúng dạng"
    if not title:
        return f"không có tên thủ tục ({names[1]})"
    return ""


def agencies(*, performs: str, decides: str, acts_for: str = "", takes_part: str = "") -> tuple[str, ...]:
    """The agency that carries the procedure out, then the others under the portal's own headings.

    A cell with several agencies stays one text: commas also stand inside names.
    """
    others = (
        ("Cơ quan có thẩm quyền", decides),
        ("Cơ quan được ủy quyền", acts_for),
        ("Cơ quan phối hợp", takes_part),
    )
    named = (f"{heading}: {agency}" for heading, agency in others if agency and agency != performs)
    return (*([performs] if performs else []), *named)


def provenance(content: ProcedureContent, *, date: str, record: str) -> dict[str, Provenance]:
    """The official record as the source of each part that it fills."""
    source = Provenance(
        origin=Origin.OFFICIAL,
        decision=content.decision,
        url=content.url,
        date=date,
        reviewed=False,
        record=record,
    )
    return {
        part.value: replace(source, part_digest=part_digest(content, part)) for part in present_parts(content)
    }
