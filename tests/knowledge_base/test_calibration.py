from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.decision import Answerable, NotFound, decide
from knowledge_base.holdings import Live
from knowledge_base.library import Library
from knowledge_base.release import build
from tests.knowledge_base.search_base import ENCODER, many_procedures

OUTSIDE = [f"câu chuyện phiếm số {number} không hỏi gì cả" for number in range(40)]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root: Path = tmp_path_factory.mktemp("releases")
    contents, examples = many_procedures()
    build(Live.of(contents, examples, OUTSIDE), encoder=ENCODER, folder=root / "first")
    return Library.open(root / "first", ENCODER)


def test_no_evidence_counts_against_a_procedure(learned: Library) -> None:
    assert min(learned.manifest.ranker.weights.values()) >= 0


def test_the_report_says_how_many_were_left_out(learned: Library) -> None:
    report = learned.manifest.report
    assert report["held"] == 60 * 4 + 60 * 5  # four examples each, and each title asked five times
    assert report["outside"]["field"] > 0
    assert 0.8 < report["auc_four"] <= 1


def test_a_well_covered_question_is_answered_and_a_strange_one_refused(learned: Library) -> None:
    contents, _ = many_procedures()
    assert isinstance(decide(learned.search(contents[3].title)), Answerable)
    assert isinstance(decide(learned.search("giá vàng hôm nay bao nhiêu")), NotFound)


def test_the_same_texts_give_the_same_weights(learned: Library, tmp_path: Path) -> None:
    contents, examples = many_procedures()
    again = build(Live.of(contents, examples, OUTSIDE), encoder=ENCODER, folder=tmp_path / "again")
    assert again.ranker == learned.manifest.ranker
    assert again.calibration == learned.manifest.calibration


def test_examples_of_what_is_not_held_teach_refusal(tmp_path: Path) -> None:
    contents, examples = many_procedures()
    manifest = build(Live.of(contents[:55], examples), encoder=ENCODER, folder=tmp_path / "fewer")
    assert manifest.report["outside"]["outside"] == 5 * 4
