"""The national data as published: real input that is never committed. Tests that read it skip without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MOTCUA_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
PORTAL = FOLDER / "procedures" / "portal-2026-07.jsonl"

needs_portal = pytest.mark.skipif(
    not PORTAL.exists(),
    reason="the national procedures are not here: set MOTCUA_TEST_DATA to the folder that holds procedures/",
)
