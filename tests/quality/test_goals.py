"""The goals of the dialogue and of reports, held over what a fresh clone has: its own base, built here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.quality.test_overlap import HERE

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `motcua dialogue test` finds in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    _motcua(home, "chat", "xin chào")
    found: dict[str, Any] = json.loads(
        _motcua(home, "dialogue", "test", str(HERE), "--base", "starter", "--json")
    )
    return found


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `motcua reports test` finds on the reports that are held out."""
    home = tmp_path_factory.mktemp("home")
    found: dict[str, Any] = json.loads(_motcua(home, "reports", "test", str(HERE), "--json"))
    return found


def _motcua(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "MOTCUA_HOME": str(home)}
    command = [sys.executable, "-m", "motcua.cli", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("group", "wrong"),
    [
        ("emergency", "missed"),
        ("accusation", "taken_up"),
        ("gibberish", "answered"),
    ],
)
def test_what_must_never_happen_never_does(figures: dict[str, Any], group: str, wrong: str) -> None:
    assert figures["adversarial"][group][wrong] == 0, figures["adversarial"][group]["ids"]


def test_dialogues_pass(figures: dict[str, Any]) -> None:
    assert figures["passed_share"] >= 0.95, figures["failed"]


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        pytest.param("category_top1", 0.85, marks=pytest.mark.xfail(strict=True, reason="not yet reached")),
        ("category_top3", 0.95),
        ("masking_recall", 1.0),
        ("urgent_recall", 1.0),
    ],
)
def test_reports_are_read_as_well_as_was_set(reports: dict[str, Any], figure: str, least: float) -> None:
    assert reports[figure] >= least, reports["wrong"]


def test_wards_are_resolved_or_rightly_asked_about(reports: dict[str, Any]) -> None:
    assert reports["wards"]["right"] >= 0.97, reports["wrong"]["wards"]


def test_little_is_hidden_that_is_nobodys(reports: dict[str, Any]) -> None:
    assert reports["overmasking"] <= 0.02, reports["wrong"]["overmasking"]
