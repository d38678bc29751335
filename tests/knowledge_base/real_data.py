"""The national data as published: real input that is never committed. Tests that read it skip without it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from knowledge_base.content import ProcedureContent
from knowledge_base.sources import portal
from knowledge_base.sources.records import Record

FOLDER = Path(os.environ.get("MOTCUA_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
PORTAL = FOLDER / "procedures" / "portal-2026-07.jsonl"

needs_portal = pytest.mark.skipif(
    not PORTAL.exists(),
    reason="the national procedures are not here: set MOTCUA_TEST_DATA to the folder that holds procedures/",
)


@cache
def national_contents() -> tuple[ProcedureContent, ...]:
    """Every national procedure as its importer reads it, once a process: it takes half a minute."""
    records = tuple(portal.read(PORTAL))
    assert [record.place for record in records if not isinstance(record, Record)] == []
    return tuple(record.content for record in records if isinstance(record, Record))
