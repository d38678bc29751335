from __future__ import annotations

import pytest

from motcua.bounds import Bound, BoundProblem

REPORT = {
    "questions": {"citizen": {"n": 120, "r1": 0.9, "r1_interval": [0.8, 0.95]}},
    "decisions": {"citizen": {"n": 120, "wrong": 6}},
    "latency_ms": {"p95": 31.5, "steps": {"encoding": {"p95": 9.0}}},
}


@pytest.mark.parametrize(
    ("text", "at_least", "kept"),
    [
        ("citizen.r1=.90", True, True),
        ("questions.citizen.r1=0.91", True, False),
        ("decisions.citizen.wrong=.05", False, True),
        ("decisions.citizen.wrong=.03", False, False),
        ("decisions.citizen.n=100", True, True),
        ("latency_ms.p95=25", False, False),
        ("latency_ms.steps.encoding.p95=10", False, True),
    ],
)
def test_a_bound_is_kept_or_missed(text: str, at_least: bool, kept: bool) -> None:
    assert (Bound.parse(text, at_least=at_least).missed(REPORT) == "") is kept


def test_a_missed_bound_tells_what_was_found_and_asked_for() -> None:
    line = Bound.parse("decisions.citizen.wrong=.03", at_least=False).missed(REPORT)
    assert line == "decisions.citizen.wrong is 0.05, at most 0.03 is asked for"


@pytest.mark.parametrize("text", ["citizen.r1", "citizen.r1=", "citizen.r1=much", ""])
def test_what_is_no_bound_says_how_to_write_one(text: str) -> None:
    with pytest.raises(BoundProblem, match=r"citizen\.r1=\.90"):
        Bound.parse(text, at_least=True)


@pytest.mark.parametrize(
    "text", ["citizen.r2=1", "nobody.r1=1", "citizen=1", "citizen.r1_interval=1", "citizen.r1.x=1"]
)
def test_a_figure_that_is_not_there_is_named(text: str) -> None:
    with pytest.raises(BoundProblem):
        Bound.parse(text, at_least=True).missed(REPORT)
