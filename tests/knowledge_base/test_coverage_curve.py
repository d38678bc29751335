from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.coverage_curve import Case, curve

_cases = st.lists(
    st.builds(Case, first=st.floats(0, 1), is_right=st.booleans(), is_held=st.booleans()), max_size=30
)


def test_the_bolder_the_more_is_answered_and_the_more_is_wrong() -> None:
    sure = Case(first=0.95, is_right=True, is_held=True)
    doubtful = Case(first=0.4, is_right=False, is_held=True)
    points = {point["threshold"]: point for point in curve([sure, doubtful], [doubtful])}
    assert (points[0.5]["answered"], points[0.5]["wrong"], points[0.5]["must_refuse_answered"]) == (0.5, 0, 0)
    assert (points[0.3]["answered"], points[0.3]["wrong"], points[0.3]["wrong_of_answered"]) == (1, 0.5, 0.5)
    assert points[0.3]["must_refuse_answered"] == 1


def test_what_is_not_searched_for_or_not_held_is_never_answered() -> None:
    guarded = Case(first=0.0, is_right=True, is_held=True)
    entry = Case(first=0.9, is_right=True, is_held=False)
    assert {point["answered"] for point in curve([guarded, entry], [])} == {0.0}


@given(_cases, _cases)
def test_answers_only_become_fewer_as_the_threshold_rises(questions: list[Case], refused: list[Case]) -> None:
    points = curve(questions, refused)
    for name in ("answered", "wrong", "must_refuse_answered"):
        shares = [point[name] for point in points]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= share <= 1 for share in shares)
