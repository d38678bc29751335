"""The words of the guards, read once: one file a guard in data/guards/."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlu.word_rules import Words


@cache
def word_lists(guard: str) -> Mapping[str, Words]:
    """The lists of data/guards/<guard>.yml by name."""
    return {name: Words.of(words) for name, words in _table(guard).items()}


@cache
def word_pairs(guard: str) -> Mapping[str, Mapping[str, Words]]:
    """The groups of data/guards/<guard>.yml by name, each with its lists by name."""
    return {
        group: {name: Words.of(words) for name, words in lists.items()}
        for group, lists in _table(guard).items()
    }


@cache
def plain_words(guard: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of data/guards/<guard>.yml as they stand there."""
    return {name: tuple(words) for name, words in _table(guard).items()}


def _table(guard: str) -> dict[str, Any]:
    text = files("nlu").joinpath(f"data/guards/{guard}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table
