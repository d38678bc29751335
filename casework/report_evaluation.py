"""How well reports are read: their category, place, ward, urgency and the personal data in them. Pure.

What is measured (docs/developers/report-reading.md has the figures):
- category_top1, category_top3: the labelled category is the first, is among the first three.
- place: every word of place_text stands, in one piece, in the place that the form would keep; a report with
  none is right when none is kept. place_excess: of the words kept, those that belong to no place.
- wards: see casework.report_wards.
- masking_recall: of the listed items, those of which no letter or digit is left. overmasking: characters
  hidden that lie in no listed item, of all characters.
- urgent_recall, urgent_precision: of the urgent reports those seen so; of those seen so, the urgent ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest

from casework.report_wards import Verdict
from nlu.errors import EvaluationDataProblem
from nlu.text import clean, fold, syllables

FILE = "reports.jsonl"
_RESAMPLES = 1_000
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class LabelledReport:
    """One line of reports.jsonl. text: cleaned; old_ward, ward: full names, "" for none; group: its class."""

    id: str
    text: str
    category: str
    place: str
    old_ward: str
    ward: str
    urgent: bool
    personal_data: tuple[str, ...]
    group: str


@dataclass(frozen=True, kw_only=True)
class ReadReport:
    """A labelled report as it was read. categories: best first; hidden: what public pages do not show of it,
    in characters of the text."""

    label: LabelledReport
    categories: Sequence[str]
    place: str
    ward: Verdict
    urgent: bool
    hidden: Sequence[Span]


def read_labelled(path: Path) -> tuple[LabelledReport, ...]:
    """The reports of a folder's reports.jsonl, or of a file. Raises EvaluationDataProblem."""
    file = path / FILE if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        found = tuple(_labelled(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise EvaluationDataProblem(
            f"{file} cannot be read: give {FILE} or a folder that holds it, a JSON object a line "
            "with id, text, category, place_text, old_ward, urgent, personal_data."
        ) from problem
    if not found:
        raise EvaluationDataProblem(f"{file} holds no report.")
    return found


def figures(reports: Sequence[ReadReport]) -> dict[str, Any]:
    """Shares as JSON; beside each NAME its n as NAME_n and its 95 % interval as NAME_95: Wilson's
    (Wilson 1927), of overmasking and place_excess the bootstrap's over reports."""
    hidden = [is_hidden for report in reports for is_hidden in _items_hidden(report)]
    return {
        "n": len(reports),
        **category_figures([(report.label.category, report.categories) for report in reports]),
        **_share("place", [keeps_place(report.label.place, report.place) for report in reports]),
        **_ratio("place_excess", [_excess(report) for report in reports]),
        **_share("masking_recall", hidden),
        **_ratio("overmasking", [_overmasked(report) for report in reports]),
        **urgency_figures([(report.label.urgent, report.urgent) for report in reports]),
        "wards": _wards(reports),
        "by_category": {name: _of_group(of) for name, of in _grouped(reports, _category)},
        "by_class": {name: _of_group(of) for name, of in _grouped(reports, lambda each: each.label.group)},
        "wrong": _wrong(reports),
    }


def category_figures(ranked: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Of labelled categories, each with a ranking."""
    return {
        **_share("category_top1", [label == ranking[0] for label, ranking in ranked]),
        **_share("category_top3", [label in ranking[:3] for label, ranking in ranked]),
    }


def urgency_figures(seen: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Of labelled and seen urgency."""
    return {
        **_share("urgent_recall", [is_seen for label, is_seen in seen if label]),
        **_share("urgent_precision", [label for label, is_seen in seen if is_seen]),
    }


def keeps_place(wanted: str, kept: str) -> bool:
    """Whether the words of `wanted` stand in a row in `kept`, however written; "" is kept by "" alone."""
    if not wanted:
        return not kept
    return f" {_plain(wanted)} " in f" {_plain(kept)} "


def _plain(text: str) -> str:
    return " ".join(syllables(fold(text)))


def _labelled(row: Mapping[str, Any]) -> LabelledReport:
    return LabelledReport(
        id=row["id"],
        text=clean(row["text"]),
        category=row["category"],
        place=clean(row["place_text"] or ""),
        old_ward=row["old_ward"] or "",
        ward=row.get("ward") or "",
        urgent=row["urgent"],
        personal_data=tuple(map(clean, row["personal_data"])),
        group=row.get("class", ""),
    )


def _category(report: ReadReport) -> str:
    return report.label.category


def _grouped(
    reports: Sequence[ReadReport], key: Callable[[ReadReport], str]
) -> Iterator[tuple[str, list[ReadReport]]]:
    for name in sorted({key(report) for report in reports} - {""}):
        yield name, [report for report in reports if key(report) == name]


def _of_group(reports: Sequence[ReadReport]) -> dict[str, Any]:
    ranked = category_figures([(_category(report), report.categories) for report in reports])
    places = [keeps_place(report.label.place, report.place) for report in reports]
    return {
        "n": len(reports),
        **{name: value for name, value in ranked.items() if not name.endswith("_n")},
        "place": round(sum(places) / len(places), 3),
    }


def _wards(reports: Sequence[ReadReport]) -> dict[str, Any]:
    """Counts of each verdict; of the reports that name a ward, the share resolved or rightly asked."""
    named = [report.ward for report in reports if report.label.ward or report.label.old_ward]
    counts = {verdict.value: sum(report.ward is verdict for report in reports) for verdict in Verdict}
    return {**counts, **_share("right", [verdict in Verdict.right() for verdict in named])}


def _wrong(reports: Sequence[ReadReport]) -> dict[str, list[str]]:
    """Ids alone, by what went wrong: what may not be looked at is not shown."""
    went_wrong: Mapping[str, Callable[[ReadReport], bool]] = {
        "category_top1": lambda each: each.label.category != each.categories[0],
        "category_top3": lambda each: each.label.category not in each.categories[:3],
        "place": lambda each: not keeps_place(each.label.place, each.place),
        "wards": lambda each: each.ward not in {*Verdict.right(), Verdict.NONE_NAMED},
        "masking": lambda each: not all(_items_hidden(each)),
        "overmasking": lambda each: _overmasked(each)[0] > 0,
        "urgent_missed": lambda each: each.label.urgent and not each.urgent,
        "urgent_needless": lambda each: each.urgent and not each.label.urgent,
    }
    return {
        name: [report.label.id for report in reports if is_wrong(report)]
        for name, is_wrong in went_wrong.items()
    }


def _items_hidden(report: ReadReport) -> list[bool]:
    left = {place for place in _letters(report.label.text) if not _inside(place, report.hidden)}
    return [left.isdisjoint(_letters_of(item, report.label.text)) for item in report.label.personal_data]


def _letters(text: str) -> Iterator[int]:
    return (place for place, letter in enumerate(text) if letter.isalnum())


def _letters_of(item: str, text: str) -> set[int]:
    """The places of an item's letters and digits, wherever it stands. An item always stands in its text."""
    spans = _spans(item, text)
    return {place for place in _letters(text) if _inside(place, spans)}


def _spans(item: str, text: str) -> list[Span]:
    spans, start = [], text.find(item)
    while start >= 0:
        spans.append((start, start + len(item)))
        start = text.find(item, start + len(item))
    return spans


def _inside(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _overmasked(report: ReadReport) -> tuple[int, int]:
    text = report.label.text
    listed = [span for item in report.label.personal_data for span in _spans(item, text)]
    needless = [
        place
        for start, end in report.hidden
        for place in range(start, end)
        if text[place].isalnum() and not _inside(place, listed)
    ]
    return len(needless), len(text)


def _excess(report: ReadReport) -> tuple[int, int]:
    kept = syllables(fold(report.place))
    wanted = set(syllables(fold(report.label.place)))
    return sum(word not in wanted for word in kept), len(kept)


def _share(name: str, values: Sequence[bool]) -> dict[str, Any]:
    """A share, its n and its interval; None for both where there is nothing to measure."""
    if not values:
        return {name: None, f"{name}_n": 0, f"{name}_95": None}
    ends = binomtest(sum(values), len(values)).proportion_ci(0.95, method="wilson")
    return {
        name: round(sum(values) / len(values), 3),
        f"{name}_n": len(values),
        f"{name}_95": [round(float(end), 3) for end in ends],
    }


def _ratio(name: str, parts: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """A ratio of sums over reports, each (part, whole)."""
    table = np.array(parts, float)
    drawn = np.random.default_rng(0).integers(len(table), size=(_RESAMPLES, len(table)))
    sums = np.vstack([table.sum(axis=0)[None], table[drawn].sum(axis=1)])
    ratios = sums[:, 0] / np.maximum(sums[:, 1], 1)
    ends = np.quantile(ratios[1:], (0.025, 0.975))
    return {
        name: round(float(ratios[0]), 4),
        f"{name}_n": int(table[:, 1].sum()),
        f"{name}_95": [round(float(end), 4) for end in ends],
    }
