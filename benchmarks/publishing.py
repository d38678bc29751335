"""How long it takes until one corrected procedure answers.

usage: python -m benchmarks.publishing HOME [--code 1.001193] [--times 3] [--json]

Works on a copy of HOME (a MOTCUA_HOME), so nothing published here stays. The first change is not counted:
where another program built the release in force, it is built anew (minutes). Then a part is changed and
published some times, and an alias added; the clock runs from the editor's confirmation to the first search
of the new release. Median seconds, by the clock and of CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge_base.content import ProcedureContent


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--code", default="1.001193")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTCUA_HOME"] = str(shutil.copytree(given.home, Path(folder) / "home"))
        figures = _measure(given.code, given.times)
    print(json.dumps(figures, indent=1) if given.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))


def _measure(code: str, times: int) -> dict[str, object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    from knowledge_base.releases import pinned_library  # noqa: PLC0415 -- Django must be set up first

    _published(code, "part", -1)
    kinds = ("part", "alias")
    found = {kind: [_published(code, kind, number) for number in range(times)] for kind in kinds}
    with pinned_library() as library:
        figures: dict[str, object] = {"probes": library.manifest.counts.probes}
    for kind in kinds:
        figures |= _medians(kind, found[kind])
    return figures


def _published(code: str, kind: str, number: int) -> tuple[float, float]:
    from knowledge_base.content_json import procedure_from_json  # noqa: PLC0415
    from knowledge_base.publishing import live_revision, publish, save_draft  # noqa: PLC0415
    from knowledge_base.releases import pinned_library  # noqa: PLC0415

    live = live_revision(code)
    if live is None:
        raise SystemExit(f"{code} has no live revision: name one that `motcua kb list` shows.")
    changed = _changed(procedure_from_json(live.content), kind, number)
    draft = save_draft(code, changed, None, "benchmarks.publishing")
    begin, cpu = time.perf_counter(), time.process_time()
    publish(draft, None)
    with pinned_library() as library:
        library.search("khai sinh")
    return time.perf_counter() - begin, time.process_time() - cpu


def _changed(content: ProcedureContent, kind: str, number: int) -> ProcedureContent:
    if kind == "part":
        return replace(content, result=f"{content.result} ({number})")
    return replace(content, aliases=(*content.aliases, f"tên gọi thử số {number}"))


def _medians(kind: str, measured: list[tuple[float, float]]) -> dict[str, float]:
    seconds, cpu = zip(*measured, strict=True)
    return {
        f"{kind}_seconds": round(statistics.median(seconds), 2),
        f"{kind}_cpu_seconds": round(statistics.median(cpu), 2),
    }


if __name__ == "__main__":
    main()
