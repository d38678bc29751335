"""Evaluation questions stay apart from the example questions that the search learns from."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import starter
from nlu.text import fold

HERE = Path(__file__).parent
DEVELOPMENT = Path(os.environ.get("MOTCUA_TEST_DATA", HERE.parents[2] / "shared" / "data")) / "questions"
NEAR_COPY = 0.30
FACETS = {"documents", "fee", "duration", "agency", "method", "steps", "condition", "result", "form"}
FACETS |= {"legal_basis", "general"}
CLASSES = {"out_of_kb", "law_opinion", "smalltalk", "nonsense_or_other_domain", "abuse_or_injection"}

Trigrams = frozenset[tuple[str, ...]]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def trigrams(text: str) -> Trigrams:
    words = re.findall(r"\w+", fold(text))
    return frozenset(tuple(words[start : start + 3]) for start in range(len(words) - 2))


def likeness(one: Trigrams, other: Trigrams) -> float:
    """Shared word trigrams out of all that either text holds."""
    return len(one & other) / len(one | other) if one | other else 0.0


@cache
def examples() -> dict[tuple[str, ...], list[Trigrams]]:
    """The trigrams of each example, alias and words of an event of ours, found by any one of them."""
    found: dict[tuple[str, ...], list[Trigrams]] = {}
    texts = [question for row in rows(starter.EXAMPLES) for question in row["questions"]]
    for known in map(trigrams, [*texts, *aliases(), *events()]):
        for trigram in known:
            found.setdefault(trigram, []).append(known)
    return found


def aliases() -> list[str]:
    """What people call an entry or an article: written like examples, so kept apart like them."""
    groups = yaml.safe_load(starter.CATALOGUE.read_text(encoding="utf-8"))["groups"]
    articles = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in starter.ARTICLES.glob("*.yaml")]
    entries = [entry for group in groups for entry in group["entries"]]
    return [alias for named in (*entries, *articles) for alias in named["aliases"]]


def events() -> list[str]:
    """How people speak of what they are living through."""
    listed = yaml.safe_load(starter.LIFE_EVENTS.read_text(encoding="utf-8"))["events"]
    return [phrase for event in listed for phrase in event["phrases"]]


def is_near_copy(text: str) -> bool:
    asked = trigrams(text)
    return any(
        likeness(asked, known) > NEAR_COPY for trigram in asked for known in examples().get(trigram, [])
    )


def asked_about() -> set[str]:
    """The procedures the open questions are about: the forty that were held when they were written."""
    return {question["codes"][0] for question in rows(HERE / "questions.jsonl")}


def near_copies(questions: list[dict[str, Any]]) -> list[str]:
    """Ids alone: the development questions are never to be read for writing examples."""
    return [question["id"] for question in questions if is_near_copy(question["text"])]


def test_no_open_question_is_a_near_copy_of_an_example() -> None:
    assert near_copies(rows(HERE / "questions.jsonl")) == []
    assert near_copies(rows(HERE / "must_refuse.jsonl")) == []


@pytest.mark.parametrize("name", ["questions.jsonl", "must_refuse.jsonl", "intents.jsonl"])
def test_no_example_is_a_near_copy_of_a_development_question(name: str) -> None:
    path = DEVELOPMENT / name
    if not path.exists():
        pytest.skip(
            "the development questions are not here: set MOTCUA_TEST_DATA to the folder that holds them"
        )
    assert near_copies(rows(path)) == []


def test_a_question_with_one_word_changed_is_found_to_be_a_near_copy() -> None:
    text = rows(starter.EXAMPLES)[0]["questions"][0]
    assert near_copies([{"id": "copy", "text": f"{text} vậy"}]) == ["copy"]


def test_the_first_forty_starter_procedures_are_asked_about_in_three_ways() -> None:
    questions = rows(HERE / "questions.jsonl")
    held = {file.stem for file in starter.PROCEDURES.glob("*.yaml")}
    asked = Counter((question["codes"][0], question["kind"]) for question in questions)
    codes = asked_about()
    assert len(codes) == 40
    assert codes <= held
    assert asked == {(code, kind): 1 for code in codes for kind in ("plain", "no_diacritics", "noisy")}
    assert {question["facet"] for question in questions} <= FACETS
    assert len({question["id"] for question in questions}) == len(questions)


def test_messages_to_refuse_are_of_every_class() -> None:
    messages = rows(HERE / "must_refuse.jsonl")
    assert len(messages) >= 45
    assert {message["class"] for message in messages} == CLASSES


def test_a_question_without_diacritics_has_none() -> None:
    for question in rows(HERE / "questions.jsonl"):
        if question["kind"] == "no_diacritics":
            assert fold(question["text"]) == question["text"].lower()


def test_examples_are_clean_and_no_message_leads_to_two_procedures() -> None:
    owners: dict[str, list[str]] = {}
    for row in rows(starter.EXAMPLES):
        assert set(row) - {"reviewed"} == {"code", "questions"}
        for text in row["questions"]:
            assert text == unicodedata.normalize("NFC", " ".join(text.split()))
            owners.setdefault(re.sub(r"\W+", " ", text.lower()).strip(), []).append(row["code"])
    assert {text: codes for text, codes in owners.items() if len(codes) > 1 or not text} == {}


def test_a_starter_procedure_has_six_to_ten_examples_some_without_diacritics() -> None:
    questions = {row["code"]: row["questions"] for row in rows(starter.EXAMPLES)}
    for file in starter.PROCEDURES.glob("*.yaml"):
        texts = questions[file.stem]
        assert (8 if file.stem in asked_about() else 6) <= len(texts) <= 10
        assert any(fold(text) == text.lower() for text in texts)
