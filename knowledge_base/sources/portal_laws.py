"""The portal's table of legal texts, glued together: title and number of each."""

from __future__ import annotations

import re

from knowledge_base.content import LegalBasis
from nlu.text import clean

HEADER = "Tên văn bản pháp lýMã văn bản"

# Issuing bodies whose letters end a number, so that "30/2024/NĐ-CPQUY ĐỊNH" ends at CP.
_BODIES = (
    "CP|TTg|UBTVQH\\d\\d|QH\\d\\d|BTC|BCA|BTP|BXD|BGTVT|BNNMT|BNN(?:PTNT)?|BNNPTNT|BTNMT|NHNN|BYT|BKHĐT|BKHCN|BNV|BLĐTBXH|"
    "BQP|BNG|BTTTT|BVHTTDL|BGDĐT|BCT|UBND|HĐND|TANDTC|VKSNDTC|CTN|BHXH|VPCP|TTCP|UBDT|BDTTG"
)
BARE_NUMBER = rf"\d+(?:\.\d+)?/(?:\d{{4}}/)?(?:QH\d\d|UBTVQH\d\d|[A-ZĐÐ]+(?:[-_/](?:{_BODIES}))+)"
_KIND = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư liên tịch|Thông tư|NĐ|NQ|QĐ|TT)"
    r"(?: số)?:? "
)
# A number cell is glued to the title before it; a year ("năm 2020" + "68/2020/QH14") has four digits.
_CELL = re.compile(
    rf"(?:(?<=[^\s\d/\-(])|(?<=[^\d/](?:19|20)\d\d)|(?<=QH\d\d))(?:{_KIND})?{BARE_NUMBER}(?=$|[^\s,.;:)/\-–])"
)
_TWICE = re.compile(rf"(?P<number>{BARE_NUMBER})(?P=number)")


def read_laws(cell: str) -> tuple[tuple[LegalBasis, ...], bool]:
    """The legal texts of `can_cu_phap_ly`, and whether every one has its number.

    Only a number glued to the title before it ends a row; a row without one keeps all its words as title.
    """
    body = cell.strip().removeprefix(HEADER)
    laws: list[LegalBasis] = []
    start = 0
    for position, number in _number_cells(body):
        if not clean(body[start:position]):
            continue
        laws.append(LegalBasis(title=clean(body[start:position]), number=number))
        start = position + len(number)
    tail = clean(body[start:])
    if tail:
        laws.append(LegalBasis(title=tail, number=""))
    return tuple(laws), all(law.number for law in laws)


def _number_cells(body: str) -> list[tuple[int, str]]:
    twice = {m.start() + len(m["number"]): m["number"] for m in _TWICE.finditer(body)}
    covered = [(position - len(number), position + len(number)) for position, number in twice.items()]
    cells = dict(twice)
    for match in _CELL.finditer(body):
        if not any(start < match.end() and match.start() < end for start, end in covered):
            cells[match.start()] = match[0]
    return sorted(cells.items())
