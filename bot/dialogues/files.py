"""Folders of dialogues and of single messages: where the scripts come from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.dialogues.errors import DialogueProblem
from bot.dialogues.script import Dialogue, dialogue_of

SHARED = "dialogues.jsonl"
MESSAGES = "adversarial.jsonl"
OURS = "dialogues"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message that stands alone; group: its class, which says what the assistant owes it."""

    id: str
    text: str
    group: str


def read_dialogues(folder: Path) -> tuple[Dialogue, ...]:
    """Those of folder/dialogues.jsonl, folder/*.yaml and folder/dialogues/*.yaml. Raises DialogueProblem."""
    shared = (dialogue_of(written, id=str(written["id"])) for written in _lines(folder / SHARED))
    files = sorted((*folder.glob("*.yaml"), *folder.joinpath(OURS).glob("*.yaml")))
    return (*shared, *(dialogue for file in files for dialogue in _readable(file)))


def read_messages(folder: Path) -> tuple[Message, ...]:
    """Those of folder/adversarial.jsonl, none without it. Raises DialogueProblem."""
    return tuple(
        Message(id=str(written["id"]), text=written["text"], group=written["class"])
        for written in _lines(folder / MESSAGES)
    )


def _readable(file: Path) -> Iterator[Dialogue]:
    """The documents of a YAML file, named for the file and their place in it."""
    try:
        documents = list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as problem:
        raise DialogueProblem(f"{file} is no YAML: {problem}") from problem
    for number, written in enumerate(documents, 1):
        yield dialogue_of(written, id=f"{file.stem}-{number:02d}")


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    if not file.exists():
        return
    try:
        yield from map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError) as problem:
        raise DialogueProblem(f"{file} needs a JSON object a line: {problem}") from problem
