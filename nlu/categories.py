"""What a report is about, and whether it is urgent."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from nlu.word_rules import Said, Words

_POINTS = {"strong": 3.0, "weak": 1.0}


def rank_categories(text: str) -> tuple[str, ...]:
    """All fifteen report categories, likeliest first; "khac" first when no word speaks for another."""
    scores = _scores(Said.of(text))
    if not any(scores.values()):
        return ("khac", *(name for name in scores if name != "khac"))
    return tuple(sorted(scores, key=lambda name: -scores[name]))


def _scores(said: Said) -> dict[str, float]:
    # A longer phrase says more than a word: each word of a phrase after the first adds half a point.
    return {
        name: sum(
            _POINTS[strength] + 0.5 * found.count(" ")
            for strength, words in lists.items()
            for found in set(words.found_in(said))
        )
        for name, lists in _words().items()
    }


def is_urgent(text: str) -> bool:
    """Whether people are in danger now: a hole someone falls into, a bare live wire, a tree about to fall.

    Not an emergency call (see guards), but what the office must see first. Words of the past
    ("đã sửa", "hết rồi") take it back.
    """
    urgent = _urgency()
    said = urgent["denied"].taken_out_of(Said.of(text))
    if urgent["over"].stand_in(said):
        return False
    if urgent["always"].stand_in(said):
        return True
    return urgent["danger"].stand_in(said) and urgent["things"].stand_in(said)


@cache
def _words() -> dict[str, dict[str, Words]]:
    table = yaml.safe_load(files("nlu").joinpath("data/report_categories.yml").read_text(encoding="utf-8"))
    return {
        name: {strength: Words.of(words) for strength, words in lists.items()}
        for name, lists in table.items()
    }


@cache
def _urgency() -> dict[str, Words]:
    table = yaml.safe_load(files("nlu").joinpath("data/urgency.yml").read_text(encoding="utf-8"))
    return {name: Words.of(words) for name, words in table.items()}
