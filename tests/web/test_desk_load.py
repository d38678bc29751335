"""A small day at the desk on PostgreSQL: what everybody was told is what the rows say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.journeys.processes import ROOT

pytestmark = pytest.mark.heavy


def test_officials_who_act_at_once_lose_nothing_and_claim_nothing_twice() -> None:
    size = ["--officials", "5", "--conversations", "50", "--seconds", "20", "--think", "1", "3"]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk_load", *size],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "rows that differ from what was told: 0" in run.stdout
