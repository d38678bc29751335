"""A day at the desk in minutes: officials claim, reply, snooze, transfer and close, citizens write.

usage: python -m benchmarks.desk_load [--officials 100] [--conversations 2000] [--seconds 300]
       [--think 20 40] [--processes 2] [--seed 7]

A throw-away PostgreSQL, and `motcua web` on loopback with so many processes (workers, delivery and the
scheduler run on other machines, and are not started). Each official has a session, one page open with
its live stream, and acts every 20 to 40 seconds: loads the queue, opens a case, does there what the page
offers. Often several want the case on top of the queue. Two citizens a second write, most to a case that is
open on somebody's screen.

Measured, by the clock of the browser, once each page was looked at: each kind of page (goal: p95 at most
300 ms), and how long after a citizen sent a message it is in the open page, over the live stream and the look
that follows (goal: p95 at most 1 s). Then the rows are held against what everybody was told: no case claimed
twice, no act lost, no reply there twice. Exit status 1 when they differ. Everything runs on this machine,
whose load is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from benchmarks.delivery import share_within
from tests.journeys.processes import ROOT, free_port
from tests.postgres import cluster

if TYPE_CHECKING:
    from benchmarks.desk_people import Official, Seen
    from benchmarks.desk_rows import Desk

PAGE_GOAL, SHOWN_GOAL = 0.3, 1.0
START_WITHIN = 60.0


def main() -> int:
    """Make the desk, let everybody work, print; 0 when the rows agree with what was told."""
    options = _options()
    with tempfile.TemporaryDirectory() as home, cluster() as url:
        os.environ |= {"MOTCUA_HOME": home, "MOTCUA_DATABASE_URL": url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings"
        import django  # noqa: PLC0415 -- the settings are named just above

        django.setup()
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    from benchmarks.desk_ledger import faults  # noqa: PLC0415 -- Django must be set up first
    from benchmarks.desk_rows import made_desk  # noqa: PLC0415

    desk = made_desk(officials=options.officials, conversations=options.conversations, seed=options.seed)
    home = Path(os.environ["MOTCUA_HOME"])
    with web_processes(home, number=options.processes) as address:
        seen = asyncio.run(worked(address, desk, options))
    found = faults(seen, desk.holders)
    _print(seen, found, options)
    return 1 if found or seen.problems else 0


@contextmanager
def web_processes(home: Path, *, number: int) -> Iterator[str]:
    """`motcua web`; yields its address."""
    port = free_port()
    serve = [sys.executable, "-m", "motcua.cli", "web", "--port", str(port), "--processes", str(number)]
    with (home / "web.log").open("wb") as log:
        process = subprocess.Popen(serve, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}", process, home)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/desk/sign-in", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((home / "web.log").read_text()[-4000:])


async def worked(address: str, desk: Desk, options: argparse.Namespace) -> Seen:
    """Everybody at work for so many seconds; what was seen."""
    from benchmarks.desk_people import Citizens, Seen  # noqa: PLC0415

    seen = Seen()
    async with AsyncExitStack() as stack:
        officials = [_official(address, desk, number, seen, options) for number in range(len(desk.seats))]
        for official in officials:
            await stack.enter_async_context(official.http)
        await _warm_up(officials[0].http, desk)
        outside = await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=30))
        chance = random.Random(f"{options.seed}-citizens")
        citizens = Citizens(http=outside, chats=desk.chats, officials=officials, chance=chance, seen=seen)
        until = time.monotonic() + options.seconds
        await asyncio.gather(citizens.write(until), *(official.work(until) for official in officials))
    return seen


async def _warm_up(http: httpx.AsyncClient, desk: Desk) -> None:
    """Templates and connections are read at the first look; nobody is told how long that took."""
    for path in ("/desk/", f"/desk/cases/{desk.chats[0].case}"):
        for _ in range(3):
            (await http.get(path)).raise_for_status()


def _official(address: str, desk: Desk, number: int, seen: Seen, options: argparse.Namespace) -> Official:
    from benchmarks.desk_people import Official  # noqa: PLC0415

    seat = desk.seats[number]
    return Official(
        http=httpx.AsyncClient(base_url=address, cookies={"sessionid": seat.session}, timeout=30),
        seat=seat,
        chance=random.Random(f"{options.seed}-{number}"),
        seen=seen,
        cases={case for case, holder in desk.holders.items() if holder == seat.username},
        thinks=tuple(options.think),
    )


def _print(seen: Seen, found: Sequence[str], options: argparse.Namespace) -> None:
    load = " ".join(f"{figure:.1f}" for figure in os.getloadavg())
    print(
        f"{options.officials} officials, {options.conversations:,} open cases, {options.seconds:.0f} s, "
        f"{options.processes} web processes"
    )
    print(f"load of the machine {load} on {os.cpu_count()} cores")
    print("| page or act | times | p50 ms | p95 ms |\n|---|---|---|---|")
    for kind, took in sorted(seen.took.items()):
        over = " (over the goal)" if share_within(took, 0.95) > PAGE_GOAL else ""
        print(f"| {kind} | {len(took)} | {_ms(took, 0.5)} | {_ms(took, 0.95)}{over} |")
    _print_shown(seen)
    print(
        "accepted:", {act: len(done) for act, done in seen.accepted.items()}, "refused:", dict(seen.refused)
    )
    print(f"problems over HTTP: {len(seen.problems)}", *seen.problems[:5], sep="\n  ")
    print(f"rows that differ from what was told: {len(found)}", *found[:10], sep="\n  ")


def _print_shown(seen: Seen) -> None:
    if seen.shown:
        over = " (over the goal)" if share_within(seen.shown, 0.95) > SHOWN_GOAL else ""
        print(f"{len(seen.shown)} of {len(seen.said)} messages came to an open page:", end=" ")
        print(f"p50 {_ms(seen.shown, 0.5)} ms, p95 {_ms(seen.shown, 0.95)} ms{over};", end=" ")
    print(f"not shown in time: {seen.never_shown}")


def _ms(took: Sequence[float], share: float) -> str:
    return f"{1000 * share_within(took, share):.0f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--officials", type=int, default=100)
    parser.add_argument("--conversations", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, nargs=2, default=(20.0, 40.0), metavar=("LEAST", "MOST"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
