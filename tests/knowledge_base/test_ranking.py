from __future__ import annotations

import numpy as np
import pytest

from knowledge_base.probes import probes
from knowledge_base.ranking import (
    FEATURES,
    Evidence,
    ProbeTable,
    Ranker,
    features,
    middles,
    shares,
    variants_named,
    variants_said,
)
from tests.knowledge_base.search_base import BIRTH, BIRTH_ON_THE_SPOT, EXAMPLES, RESIDENCE

HELD = (BIRTH, BIRTH_ON_THE_SPOT, RESIDENCE)
PROBES = [probe for content in HELD for probe in probes(content, EXAMPLES.get(content.code, ()))]
TABLE = ProbeTable.of([c.code for c in HELD], [c.title for c in HELD], [2, 1, 0], PROBES)


def _evidence(asked: str = "", **cosines: float) -> Evidence:
    found = np.zeros(len(PROBES) + 1, dtype=np.float32)
    for number, probe in enumerate(PROBES):
        found[number] = cosines.get(f"{probe.kind}_{probe.code[-3:]}", 0.0)
    nothing = np.zeros(len(HELD), dtype=np.float32)
    return Evidence(
        cosines=found,
        middles=nothing,
        words=nothing,
        variants=np.array(variants_said(asked)),
    )


def _column(evidence: Evidence, name: str, table: ProbeTable = TABLE) -> list[float]:
    found = features(table, evidence, np.arange(len(HELD)))
    return [round(float(value), 3) for value in found[:, FEATURES.index(name)]]


def test_meaning_is_that_of_the_closest_probe_of_any_kind() -> None:
    evidence = _evidence(title_193=0.4, example_193=0.7, title_583=0.5)
    assert _column(evidence, "meaning") == [0.7, 0.5, 0.0]
    assert _column(evidence, "meaning_of_title") == [0.4, 0.5, 0.0]


def test_several_close_probes_say_more_than_one() -> None:
    one, many = _evidence(title_193=0.7), _evidence(title_193=0.7, example_193=0.7, alias_193=0.7)
    assert _column(many, "meaning_together")[0] > _column(one, "meaning_together")[0] >= 0.7


def test_the_middle_of_a_procedure_has_length_one() -> None:
    vectors = np.random.default_rng(3).normal(size=(len(PROBES), 8)).astype(np.float32)
    middle = middles(len(HELD), TABLE.owners, vectors)
    assert np.allclose(np.linalg.norm(middle, axis=1), 1, atol=1e-5)


def test_how_often_people_ask_is_a_feature_of_its_own() -> None:
    assert _column(_evidence(), "demand") == [2.0, 1.0, 0.0]


def test_a_special_case_counts_against_a_title_unless_the_question_names_it() -> None:
    assert _column(_evidence("đăng ký khai sinh"), "plain_variant") == [0.0, -1.0, 0.0]
    assert _column(_evidence("dang ky khai sinh luu dong"), "plain_variant") == [0.0, 0.0, 0.0]


def test_a_probe_held_out_leaves_no_trace() -> None:
    own = [n for n, probe in enumerate(PROBES) if probe.kind == "example" and probe.code == BIRTH.code]
    table = TABLE.without(np.array(own))
    assert _column(_evidence(example_193=0.7), "meaning", table) == [0.0, 0.0, 0.0]


def test_shares_sum_to_one_and_keep_the_order() -> None:
    share = shares(np.array([2.0, 500.0, -3.0], dtype=np.float32))
    assert share.sum() == pytest.approx(1)
    assert share.argmax() == 1


def test_a_missing_weight_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(KeyError):
        Ranker(weights={"meaning": 1.0}).scores(np.zeros((1, len(FEATURES)), dtype=np.float32))


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Thủ tục đăng ký lại khai sinh", "mat giay khai sinh lam the nao"),
        ("Xóa đăng ký thường trú", "cắt khẩu cho con"),
        ("Đăng ký thay đổi nội dung hộ kinh doanh", "dời tiệm sang phường khác, đổi địa chỉ"),
    ],
)
def test_a_special_case_named_by_a_title_is_also_meant_in_everyday_words(title: str, question: str) -> None:
    named, said = variants_named(title), variants_said(question)
    assert any(named)
    assert not any(n and not s for n, s in zip(named, said, strict=True))


def test_a_plain_question_means_no_special_case() -> None:
    assert not any(variants_said("khai sinh mất bao lâu, mất bao nhiêu tiền"))
