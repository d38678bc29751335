"""What the invented citizens say, from starter/practice.yaml; which line comes next is decided purely."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

import starter
from nlu import text as texts


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something a citizen says. hears: one of these words has to be said to him first, none: any will do.

    after: how many seconds he takes.
    """

    says: str
    hears: tuple[str, ...]
    after: float


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One invented citizen. good: what good work looks like; opening: (who, words) before the hand-over."""

    key: str
    name: str
    citizen: str
    reason: str
    priority: str
    summary: str
    good: str
    opening: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


def next_line(situation: Situation, *, said: Collection[str], heard: str) -> Line | None:
    """What he says to these words of an official; None when nothing is left to say.

    said: what he said so far. The first line not said yet whose words were heard; without one, of any words.
    """
    left = [line for line in situation.lines if line.says not in said]
    folded = texts.fold(heard)
    fitting = (line for line in left if any(texts.fold(word) in folded for word in line.hears))
    return next(fitting, None) or next((line for line in left if not line.hears), None)


def situation_at(chat: str) -> Situation:
    """Whose chat this is (see casework.practice.chat_of)."""
    return situations()[chat.partition(":")[2]]


@cache
def situations() -> Mapping[str, Situation]:
    """All of them by key, in their order, read once a process."""
    entries = yaml.safe_load(starter.PRACTICE.read_text(encoding="utf-8"))["situations"]
    return {entry["key"]: _situation(entry) for entry in entries}


_PLAIN = ("key", "name", "citizen", "reason", "priority", "summary", "good")


def _situation(entry: Mapping[str, Any]) -> Situation:
    plain = {name: entry[name] for name in _PLAIN}
    opening = tuple(pair for said in entry["opening"] for pair in said.items())
    return Situation(**plain, opening=opening, lines=tuple(_line(line) for line in entry["lines"]))


def _line(entry: Mapping[str, Any]) -> Line:
    hears = tuple(str(word) for word in entry.get("hears", ()))
    return Line(says=entry["says"], hears=hears, after=float(entry["after"]))
