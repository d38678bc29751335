from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.errors import EvaluationProblem
from knowledge_base.evaluation import evaluate, is_searched
from knowledge_base.library import Library
from nlu.intents import IntentClassifier
from tests.knowledge_base.contents import known_only
from tests.knowledge_base.search_base import BIRTH, CONTENTS, ENCODER, MARRIAGE, build_here


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("releases")
    build_here(root)
    library = Library.open(root / "first", ENCODER)
    yield library
    library.close()


def _write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    questions = [
        ("q1", "Đăng ký khai sinh cho con cần giấy tờ gì?", "plain", BIRTH.code),
        ("q2", "dang ky ket hon can giay to gi", "no_diacritics", MARRIAGE.code),
        ("q3", "Thủ tục đăng ký kết hôn thực hiện thế nào?", "portal", "9.000000"),
    ]
    lines = [{"id": i, "text": t, "kind": k, "codes": [c]} for i, t, k, c in questions]
    _write(tmp_path / "questions.jsonl", lines)
    refuse = [("r1", "Chào bạn, khoẻ không?", "smalltalk"), ("r2", "Giá vàng hôm nay bao nhiêu?", "other")]
    _write(
        tmp_path / "must_refuse.jsonl",
        [{"id": i, "text": t, "kind": "plain", "class": c} for i, t, c in refuse],
    )
    return tmp_path


def test_kinds_are_counted_alone_and_together(
    labelled: Path, library: Library, classifier: IntentClassifier
) -> None:
    report = evaluate(labelled, library=library, classifier=classifier)
    assert {name: row["n"] for name, row in report["questions"].items()} == {
        "plain": 1,
        "no_diacritics": 1,
        "portal": 1,
        "citizen": 2,
        "portal_all": 1,
    }


def test_a_label_that_is_not_held_is_never_found(
    labelled: Path, library: Library, classifier: IntentClassifier
) -> None:
    report = evaluate(labelled, library=library, classifier=classifier)
    assert report["questions"]["portal"]["r5"] == 0
    assert report["questions"]["portal"]["mrr10"] == 0
    assert report["questions"]["citizen"]["r1"] == 1


def test_every_decision_is_counted_once(
    labelled: Path, library: Library, classifier: IntentClassifier
) -> None:
    report = evaluate(labelled, library=library, classifier=classifier)
    for row in report["decisions"].values():
        assert sum(count for name, count in row.items() if name != "n") == row["n"]
    for row in report["must_refuse"].values():
        assert sum(count for name, count in row.items() if name != "n") == row["n"]
    assert report["decisions"]["portal"]["right"] == 0


def test_small_talk_is_refused(labelled: Path, library: Library, classifier: IntentClassifier) -> None:
    report = evaluate(labelled, library=library, classifier=classifier)
    assert report["must_refuse"]["smalltalk"]["refused"] == 1


def test_the_simple_methods_stand_beside_ours_on_the_same_questions(
    labelled: Path, library: Library, classifier: IntentClassifier
) -> None:
    report = evaluate(labelled, library=library, classifier=classifier)
    assert set(report["baselines"]) == {"bm25", "bm25_folded", "encoder", "encoder_projected", "rrf"}
    for groups in report["baselines"].values():
        assert {n: row["n"] for n, row in groups.items()} == {
            n: row["n"] for n, row in report["questions"].items()
        }


def test_the_report_is_json_with_its_release_and_times(
    labelled: Path, library: Library, classifier: IntentClassifier
) -> None:
    report = json.loads(json.dumps(evaluate(labelled, library=library, classifier=classifier)))
    assert report["release"]["procedures"] == 4
    assert report["release"]["encoder"] == ENCODER.name
    assert 0 < report["latency_ms"]["p50"] <= report["latency_ms"]["p95"]


def test_a_broken_line_is_named(tmp_path: Path, library: Library, classifier: IntentClassifier) -> None:
    (tmp_path / "questions.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(EvaluationProblem, match=r"questions\.jsonl:1"):
        evaluate(tmp_path, library=library, classifier=classifier)


def test_an_empty_folder_says_what_to_name(
    tmp_path: Path, library: Library, classifier: IntentClassifier
) -> None:
    with pytest.raises(EvaluationProblem, match=r"questions\.jsonl"):
        evaluate(tmp_path, library=library, classifier=classifier)


def test_a_guarded_message_is_not_searched_for(classifier: IntentClassifier) -> None:
    assert not is_searched("Cháy nhà rồi, cứu với!", classifier)
    assert is_searched("Đăng ký khai sinh cho con cần giấy tờ gì?", classifier)


def test_a_signpost_is_neither_an_answer_nor_a_refusal(tmp_path: Path, classifier: IntentClassifier) -> None:
    build_here(tmp_path, contents=(*CONTENTS, known_only()))
    text = "Cấp giấy phép đủ điều kiện kinh doanh dịch vụ karaoke cần giấy tờ gì?"
    lines = [{"id": "1", "text": text, "kind": "plain", "codes": [BIRTH.code]}]
    _write(tmp_path / "questions.jsonl", lines)
    _write(tmp_path / "must_refuse.jsonl", [{**lines[0], "class": "out_of_kb"}])
    library = Library.open(tmp_path / "first", ENCODER)
    report = evaluate(tmp_path, library=library, classifier=classifier)
    library.close()
    assert report["must_refuse"]["out_of_kb"] == {
        "n": 1, "answered": 0, "clarified": 0, "refused": 0, "signposted": 1,
    }  # fmt: skip
    assert (report["decisions"]["plain"]["signposted"], report["decisions"]["plain"]["wrong"]) == (1, 0)
