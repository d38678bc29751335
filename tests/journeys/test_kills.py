"""Killed at work, by a seed: nothing lost, nothing answered twice, no conversation out of order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.far_ends import opened
from benchmarks.faults import Town, under_kills
from tests.journeys.processes import Office

pytestmark = pytest.mark.journey
KILLS = 10


def test_ten_kills_lose_nothing_double_nothing_and_mix_nothing(prepared_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(prepared_home, tmp_path / "home")
    with opened("telegram") as far_end:
        office = Office(home=home, settings=far_end.settings())
        try:
            seen = under_kills(Town(office=office, far_end=far_end), messages=200, kills=KILLS, seed=5)
        finally:
            office.kill()
    assert seen.account.holds, seen
    assert seen.account.came_out_of_order == 0
    assert seen.account.repeats <= KILLS
    assert seen.idle <= KILLS // 2, "most kills must meet an office at work"
