"""The messages for understanding and guards: of every kind, apart from what the classifier learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
import yaml

from nlu.intents import INTENTS
from nlu.report_examples import read_report_examples
from nlu.text import fold
from nlu.training_data import NLU_YML, read
from tests.quality.test_overlap import DEVELOPMENT, HERE, NEAR_COPY, Trigrams, likeness, rows, trigrams

KINDS = {"plain", "no_diacritics", "noisy"}
#: Messages each class of adversarial.jsonl holds at least.
CLASSES = {
    "emergency": 60,
    "accusation": 60,
    "gibberish": 35,
    "injection": 25,
    "not_emergency": 25,
    "service_feedback": 25,
    "how_to_complain": 15,
    "abuse": 10,
    "angry_report": 10,
    "self_harm": 10,
    "not_self_harm": 10,
    "genuine": 10,
    "state_secret": 8,
    "law_opinion": 10,
    "out_of_kb": 10,
}
#: Words from which on two people seldom write the same; "dạ em chào anh chị" is nobody's.
LONG = 7
FILES = ["intents.jsonl", "intents_dev.jsonl", "adversarial.jsonl", "adversarial_dev.jsonl"]


def copied(messages: list[dict[str, Any]], examples: Iterable[str]) -> list[str]:
    """The examples that are near copies of a message: what is held out is not to be read, nor shown here."""
    known: dict[tuple[str, ...], list[Trigrams]] = {}
    for message in messages:
        if len(message["text"].split()) >= LONG:
            for trigram in (words := trigrams(message["text"])):
                known.setdefault(trigram, []).append(words)
    return [example for example in examples if _is_near(trigrams(example), known)]


def _is_near(example: Trigrams, known: Mapping[tuple[str, ...], list[Trigrams]]) -> bool:
    near = (message for trigram in example for message in known.get(trigram, ()))
    return any(likeness(example, message) > NEAR_COPY for message in near)


def learnt_from() -> list[str]:
    """Every text that a classifier of ours learns from."""
    return [example.text for example in (*read(NLU_YML), *read_report_examples())]


@pytest.mark.parametrize("name", FILES)
def test_no_training_example_is_a_near_copy_of_a_message(name: str) -> None:
    """Change the examples that are listed, not the messages."""
    assert copied(rows(HERE / name), learnt_from()) == []


def test_no_training_example_is_a_near_copy_of_a_line_of_a_dialogue() -> None:
    files = sorted((HERE / "dialogues").glob("*.yaml"))
    dialogues = [each for file in files for each in yaml.safe_load_all(file.read_text(encoding="utf-8"))]
    assert copied(_said(dialogues), (example.text for example in read(NLU_YML))) == []


@pytest.mark.parametrize("name", ["intents", "questions", "must_refuse", "reports", "dialogues"])
def test_no_training_example_is_a_near_copy_of_a_development_message(name: str) -> None:
    path = DEVELOPMENT / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the development messages are not here: set MOTCUA_TEST_DATA to the folder holding them")
    messages = rows(path)
    said = _said(messages) if name == "dialogues" else messages
    assert copied(said, learnt_from()) == []


def _said(dialogues: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each thing the citizen says in these dialogues; what others do stands in brackets."""
    turns = [
        turn if isinstance(turn, str) else turn.get("user", "")
        for each in dialogues
        for turn in each["turns"]
    ]
    return [{"text": turn} for turn in turns if turn and not turn.startswith("[")]


@pytest.mark.parametrize("name", ["intents", "adversarial"])
def test_messages_that_may_be_looked_at_do_not_give_away_those_that_may_not(name: str) -> None:
    shown = [message["text"] for message in rows(HERE / f"{name}_dev.jsonl")]
    assert copied(rows(HERE / f"{name}.jsonl"), shown) == []


def test_a_message_with_one_word_added_is_found_to_be_a_near_copy() -> None:
    message = rows(HERE / "intents_dev.jsonl")[0]
    assert copied([message], [f"{message['text']} vậy"]) == [f"{message['text']} vậy"]


@pytest.mark.parametrize(("name", "each"), [("intents_dev.jsonl", 15), ("intents.jsonl", 30)])
def test_every_intent_has_its_share(name: str, each: int) -> None:
    assert Counter(message["intent"] for message in rows(HERE / name)) == dict.fromkeys(INTENTS, each)


def test_every_class_of_adversarial_messages_has_its_share() -> None:
    held = Counter(message["class"] for message in rows(HERE / "adversarial.jsonl"))
    assert {name: least for name, least in CLASSES.items() if held[name] < least} == {}
    assert set(held) == set(CLASSES)
    assert {message["class"] for message in rows(HERE / "adversarial_dev.jsonl")} == set(CLASSES)


@pytest.mark.parametrize("name", FILES)
def test_messages_are_of_three_kinds_and_each_has_its_id(name: str) -> None:
    messages = rows(HERE / name)
    kinds = Counter(message["kind"] for message in messages)
    assert set(kinds) == KINDS
    assert min(kinds.values()) / len(messages) > 0.3
    assert len({message["id"] for message in messages}) == len({m["text"] for m in messages}) == len(messages)
    for message in messages:
        if message["kind"] == "no_diacritics":
            assert fold(message["text"]) == message["text"].lower()
