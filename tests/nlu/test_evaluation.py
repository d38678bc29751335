"""Measuring: figures that a reader can check by hand, and errors that say what to give."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nlu.errors import EvaluationDataProblem
from nlu.evaluation import Reading, confusions, read_all, reliability, summary
from nlu.intents import Intent


def _reading(expected: str, got: str) -> Reading:
    return Reading(text="x", expected=expected, got=got, confidence=0.5, milliseconds=2.0)


def test_a_summary_counts_what_was_right_and_what_was_mistaken_for_what() -> None:
    figures = summary(
        [_reading("a", "a"), _reading("a", "b"), _reading("b", "b"), _reading("b", "b")], classifier="test"
    )
    assert (figures["n"], figures["accuracy"], figures["classifier"]) == (4, 0.75, "test")
    assert figures["by_intent"]["a"] == {"n": 2, "recall": 0.5, "precision": 1.0}
    assert figures["by_intent"]["b"] == {"n": 2, "recall": 1.0, "precision": 0.667}
    assert figures["confusions"] == [["a", "b", 1]]
    assert figures["latency_ms"] == {"p50": 2.0, "p95": 2.0}
    low, high = figures["accuracy_95"]
    assert low < 0.75 < high


def test_each_line_of_the_file_is_read_once(tmp_path: Path) -> None:
    lines = [{"text": "chào", "intent": "greet"}, {"text": "phí", "intent": "ask_procedure"}]
    (tmp_path / "intents.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    readings = read_all(tmp_path, lambda _: Intent(name="greet", confidence=1.0))
    assert [(r.text, r.expected, r.is_right) for r in readings] == [
        ("chào", "greet", True),
        ("phí", "ask_procedure", False),
    ]


@pytest.mark.parametrize("content", [None, "not json\n"])
def test_a_folder_without_questions_is_refused_with_what_to_give(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "intents.jsonl").write_text(content)
    with pytest.raises(EvaluationDataProblem, match=r"intents\.jsonl"):
        read_all(tmp_path, lambda _: Intent(name="greet", confidence=1.0))


def test_confidence_is_held_against_what_was_right() -> None:
    sure = [replace(_reading("a", got), confidence=0.92) for got in "aaab"]
    unsure = [replace(_reading("a", got), confidence=0.4) for got in "ab"]
    assert reliability([*sure, *unsure]) == [
        {"from": 0.3, "n": 2, "confidence": 0.4, "right": 0.5},
        {"from": 0.9, "n": 4, "confidence": 0.92, "right": 0.75},
    ]


def test_what_was_right_and_what_was_mistaken_are_counted_by_pair() -> None:
    counted = confusions([_reading("a", "a"), _reading("a", "b"), _reading("a", "b")])
    assert counted == {("a", "a"): 1, ("a", "b"): 2}
