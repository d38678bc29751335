"""What a report is about, and whether it is urgent."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from nlu.word_rules import Said, Words

_POINTS = {"strong": 3.0, "weak": 1.0}


def rank_categories(text: str) -> tuple[str, ...]:
    """All fifteen report categories, likeliest first; "khac" first when no word speaks for another."""
    scores = category_points(text)
    if not any(scores.values()):
        return ("khac", *(name for name in scores if name != "khac"))
    return tuple(sorted(scores, key=lambda name: -scores[name]))


def category_points(text: str) -> dict[str, float]:
    """Points of every category, by the words that speak for it."""
    said = Said.of(text)
    # A longer phrase says more than a word: each word of a phrase after the first adds half a point.
    return {
        name: sum(
            _POINTS[strength] + 0.5 * found.count(" ")
            for strength, words in lists.items()
            for found in set(words.found_in(said))
        )
        for name, lists in _words().items()
    }


def names_a_category(text: str) -> bool:
    """Whether a word that names the matter of a report stands in the text, not only hints."""
    scores = category_points(text)
    return max(scores.values(), default=0.0) >= _POINTS["strong"]


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


def words_that_name() -> dict[str, tuple[str, ...]]:
    """By category, the words and phrases that name its matter; patterns with a gap ("…") left out."""
    return {name: tuple(w for w in lists["strong"] if "…" not in w) for name, lists in _table().items()}


@cache
def _words() -> dict[str, dict[str, Words]]:
    return {
        name: {strength: Words.of(words) for strength, words in lists.items()}
        for name, lists in _table().items()
    }


def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = yaml.safe_load(
        files("nlu").joinpath("data/report_categories.yml").read_text(encoding="utf-8")
    )
    return table


@cache
def _urgency() -> dict[str, Words]:
    table = yaml.safe_load(files("nlu").joinpath("data/urgency.yml").read_text(encoding="utf-8"))
    return {name: Words.of(words) for name, words in table.items()}
