"""Coverage against error: what would be answered, and how much of it wrongly, were it bolder or shyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_POINTS = 41


@dataclass(frozen=True, kw_only=True)
class Case:
    """One message. first: the probability that its first hit is right, 0 when it is not searched for.

    is_right: whether it is. is_held: whether its content would be shown (not so for a catalogue entry).
    """

    first: float
    is_right: bool
    is_held: bool


def curve(questions: Sequence[Case], must_refuse: Sequence[Case]) -> list[Mapping[str, Any]]:
    """A point for each of some thresholds: answer what is at least so probable, whatever it costs.

    answered, wrong: shares of the questions. wrong_of_answered: of those answered. must_refuse_answered: the
    share of the messages that must not be answered whose first hit would be shown.
    """
    return [_point(float(threshold), questions, must_refuse) for threshold in np.linspace(0, 1, _POINTS)]


def _point(threshold: float, questions: Sequence[Case], must_refuse: Sequence[Case]) -> Mapping[str, Any]:
    answered = [case for case in questions if _is_answered(case, threshold)]
    wrong = sum(not case.is_right for case in answered)
    shown = sum(_is_answered(case, threshold) for case in must_refuse)
    return {
        "threshold": round(threshold, 3),
        "answered": _share(len(answered), len(questions)),
        "wrong": _share(wrong, len(questions)),
        "wrong_of_answered": _share(wrong, len(answered)),
        "must_refuse_answered": _share(shown, len(must_refuse)),
    }


def _is_answered(case: Case, threshold: float) -> bool:
    return case.is_held and case.first > 0 and case.first >= threshold


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
