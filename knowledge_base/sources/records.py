"""What a source yields: a record that reads, or one that does not and why."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.article import Content


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
