"""Life events: what people are living through ("mới sinh con"), and what such an event usually needs.

The words and the lists are data of ours, starter/life_events.yaml, reviewed by no one until an event says so.
Whether a message is about the event in general, or about one procedure, is a rule over its words: take the
event and what only asks out of it, and see whether a matter is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nlu import entities
from nlu.asked_part import asked_part
from nlu.text import fold
from nlu.word_rules import Said, Words

SOURCE = resources.files("starter").joinpath("life_events.yaml")
#: Needs in one list: as many as are read on a phone without scrolling.
MOST_NEEDS = 5
#: Parts that a general question seems to ask for: "cần giấy tờ gì", "phải làm gì". A fee is of one.
_GENERAL_PARTS = frozenset({None, "documents", "steps"})


@dataclass(frozen=True, kw_only=True)
class Need:
    """A procedure, a catalogue entry or an article, and in our words what it is for."""

    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LifeEvent:
    """needs: in the order in which people do them. phrases: as people say it, with diacritics.

    sympathy: what is said to whoever is living through it, before anything else; "" for most events.
    told_by: a kind of entity that names it as well as the phrases do, "" for none.
    """

    key: str
    title: str
    phrases: tuple[str, ...]
    needs: tuple[Need, ...]
    reviewed: bool
    sympathy: str = ""
    told_by: str = ""


@dataclass(frozen=True, kw_only=True)
class EventNamed:
    """An event that a message names. codes: of its needs, those the release holds, in order, at most five.

    is_in_general: no other matter is named. asks_for_all: for whatever there is to do ("phải làm gì").
    is_mourned: sympathy is due before anything else.
    """

    key: str
    codes: tuple[str, ...]
    is_in_general: bool
    asks_for_all: bool
    is_mourned: bool = False


@dataclass(frozen=True, kw_only=True)
class _Lists:
    events: tuple[tuple[LifeEvent, Words], ...]
    asks_for_all: Words
    says_nothing: Words


def life_events() -> tuple[LifeEvent, ...]:
    """All events of the list."""
    return tuple(event for event, _ in _lists().events)


def life_event(key: str) -> LifeEvent:
    """The event of that key. Raises KeyError for one that is not in the list."""
    return {event.key: event for event in life_events()}[key]


def event_named(text: str, *, held: Callable[[], Mapping[str, object]]) -> EventNamed | None:
    """The event that a message names with most words, None for none. held: gives what the release holds, by
    code; called only when an event is named.
    """
    said, lists = Said.of(text), _lists()
    told = _told_of_people(text)
    named = [(event, _with(words, told.get(event.told_by))) for event, words in lists.events]
    found = [(event, words, "".join(words.found_in(said))) for event, words in named]
    event, words, longest = max(found, key=lambda each: len(each[2]))
    if not longest:
        return None
    known = held()
    codes = tuple(need.code for need in event.needs if need.code in known)[:MOST_NEEDS]
    left = lists.says_nothing.taken_out_of(lists.asks_for_all.taken_out_of(words.taken_out_of(said)))
    return EventNamed(
        key=event.key,
        codes=codes,
        is_in_general=not any(_is_word(token) for token in left.tokens)
        and asked_part(text) in _GENERAL_PARTS,
        asks_for_all=lists.asks_for_all.stand_in(said),
        is_mourned=bool(event.sympathy),
    )


def _told_of_people(text: str) -> Mapping[str, str]:
    """The words, by kind, in which something is told of a person: "bố tôi mất rồi".

    Not "chết": whoever says so may have found somebody a moment ago.
    """
    told = entities.about_people(text)
    return {each.kind.value: each.text for each in told if not fold(each.text).endswith("chet")}


def _with(words: Words, told: str | None) -> Words:
    return words.or_else(Words.of([told.lower()])) if told else words


def _is_word(token: str) -> bool:
    return fold(token)[:1].isalnum()


@cache
def _lists() -> _Lists:
    listed = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    events = tuple(_event(entry) for entry in listed["events"])
    return _Lists(
        events=tuple((event, Words.of(event.phrases)) for event in events),
        asks_for_all=Words.of(listed["asks_for_all"]),
        says_nothing=Words.of(listed["says_nothing"]),
    )


def _event(entry: Mapping[str, Any]) -> LifeEvent:
    return LifeEvent(
        key=entry["key"],
        title=entry["title"],
        phrases=tuple(entry["phrases"]),
        needs=tuple(
            Need(code=code, reason=reason) for need in entry["needs"] for code, reason in need.items()
        ),
        reviewed=entry["reviewed"],
        sympathy=entry.get("sympathy", ""),
        told_by=entry.get("told_by", ""),
    )
