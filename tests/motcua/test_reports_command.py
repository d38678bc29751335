"""`motcua reports test` as a person and as a gate use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.cli import main

pytestmark = pytest.mark.django_db(transaction=True)

LAMP = {
    "id": "a",
    "text": "Đèn đường ngõ 12 phố Huế, phường Bạch Mai hỏng, gọi tôi 0912345678",
    "category": "chieu_sang",
    "place_text": "ngõ 12 phố Huế, phường Bạch Mai",
    "old_ward": None,
    "ward": "Phường Bạch Mai",
    "urgent": False,
    "personal_data": ["0912345678"],
    "class": "plain",
}


def _test(folder: Path, *options: str, **changes: Any) -> Result:
    line = json.dumps({**LAMP, **changes}, ensure_ascii=False)
    (folder / "reports.jsonl").write_text(line + "\n", encoding="utf-8")
    return CliRunner().invoke(main, ["reports", "test", str(folder), *options])


def test_the_figures_are_told_as_json_with_their_intervals(tmp_path: Path) -> None:
    found = json.loads(_test(tmp_path, "--json").stdout)
    assert found["n"] == found["category_top1"] == found["category_top3"] == 1
    assert found["masking_recall"] == found["wards"]["right"] == 1
    assert found["overmasking"] == 0
    assert found["urgent_recall"] is None
    low, high = found["category_top1_95"]
    assert low < 0.5
    assert high == 1


def test_a_person_reads_shares_and_the_ids_of_what_went_wrong_but_no_text(tmp_path: Path) -> None:
    said = _test(tmp_path, category="tieng_on").stdout
    assert "Sai, category_top1: a" in said
    assert "ngõ 12" not in said


def test_a_missed_bound_ends_with_1(tmp_path: Path) -> None:
    assert _test(tmp_path, "--at-least", "category_top1=.9").exit_code == 0
    missed = _test(tmp_path, "--at-least", "category_top1=.9", category="tieng_on")
    assert missed.exit_code == 1


def test_a_file_that_does_not_read_is_told_with_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    said = CliRunner().invoke(main, ["reports", "test", str(tmp_path)])
    assert said.exit_code != 0
    assert "personal_data" in said.output
