"""Evaluation: labelled questions through the whole pipeline, counted as the questions' README says.

Guards and intent come first, as in the assistant: what is surely something else is not searched for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.baselines import Baselines
from knowledge_base.confusion import Mistake, confusion
from knowledge_base.coverage_curve import Case, curve
from knowledge_base.decision import Ambiguous, Answerable, Decision, decide
from knowledge_base.errors import EvaluationProblem
from knowledge_base.library import Hit, Library, SearchResult
from knowledge_base.resampling import interval
from knowledge_base.weighing import weighed
from nlu.guards import look
from nlu.intents import SURE, IntentClassifier

QUESTIONS = "questions.jsonl"
MUST_REFUSE = "must_refuse.jsonl"
CITIZEN = ("plain", "no_diacritics", "noisy")
PORTAL = ("portal", "portal_no_diacritics")
TOGETHER = {"citizen": CITIZEN, "portal_all": PORTAL}


class Outcome(StrEnum):
    """What the pipeline does with a message."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    REFUSED = "refused"
    # A catalogue entry names who is in charge: no procedure's content is the answer.
    SIGNPOSTED = "signposted"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A message with its label. codes: accepted procedures, best first; none when it must be refused.

    group: its kind, or the class of what must be refused.
    """

    id: str
    text: str
    group: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What came of one message. offered: the code of the answer, or of each choice.

    is_searched: False when a guard or the intent keeps it from the search. simply: by simple method, the
    place of the first accepted code.
    """

    labelled: Labelled
    result: SearchResult
    outcome: Outcome
    offered: tuple[str, ...]
    is_searched: bool
    simply: Mapping[str, int]

    @property
    def place(self) -> int:
        """The place of the first accepted code, 0 the first."""
        hits: Sequence[Hit] = (*self.result.hits, *self.result.rejected)
        return next((n for n, hit in enumerate(hits) if hit.code in self.labelled.codes), 1_000_000)

    @property
    def is_right(self) -> bool:
        """Whether an accepted code is the answer or among the choices."""
        return not set(self.labelled.codes).isdisjoint(self.offered)

    @property
    def case(self) -> Case:
        """The same for the curve of coverage against error."""
        if not (self.is_searched and self.result.hits):
            return Case(first=0.0, is_right=False, is_held=False)
        top = self.result.hits[0]
        first = self.result.calibration.first.of(self.result.signs)
        return Case(first=first, is_right=top.code in self.labelled.codes, is_held=top.is_held)


def evaluate(folder: Path, *, library: Library, classifier: IntentClassifier) -> dict[str, Any]:
    """The report on the labelled files of a folder, as JSON values. Raises EvaluationProblem."""
    simple = Baselines(library)
    questions = [_observe(each, library, classifier, simple) for each in _read(folder / QUESTIONS)]
    refused = [_observe(each, library, classifier, simple) for each in _read(folder / MUST_REFUSE)]
    if not (questions or refused):
        raise EvaluationProblem(
            f"{folder} has neither {QUESTIONS} nor {MUST_REFUSE}: name a folder with them."
        )
    groups = _groups(questions)
    return {
        "questions": {name: _ranking([each.place for each in group]) for name, group in groups.items()},
        "decisions": {name: _decisions(group) for name, group in groups.items()},
        "must_refuse": {name: _refusals(group) for name, group in _by_group(refused).items()},
        "baselines": _simple_rankings(groups),
        "coverage": {
            name: curve([each.case for each in group], [each.case for each in refused])
            for name, group in groups.items()
            if name in TOGETHER
        },
        "confusion": {name: _confusion(group, library) for name, group in groups.items() if name in TOGETHER},
        "latency_ms": _latency([*questions, *refused]),
        "release": _release(library),
    }


def _read(path: Path) -> Iterator[Labelled]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _labelled(line, place=f"{path.name}:{number}")


def _labelled(line: str, *, place: str) -> Labelled:
    try:
        plain = json.loads(line)
        return Labelled(
            id=str(plain["id"]),
            text=str(plain["text"]),
            group=str(plain.get("class") or plain["kind"]),
            codes=tuple(plain.get("codes", ())),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise EvaluationProblem(f"{place} does not read as a labelled message: {problem!r}.") from problem


def _observe(
    labelled: Labelled, library: Library, classifier: IntentClassifier, simple: Baselines
) -> Observed:
    result = library.search(labelled.text)
    decision = decide(result)
    searched = is_searched(labelled.text, classifier, decision)
    outcome, offered = _outcome(decision if searched else None)
    return Observed(
        labelled=labelled,
        result=result,
        outcome=outcome,
        offered=offered,
        is_searched=searched,
        simply=simple.places(result.wording, labelled.codes) if labelled.codes else {},
    )


def is_searched(text: str, classifier: IntentClassifier, decision: Decision | None = None) -> bool:
    """Whether the search decides: no guard speaks and the message is not surely of another intent."""
    if look(text):
        return False
    intent = weighed(classifier.ranking(text), decision)
    return intent.name == "ask_procedure" or intent.confidence < SURE


def _outcome(decision: Decision | None) -> tuple[Outcome, tuple[str, ...]]:
    match decision:
        case Answerable(hit=hit):
            return Outcome.ANSWERED if hit.is_held else Outcome.SIGNPOSTED, (hit.code,)
        case Ambiguous(hits=hits):
            return Outcome.CLARIFIED, tuple(hit.code for hit in hits)
        case _:
            return Outcome.REFUSED, ()


def _by_group(observed: Iterable[Observed]) -> dict[str, list[Observed]]:
    groups: dict[str, list[Observed]] = {}
    for each in observed:
        groups.setdefault(each.labelled.group, []).append(each)
    return groups


def _groups(observed: Sequence[Observed]) -> dict[str, list[Observed]]:
    """By kind, and the kinds of citizens and of the portal together."""
    kinds = _by_group(observed)
    sums = {
        name: [each for kind in parts for each in kinds.get(kind, ())] for name, parts in TOGETHER.items()
    }
    return {**kinds, **{name: group for name, group in sums.items() if group}}


def _simple_rankings(groups: Mapping[str, Sequence[Observed]]) -> dict[str, Any]:
    methods = dict.fromkeys(name for group in groups.values() for each in group for name in each.simply)
    return {
        method: {name: _ranking([each.simply[method] for each in group]) for name, group in groups.items()}
        for method in methods
    }


def _confusion(group: Sequence[Observed], library: Library) -> Mapping[str, Any]:
    mistakes = [
        Mistake(question=each.labelled.id, meant=each.labelled.codes[0], taken=each.result.hits[0].code)
        for each in group
        if each.place and each.labelled.codes and each.result.hits
    ]
    titles = library.titles()
    return confusion(mistakes, lambda code: library.content(code) if code in titles else None)


def _ranking(found: Sequence[int]) -> dict[str, Any]:
    places = np.array(found)
    first, four, five = places < 1, places < 4, places < 5
    return {
        "n": len(places),
        "r1": _mean(first),
        "r4": _mean(four),
        "r5": _mean(five),
        "mrr10": _mean(np.where(places < 10, 1 / (1.0 + places), 0.0)),
        "r1_interval": list(interval(first)),
        "r4_interval": list(interval(four)),
    }


def _mean(values: np.ndarray[Any, Any]) -> float:
    return round(float(values.mean()), 4)


def _decisions(group: Sequence[Observed]) -> dict[str, int]:
    counts = {
        "n": len(group),
        "right": 0,
        "wrong": 0,
        "clarified_right": 0,
        "clarified_wrong": 0,
        "signposted": 0,
        "refused": 0,
    }
    for each in group:
        counts[_verdict(each)] += 1
    return counts


def _verdict(each: Observed) -> str:
    match each.outcome:
        case Outcome.ANSWERED:
            return "right" if each.is_right else "wrong"
        case Outcome.SIGNPOSTED:
            return "right" if each.is_right else "signposted"
        case Outcome.CLARIFIED:
            return "clarified_right" if each.is_right else "clarified_wrong"
        case _:
            return "refused"


def _refusals(group: Sequence[Observed]) -> dict[str, int]:
    outcomes = [each.outcome for each in group]
    return {"n": len(group), **{str(outcome): outcomes.count(outcome) for outcome in Outcome}}


def _latency(observed: Sequence[Observed]) -> Mapping[str, Any]:
    """Of a whole search, and of each of its steps."""
    timings = [each.result.timings for each in observed if "total" in each.result.timings]
    steps = {step: _spread([each[step] for each in timings]) for step in (timings[0] if timings else ())}
    return {**steps.pop("total", _spread([0.0])), "steps": steps}


def _spread(times: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.quantile(times, (0.5, 0.95))
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2)}


def _release(library: Library) -> dict[str, Any]:
    counts = library.manifest.counts
    return {
        "name": library.name,
        "procedures": counts.procedures,
        "passages": counts.passages,
        "probes": counts.probes,
        "encoder": library.manifest.encoder,
    }
