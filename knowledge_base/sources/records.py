"""What a source yields: a record that reads, or one that does not and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from knowledge_base.article import Content
from knowledge_base.content import Origin, Provenance

_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One procedure or article read from a source. place: "line 12" or a file name, for the report."""

    place: str
    content: Content


@dataclass(frozen=True, kw_only=True)
class BrokenRecord:
    """One record that cannot be imported. code: "" when the record does not say it."""

    place: str
    code: str
    reason: str


def date_in_name(path: Path) -> str:
    """The ISO date or month in a file's name ("portal-2026-07"), "" without one."""
    found = _DATE.search(path.name)
    return found[0] if found else ""


def source_of_sheet(path: Path, *, decision: str, read_on: str) -> Provenance:
    """The source of what an official spreadsheet says. read_on: its date; from its name when not given."""
    return Provenance(
        origin=Origin.OFFICIAL,
        decision=decision,
        url="",
        date=read_on or date_in_name(path),
        reviewed=False,
        record=sha256(path.read_bytes()).hexdigest(),
    )
