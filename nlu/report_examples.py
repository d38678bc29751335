"""Reads the example reports from which categories and urgency are learnt: data/report_examples.jsonl."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nlu.errors import TrainingDataProblem
from nlu.text import clean

# Ships with the package, so it is a file on disk.
REPORT_EXAMPLES = Path(str(files("nlu").joinpath("data/report_examples.jsonl")))


@dataclass(frozen=True, kw_only=True)
class ReportExample:
    """A report of our own writing. urgent: people are hurt now, or will be if nobody comes."""

    text: str
    category: str
    urgent: bool


def read_report_examples(path: Path = REPORT_EXAMPLES) -> tuple[ReportExample, ...]:
    """The examples in file order. Raises TrainingDataProblem with what to correct."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        return tuple(
            ReportExample(text=clean(row["text"]), category=row["category"], urgent=row["urgent"])
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise TrainingDataProblem(
            f"{path} cannot be trained from: it needs an object a line with text, category and urgent."
        ) from problem
