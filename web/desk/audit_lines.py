"""A line of the register as an official reads it, on the page and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from office.models import AuditEntry
from office.sheets import Cell, Layout
from web.desk.act_names import ACT_NAMES
from web.desk.audit_facts import facts_told, subject_told, unit_names

Row = tuple[Cell, ...]

HEADER = ("Lúc", "Người làm", "Tên đăng nhập", "Việc", "Mã việc", "Đối tượng", "Chi tiết")
LAYOUT = Layout(title="Sổ ghi việc làm")
#: Citizens and the machine have no account.
NOBODY = "Người dân hoặc hệ thống"


@dataclass(frozen=True, kw_only=True)
class Line:
    """subject: as kept; about: in words. address: of a case or report, else "". facts: name and value."""

    at: datetime
    actor: str
    username: str
    act: str
    subject: str
    about: str
    address: str
    facts: tuple[tuple[str, str], ...]


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    names = unit_names()
    return [_line(entry, names) for entry in entries]


def rows(entries: Iterable[AuditEntry]) -> list[Row]:
    names = unit_names()
    return [_row(entry, names) for entry in entries]


def _line(entry: AuditEntry, names: Mapping[str, str]) -> Line:
    return Line(
        at=entry.at,
        actor=entry.actor.display_name if entry.actor else NOBODY,
        username=entry.actor.username if entry.actor else "",
        act=ACT_NAMES.get(entry.action, entry.action),
        subject=entry.subject,
        about=subject_told(entry.subject, unit_names=names),
        address=_address(entry.subject),
        facts=facts_told(entry.detail, unit_names=names),
    )


def _row(entry: AuditEntry, names: Mapping[str, str]) -> Row:
    shown = _line(entry, names)
    facts = "; ".join(f"{name}: {value}" for name, value in shown.facts)
    moment = f"{timezone.localtime(shown.at):%Y-%m-%d %H:%M:%S}"
    return moment, shown.actor, shown.username, shown.act, entry.action, shown.subject, facts


def _address(subject: str) -> str:
    if subject.startswith("HT-"):
        return reverse("desk:case", args=[subject])
    return reverse("desk:report", args=[subject]) if subject.startswith("PA-") else ""
