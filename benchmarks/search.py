"""How long a search takes and what it costs in memory, step by step, on the release in force.

usage: python -m benchmarks.search [QUESTIONS.jsonl] [--threads 1] [--json]

QUESTIONS has a "text" a line; the open set of tests/quality when not given. Every question is asked once, so
no vector is remembered; a second round shows what the memory of questions is worth. Times in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "quality" / "questions.jsonl"


def measure(texts: Sequence[str], *, threads: int) -> dict[str, Any]:
    """Open the release in force and ask everything twice."""
    from knowledge_base.releases import pinned_library  # noqa: PLC0415 -- Django must be set up first

    begin = time.perf_counter()
    with pinned_library() as library:
        opened = time.perf_counter() - begin
        library.search("làm nóng")
        cpu, begin = time.process_time(), time.perf_counter()
        with ThreadPoolExecutor(max_workers=threads) as pool:
            first = [result.timings for result in pool.map(library.search, texts)]
        cpu, seconds = time.process_time() - cpu, time.perf_counter() - begin
        again = [library.search(text).timings for text in texts]
    return {
        "release": library.name,
        "questions": len(texts),
        "threads": threads,
        "open_seconds": round(opened, 2),
        "steps": {step: _spread([each[step] for each in first if step in each]) for step in first[0]},
        "remembered": _spread([each["total"] for each in again if "total" in each]),
        "cpu_ms_a_search": round(cpu / len(texts) * 1000, 2),
        "searches_a_second": round(len(texts) / seconds, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _spread(times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {"p50": round(statistics.median(times), 2), "p95": round(cuts[-1], 2)}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    report = measure([json.loads(line)["text"] for line in lines if line.strip()], threads=given.threads)
    print(json.dumps(report, indent=1) if given.json else _table(report))


def _table(report: dict[str, Any]) -> str:
    steps = [f"{step:<12}{row['p50']:>9}{row['p95']:>9}" for step, row in report["steps"].items()]
    rest = [f"{name}: {value}" for name, value in report.items() if name not in {"steps", "remembered"}]
    remembered = report["remembered"]
    return "\n".join(
        [
            *rest,
            f"{'ms':<12}{'p50':>9}{'p95':>9}",
            *steps,
            f"{'asked again':<12}{remembered['p50']:>9}{remembered['p95']:>9}",
        ]
    )


if __name__ == "__main__":
    main()
