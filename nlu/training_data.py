"""Reads Rasa's nlu.yml: the one source of training data, for our classifier and for a Rasa server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import yaml

from nlu.errors import TrainingDataProblem
from nlu.text import clean

# Ships with the package, so it is a file on disk.
NLU_YML = Path(str(files("nlu").joinpath("rasa/data/nlu.yml")))

#: Of two, a logistic regression weighs only one (nlu/one_text.py).
FEWEST_INTENTS = 3

# "[phường Ba Đình](ward)": what an entity is called there; only Rasa looks at it.
_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True, kw_only=True)
class Example:
    """One message with the intent its author gave it."""

    text: str
    intent: str


def read(path: Path) -> tuple[Example, ...]:
    """The examples of a Rasa 3 nlu.yml, in file order. Raises TrainingDataProblem with what to correct."""
    try:
        blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        examples = tuple(
            Example(text=_without_annotations(line.removeprefix("- ")), intent=block["intent"])
            for block in blocks
            for line in block["examples"].splitlines()
            if line.strip()
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as problem:
        raise TrainingDataProblem(
            f"{path} is not a Rasa 3 nlu.yml: it needs `nlu:`, a list of `intent` and `examples`."
        ) from problem
    if len({example.intent for example in examples}) < FEWEST_INTENTS:
        raise TrainingDataProblem(
            f"{path} names fewer than {FEWEST_INTENTS} intents: add examples for another."
        )
    return examples


def _without_annotations(line: str) -> str:
    return clean(_ANNOTATED.sub(r"\1", line))
