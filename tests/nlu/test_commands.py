"""`motcua nlu`, as an operator types it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from motcua.commands.nlu import nlu


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        {"text": "xin chào", "intent": "greet"},
        {"text": "nhà đang cháy, cứu với", "intent": "emergency"},
    ]
    (tmp_path / "intents.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return tmp_path


def test_the_figures_of_a_folder_come_as_json(folder: Path) -> None:
    result = CliRunner().invoke(nlu, ["test", str(folder), "--json"])
    figures = json.loads(result.output)
    assert result.exit_code == 0
    assert (figures["n"], figures["accuracy"]) == (2, 1.0)
    assert {"by_intent", "classifier", "latency_ms"} <= set(figures)


def test_the_picture_names_every_intent_and_counts_the_messages(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(nlu, ["confusion", str(tmp_path / "out.svg"), str(folder)])
    assert result.exit_code == 0
    picture = ElementTree.parse(tmp_path / "out.svg")  # noqa: S314 -- our own
    written = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert written.count("Khẩn cấp") == 2  # beside its row and above its column
    assert written.count("1") == 2  # one message of each of two intents, both rightly read


def test_a_folder_without_questions_is_a_sentence_not_a_trace(tmp_path: Path) -> None:
    result = CliRunner().invoke(nlu, ["test", str(tmp_path), "--json"])
    assert result.exit_code == 2
    assert "intents.jsonl" in result.output
    assert "Traceback" not in result.output


def test_the_shell_shows_what_is_understood_and_ends_at_the_end_of_input() -> None:
    result = CliRunner().invoke(nlu, ["shell"], input="phản ánh pa 2026 000123 tới đâu, gọi 0912345678\n")
    assert result.exit_code == 0
    assert "report_status" in result.output
    assert "PA-2026-000123" in result.output
    assert "0912345678" not in result.output.split("đã che")[1]
