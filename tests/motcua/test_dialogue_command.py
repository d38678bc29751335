"""`motcua dialogue test` as a person and as a gate use it, on a small release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from casework.models import Report
from conversations.models import Attachment, Conversation
from knowledge_base import releases
from knowledge_base.library import Library
from knowledge_base.models import ActiveRelease, Release
from motcua.cli import main
from tests.knowledge_base.search_base import ENCODER, build_here

pytestmark = pytest.mark.django_db(transaction=True)

TALK = """
title: Báo rác có ảnh
turns:
  - {user: "đống rác to ở số 5 phố Huế bốc mùi", expect: report_form}
  - {user: "[ảnh]", expect: report_form}
  - {user: "[nút Gửi]", expect: report_filed, filed: {media: 1}}
"""


@pytest.fixture(autouse=True)
def _small_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    build_here(tmp_path)
    library = Library.open(tmp_path / "first", ENCODER)
    shelf = releases._Shelf()
    shelf.put(library)
    monkeypatch.setattr(releases, "_shelf", shelf)
    yield
    library.close()


@pytest.fixture
def _in_force() -> None:
    release = Release.objects.create(name="first", manifest={}, built_at=timezone.now())
    ActiveRelease.objects.create(pk=1, release=release)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "report.yaml").write_text(TALK, encoding="utf-8")
    (folder / "wrong.yaml").write_text(
        "title: b\nturns: [{user: xin chào, expect: answer}]\n", encoding="utf-8"
    )
    message = {"id": "e1", "text": "cứu với, nhà tôi đang cháy", "class": "emergency"}
    (folder / "adversarial.jsonl").write_text(json.dumps(message), encoding="utf-8")
    return folder


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["dialogue", "test", *arguments])


@pytest.mark.usefixtures("_in_force")
def test_figures_are_printed_and_no_row_of_the_operator_is_touched(folder: Path) -> None:
    figures = json.loads(_run(str(folder), "--json").stdout)
    assert (figures["n"], figures["passed"]) == (2, 1)
    assert figures["failed"] == [
        {"id": "wrong-01", "turn": 1, "expected": "answer", "got": "smalltalk instead of answer"}
    ]
    assert figures["adversarial"]["emergency"]["missed"] == 0
    held = (Conversation.objects.count(), Report.objects.count(), Attachment.objects.count())
    assert held == (0, 0, 0)


@pytest.mark.usefixtures("_in_force")
def test_a_gate_that_is_missed_ends_with_1_and_the_transcript_is_of_what_failed(folder: Path) -> None:
    result = _run(str(folder), "--at-least", "passed_share=.95", "--transcript")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["KHÔNG ĐẠT: passed_share is 0.5, at least 0.95 is asked for"]
    assert "1. xin chào" in result.stdout
    assert "đống rác" not in result.stdout
    assert _run(str(folder), "--at-most", "adversarial.emergency.missed=0").exit_code == 0


@pytest.mark.usefixtures("_in_force")
def test_only_the_dialogues_asked_for_are_played(folder: Path) -> None:
    assert json.loads(_run(str(folder), "--only", "report", "--json").stdout)["n"] == 1
    assert json.loads(_run(str(folder), "--base", "national", "--json").stdout)["n"] == 0


def test_without_a_release_in_force_the_command_says_how_to_make_one(folder: Path) -> None:
    result = _run(str(folder))
    assert result.exit_code == 2
    assert "motcua kb build" in result.stderr


@pytest.mark.usefixtures("_in_force")
def test_a_release_of_an_older_program_is_told_once_and_plays_nothing(
    folder: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RELEASES_ROOT = tmp_path
    manifest = tmp_path / "first" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    result = _run(str(folder))
    assert result.exit_code == 2
    assert result.stderr.count("motcua kb build") == 1
    assert not result.stdout


@pytest.mark.usefixtures("_in_force")
def test_a_slip_in_a_file_is_told_by_its_name(folder: Path) -> None:
    (folder / "slip.yaml").write_text("title: c\nturns: [{user: chào, expect: dance}]\n", encoding="utf-8")
    result = _run(str(folder))
    assert result.exit_code == 2
    assert "slip-01" in result.stderr
