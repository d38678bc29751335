"""How long the pages of reports take when there are 100,000, and two queries that no page is.

usage: MOTCUA_HOME=FOLDER python -m benchmarks.reports [--count 100000] [--times 12] [--only desk]
       MOTCUA_HOME=FOLDER python -m tests.postgres python -m benchmarks.reports   (the same on PostgreSQL)

FOLDER is a scratch home; what it lacks of `--count` reports is made first (benchmarks.made_reports). Every
page is asked for through the whole of Django in this process, as an administrator or as a citizen, once
unmeasured and then `--times` times, each time with other words or places where it has any. Milliseconds by
the clock, and of CPU in this process (with SQLite that is all there is). Other work on the machine makes the
clock run on, so its load is printed, too. The goal is 300 ms each.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.delivery import share_within

GOAL = 300  # milliseconds
Ask = Callable[[random.Random], None]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """In milliseconds: the median, what 95 of 100 stay within, and the median of CPU."""

    name: str
    p50: float
    p95: float
    cpu: float


def main() -> None:
    """Make what is lacking, measure, print."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    _make(options.count)
    found = [
        measured(name, ask, options.times)
        for name, ask in _asked().items()
        if not options.only or name.startswith(options.only)
    ]
    printed(found, options.times)


def _make(count: int) -> None:
    from benchmarks.report_rows import fill, prepare  # noqa: PLC0415 -- Django must be set up first
    from casework.models import Report  # noqa: PLC0415

    prepare()
    lacking = count - Report.objects.count()
    for made in fill(lacking) if lacking > 0 else ():
        print(f"made {made:,} of {lacking:,}", flush=True)


def _asked() -> dict[str, Ask]:
    """What is measured, by name. The word before the colon says whose page it is."""
    from benchmarks.report_questions import Pages  # noqa: PLC0415

    return Pages().asked()


def measured(name: str, ask: Ask, times: int) -> Measured:
    """Asked once unmeasured, then so many times; the same words each run."""
    chance = random.Random(7)
    ask(chance)
    clocks, cpus = [], []
    for _ in range(times):
        clock, cpu = time.perf_counter(), time.process_time()
        ask(chance)
        clocks.append(1000 * (time.perf_counter() - clock))
        cpus.append(1000 * (time.process_time() - cpu))
    return Measured(
        name=name,
        p50=share_within(clocks, 0.5),
        p95=share_within(clocks, 0.95),
        cpu=share_within(cpus, 0.5),
    )


def printed(found: Sequence[Measured], times: int) -> None:
    """As a table, under a line that says of what and on which machine."""
    from django.db import connection  # noqa: PLC0415

    from casework.models import Publication, Report  # noqa: PLC0415

    shown = Publication.objects.filter(published_at__isnull=False, withdrawn_at=None).count()
    load = " ".join(f"{figure:.1f}" for figure in os.getloadavg())
    print(f"{connection.display_name} {_version(connection)}", end=": ")
    print(f"{Report.objects.count():,} reports, {shown:,} published")
    print(f"{times} times each; load of the machine {load} on {os.cpu_count()} cores")
    print("| page | p50 ms | p95 ms | CPU ms |\n|---|---|---|---|")
    for one in found:
        over = " (over the goal)" if one.p50 > GOAL else ""
        print(f"| {one.name} | {one.p50:.0f}{over} | {one.p95:.0f} | {one.cpu:.0f} |")


def _version(connection: object) -> str:
    return ".".join(map(str, connection.get_database_version()))  # type: ignore[attr-defined]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=12)
    parser.add_argument("--only", default="", help="those whose name begins so")
    return parser.parse_args()


if __name__ == "__main__":
    main()
