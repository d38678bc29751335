"""The report of an evaluation as a folder: report.json, coverage.png and report.html, which needs neither."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

NAMES = {"citizen": "citizens", "portal_all": "portal"}
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b }
body { margin: 2rem auto; max-width: 68rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccc; text-align: right; white-space: nowrap }
th:first-child, td:first-child, td.text { text-align: left; white-space: normal }
img { max-width: 100%; height: auto }
"""


def write(report: Mapping[str, Any], folder: Path) -> None:
    """Write the three files. Raises ModuleNotFoundError without the extra `evaluation`."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = draw(report["coverage"], report["decisions"])
    (folder / "coverage.png").write_bytes(picture)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text("\n".join(_page(report, picture)) + "\n", encoding="utf-8")


def draw(coverage: Mapping[str, Any], decisions: Mapping[str, Any]) -> bytes:
    """A PNG: share answered against share wrong for each group, and where the decisions of today stand."""
    from matplotlib.figure import Figure  # noqa: PLC0415 -- of the extra `evaluation`

    figure = Figure(figsize=(9, 5.5), layout="constrained")
    axes = figure.subplots()
    for group, points in coverage.items():
        name = NAMES.get(group, group)
        (line,) = axes.plot(
            [point["answered"] for point in points],
            [point["wrong"] for point in points],
            marker=".",
            label=f"{name}: wrong, of all questions",
        )
        row = decisions[group]
        axes.plot(
            (row["right"] + row["wrong"]) / row["n"],
            row["wrong"] / row["n"],
            marker="*",
            markersize=14,
            linestyle="",
            color=line.get_color(),
            label=f"{name}: the decisions of today",
        )
    if points := next(iter(coverage.values()), []):
        axes.plot(
            [point["answered"] for point in points],
            [point["must_refuse_answered"] for point in points],
            linestyle="--",
            color="grey",
            label="answered, of what must be refused",
        )
    axes.set_xlabel("share of questions answered")
    axes.set_ylabel("share wrong")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend()
    stream = BytesIO()
    figure.savefig(stream, format="png", dpi=120)
    return stream.getvalue()


def _page(report: Mapping[str, Any], picture: bytes) -> Iterator[str]:
    release = report["release"]
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(release["name"])}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style><h1>Evaluation of {escape(release['name'])}</h1>"
    yield (
        f"<p>{release['procedures']} procedures, {release['probes']} probes, encoder "
        f"{escape(release['encoder'])}. Intervals are 95 % bootstrap.</p>"
    )
    yield "<h2>Ranking</h2>"
    yield from _rankings({"Một Cửa": report["questions"], **report["baselines"]})
    yield "<h2>Decisions</h2>"
    yield from _counts(report["decisions"])
    if report["must_refuse"]:
        yield "<h2>What must be refused</h2>"
        yield from _counts(report["must_refuse"])
    yield "<h2>Coverage against error</h2>"
    image = b64encode(picture).decode()
    yield f'<img alt="share wrong by share answered" src="data:image/png;base64,{image}">'
    for group, found in report["confusion"].items():
        yield f"<h2>Taken for another: {escape(NAMES.get(group, group))}</h2>"
        yield from _confused(found)
    yield "<h2>Milliseconds a search</h2>"
    latency = report["latency_ms"]
    steps = {"whole": latency, **latency["steps"]}
    yield from _table(("step", "p50", "p95"), ((step, row["p50"], row["p95"]) for step, row in steps.items()))


def _rankings(methods: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    head = ("method", "questions", "n", "R@1", "95 %", "R@4", "95 %", "MRR@10")
    rows = (
        (
            *(method, group, row["n"]),
            *(f"{row['r1']:.3f}", _interval(row["r1_interval"])),
            *(f"{row['r4']:.3f}", _interval(row["r4_interval"]), f"{row['mrr10']:.3f}"),
        )
        for method, groups in methods.items()
        for group, row in groups.items()
    )
    yield from _table(head, rows)


def _interval(ends: Sequence[float]) -> str:
    low, high = ends
    return f"{low:.2f}–{high:.2f}"


def _counts(groups: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    columns = list(next(iter(groups.values()), {}))
    yield from _table(("", *columns), ((name, *row.values()) for name, row in groups.items()))


def _confused(found: Mapping[str, Any]) -> Iterator[str]:
    counts = ", ".join(f"{name} {n}" for name, n in found.items() if name not in {"n", "pairs"})
    yield f"<p>{found['n']} questions with another procedure first: {escape(counts) or 'none'}.</p>"
    rows = (
        (
            f"{pair['meant']} {pair['meant_title']}",
            f"{pair['taken']} {pair['taken_title']}",
            pair["relation"],
            pair["n"],
        )
        for pair in found["pairs"]
    )
    yield from _table(("meant", "taken", "relation", "n"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "<table><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
    yield "</table>"
