"""A line of the register as an official reads it, on the page and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from office.models import AuditEntry
from office.sheets import Cell, Layout
from web.desk.act_names import ACT_NAMES

Row = tuple[Cell, ...]

HEADER = ("Lúc", "Người làm", "Tên đăng nhập", "Việc", "Mã việc", "Đối tượng", "Chi tiết")
LAYOUT = Layout(title="Sổ ghi việc làm")
#: Citizens and the machine have no account.
NOBODY = "Người dân hoặc hệ thống"

#: What a fact beside an act is called; one that is not listed keeps its own word.
FACTS: Mapping[str, str] = {
    "reason": "lý do",
    "outcome": "kết quả",
    "turn": "lượt",
    "files": "số tệp",
    "unit": "đơn vị",
    "units": "đơn vị",
    "state": "trạng thái",
    "role": "vai trò",
    "note": "ghi chú",
    "notes": "kèm ghi chú nội bộ",
    "address": "địa chỉ mạng",
    "name": "tên",
    "score": "điểm",
    "until": "đến",
    "since": "từ",
    "source": "nguồn",
    "changed": "đã sửa",
    "value": "giá trị",
    "was": "trước đó",
    "lines": "số dòng",
    "reports": "số phản ánh",
    "format": "dạng tệp",
    "narrowed": "lọc theo",
    "number": "số",
    "digest": "dấu nội dung",
    "to": "đến",
    "given": "giao cho",
    "by": "bởi",
    "days": "số ngày",
    "priority": "ưu tiên",
    "label": "nhãn",
    "named": "số người được nhắc",
    "operator": "người vận hành",
    "decision": "quyết định",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """address: of the case or report it is about, "" for anything else. facts: name and value."""

    at: datetime
    actor: str
    username: str
    act: str
    subject: str
    address: str
    facts: tuple[tuple[str, str], ...]


def line(entry: AuditEntry) -> Line:
    return Line(
        at=entry.at,
        actor=entry.actor.display_name if entry.actor else NOBODY,
        username=entry.actor.username if entry.actor else "",
        act=ACT_NAMES.get(entry.action, entry.action),
        subject=entry.subject,
        address=_address(entry.subject),
        facts=tuple((FACTS.get(name, name), _told(value)) for name, value in _given(entry.detail)),
    )


def row(entry: AuditEntry) -> Row:
    shown = line(entry)
    facts = "; ".join(f"{name}: {value}" for name, value in shown.facts)
    moment = f"{timezone.localtime(shown.at):%Y-%m-%d %H:%M:%S}"
    return moment, shown.actor, shown.username, shown.act, entry.action, shown.subject, facts


def _given(detail: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in detail.items() if value not in (None, "", [], {})]


def _told(value: object) -> str:
    """A nested fact, such as counts, as "name value, name value"."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_told(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value)


def _address(subject: str) -> str:
    if subject.startswith("HT-"):
        return reverse("desk:case", args=[subject])
    return reverse("desk:report", args=[subject]) if subject.startswith("PA-") else ""
