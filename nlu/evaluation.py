"""How well intents are read: on a file of labelled questions, and cross-validated on our own examples."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from nlu import training_data
from nlu.errors import EvaluationDataProblem
from nlu.intents import Intent
from nlu.local_classifier import LocalClassifier, new_pipeline

FILE = "intents.jsonl"
_BOOTSTRAPS = 1_000
_BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One labelled text as it was read. milliseconds: the time that took."""

    text: str
    expected: str
    got: str
    confidence: float
    milliseconds: float

    @property
    def is_right(self) -> bool:
        return self.got == self.expected


def read_all(folder: Path, read: Callable[[str], Intent]) -> tuple[Reading, ...]:
    """Read folder/intents.jsonl ({"text", "intent"} a line). Raises EvaluationDataProblem without it."""
    return tuple(_timed(line["text"], line["intent"], read) for line in _lines(folder / FILE))


def cross_validated(nlu_yml: Path, *, folds: int = 5) -> tuple[Reading, ...]:
    """Each example of nlu_yml, read by a classifier that was trained without its fold."""
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 -- 1 s of import

    examples = training_data.read(nlu_yml)
    texts, intents = [example.text for example in examples], [example.intent for example in examples]
    readings: list[Reading] = []
    for learn, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, intents):
        pipeline = new_pipeline().fit([texts[i] for i in learn], [intents[i] for i in learn])
        classifier = LocalClassifier(pipeline=pipeline)
        readings += [_timed(texts[i], intents[i], classifier.classify) for i in test]
    return tuple(readings)


def summary(readings: Sequence[Reading], *, classifier: str) -> dict[str, Any]:
    """Figures as JSON: accuracy with its 95 % bootstrap interval, by intent, confusions, latency."""
    rights = [reading.is_right for reading in readings]
    times = [reading.milliseconds for reading in readings]
    mistakes = Counter({pair: n for pair, n in confusions(readings).items() if pair[0] != pair[1]})
    return {
        "n": len(readings),
        "accuracy": round(sum(rights) / len(rights), 3),
        "accuracy_95": _interval(rights),
        "by_intent": {name: _by_intent(readings, name) for name in sorted({r.expected for r in readings})},
        "confusions": [[*pair, count] for pair, count in mistakes.most_common(10)],
        "reliability": reliability(readings),
        "classifier": classifier,
        "latency_ms": {"p50": round(_percentile(times, 50), 1), "p95": round(_percentile(times, 95), 1)},
    }


def confusions(readings: Sequence[Reading]) -> Counter[tuple[str, str]]:
    """How often a message of the first intent was read as the second; what was right among it."""
    return Counter((reading.expected, reading.got) for reading in readings)


def reliability(readings: Sequence[Reading]) -> list[dict[str, float | int]]:
    """By bands of confidence: how many, how confident on average, and how many of them are right.

    A classifier is calibrated where the last two agree.
    """
    bands: list[dict[str, float | int]] = []
    for low, high in pairwise(_BANDS):
        band = [each for each in readings if low <= each.confidence < high]
        if band:
            confidence = sum(each.confidence for each in band) / len(band)
            right = sum(each.is_right for each in band) / len(band)
            bands.append(
                {"from": low, "n": len(band), "confidence": round(confidence, 3), "right": round(right, 3)}
            )
    return bands


def _lines(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())
    except (OSError, ValueError) as problem:
        raise EvaluationDataProblem(
            f'{path} cannot be read: give a folder with {FILE}, a JSON object {{"text", "intent"}} a line.'
        ) from problem


def _timed(text: str, expected: str, read: Callable[[str], Intent]) -> Reading:
    start = perf_counter()
    intent = read(text)
    return Reading(
        text=text,
        expected=expected,
        got=intent.name,
        confidence=intent.confidence,
        milliseconds=(perf_counter() - start) * 1000,
    )


def _by_intent(readings: Sequence[Reading], name: str) -> dict[str, float | int | None]:
    expected = [reading for reading in readings if reading.expected == name]
    got = [reading for reading in readings if reading.got == name]
    right = sum(reading.is_right for reading in expected)
    return {
        "n": len(expected),
        "recall": round(right / len(expected), 3),
        "precision": round(right / len(got), 3) if got else None,
    }


def _interval(rights: Sequence[bool]) -> list[float]:
    chance = random.Random(0)  # noqa: S311 -- repeatable figures, no secret
    shares = [sum(chance.choices(rights, k=len(rights))) / len(rights) for _ in range(_BOOTSTRAPS)]
    return [round(_percentile(shares, 2.5), 3), round(_percentile(shares, 97.5), 3)]


def _percentile(values: Sequence[float], percent: float) -> float:
    if len(values) < 2:
        return values[0]
    return quantiles(values, n=1000, method="inclusive")[round(percent * 10) - 1]
