"""What faults may not do: lose a message, answer it twice, or mix up a conversation.

usage: python -m benchmarks.faults [--home FOLDER] [--channel telegram|telegram-webhook|zalo] [--database URL]
           [--messages 10000] [--kills 200] [--seed 1] [--cells]

Runs the real `motcua run` on a copy of FOLDER (a home that was started once; made when it is missing) against
an emulated far end, and counts in the rows and in the emulator's own log.

Without --cells: messages pour in while the process is killed (SIGKILL) at moments drawn from the seed, and
started again. Each kill may cost one repeat at the far end, and nothing else.
With --cells: each fault at each stage.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.accounting import Account, Said, account, conversations, replies_sent, rows_of
from benchmarks.far_ends import CHANNELS, FarEnd, opened
from tests.journeys.processes import Office

#: Messages that may wait for their answer while more are said.
UNDER_WAY = 60
#: Seconds after which the next kill comes, however little was answered since the last.
SECONDS_TO_A_KILL = 5.0
#: Seconds without a single further answer after which the rest counts as lost: leases of 60 seconds must end
#: first, unless the database has but one program, and a pause that Zalo asks for lasts a minute.
AFTER_THE_LAST = 150.0


@dataclass(frozen=True, kw_only=True)
class Town:
    """An office at work and the far end from which citizens write to it."""

    office: Office
    far_end: FarEnd
    database_url: str = ""

    def start(self) -> None:
        self.office.start()
        self.far_end.begin(self.office.url)

    def answered(self) -> int:
        return replies_sent(self.office.home, self.database_url)

    def account(self, said: Sequence[Said]) -> Account:
        rows = rows_of(self.office.home, self.database_url)
        return account(said, rows, self.far_end.reached())

    def account_in_the_end(self, said: Sequence[Said], *, within: float = AFTER_THE_LAST) -> Account:
        """When all are answered and nothing is under way any more, or when nothing happened for so long."""
        missing, deadline = len(said), time.monotonic() + within
        while not (seen := self.account(said)).holds and time.monotonic() < deadline:
            if seen.lost + seen.unsent < missing:
                missing, deadline = seen.lost + seen.unsent, time.monotonic() + within
            time.sleep(0.5)
        return seen


@dataclass(frozen=True, kw_only=True)
class Kills:
    """What came of a run with kills. idle: kills that met an office with nothing to do."""

    kills: int
    idle: int
    seconds: float
    slowest_start: float
    account: Account


def under_kills(town: Town, *, messages: int, kills: int, seed: int, first_chat: int = 1000) -> Kills:
    """Pour the messages in, and kill and start the office so often meanwhile: each time when a number of them
    is answered that the seed draws from that kill's share.
    """
    said = conversations(first_chat, messages=messages)
    dice, begun = random.Random(seed), time.monotonic()
    town.start()
    before = town.answered()
    progress = _Progress()
    writing = threading.Thread(target=_pour, args=(town, said, before, progress))
    writing.start()
    idle, slowest = 0, 0.0
    for kill in range(kills):
        share = range(messages * kill // kills, messages * (kill + 1) // kills)
        progress.allowed = share.stop
        _wait_for_work(town, progress, before=before, answered=int(dice.uniform(share.start, share.stop)))
        idle += progress.said == town.answered() - before
        town.office.kill()
        again = time.monotonic()
        town.start()
        slowest = max(slowest, time.monotonic() - again)
    writing.join()
    return Kills(
        kills=kills,
        idle=idle,
        seconds=round(time.monotonic() - begun, 1),
        slowest_start=round(slowest, 1),
        account=town.account_in_the_end(said),
    )


class _Progress:
    """said: how many messages were; allowed: how many may be by now, so that each kill has its share."""

    def __init__(self) -> None:
        self.said = 0
        self.allowed = 0


def _wait_for_work(town: Town, progress: _Progress, *, before: int, answered: int) -> None:
    """Until so many are answered and more are said, or for so long: one that stands still is killed, too."""
    until = time.monotonic() + SECONDS_TO_A_KILL
    while time.monotonic() < until:
        if answered <= town.answered() - before < progress.said:
            return
        time.sleep(0.02)


def _pour(town: Town, said: Sequence[Said], before: int, progress: _Progress) -> None:
    """Say them as fast as they are answered, but for UNDER_WAY, so that each kill meets an office at work."""
    answered = 0
    for message in said:
        while progress.said - answered >= UNDER_WAY or progress.said >= progress.allowed:
            time.sleep(0.05)
            answered = town.answered() - before
        town.far_end.says(message.chat, message.text)
        progress.said += 1


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One fault at one stage. order: what is ordered of the far end, {} for a fault of our own database."""

    stage: str
    fault: str
    order: dict[str, Any] = field(default_factory=dict)


#: A third of the calls goes wrong; which, the emulator draws from a seed.
SOME = {"times": None, "probability": 0.3, "seed": 7, "seconds": 1}


def cells_of(far_end: FarEnd) -> Iterator[Cell]:
    """Every fault that this far end and our database know, by stage."""
    for kind in ("duplicate", "reorder", "late"):
        yield _cell("receive", kind, "updates")
    if far_end.receives != "updates":
        for kind in ("too_many_requests", "server_error", "time_out", "drop", "cut"):
            yield _cell("receive", kind, far_end.receives)
    for kind in ("too_many_requests", "server_error", "time_out", "drop", "cut", *far_end.more_faults):
        yield _cell("send", kind, far_end.sends)
    yield _cell("send", "silence", far_end.sends, times=2)
    for kind in ("drop", "cut", "server_error"):
        yield _cell("send", kind, far_end.sends, performed=True)
    yield Cell(stage="record, answer, send", fault=LOCKED)


LOCKED = "database locked for 7 s"


def _cell(stage: str, kind: str, call: str, **details: Any) -> Cell:
    name = f"{kind}, after the effect" if details.get("performed") else kind
    return Cell(stage=stage, fault=name, order={"call": call, "kind": kind, **SOME, **details})


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a cell. happened: how often the fault did."""

    cell: Cell
    happened: int
    seconds: float
    account: Account


def under_faults(town: Town, *, messages: int = 40, first_chat: int = 500_000) -> Iterator[Outcome]:
    """Each cell by itself, on an office that runs, with citizens of its own."""
    for number, cell in enumerate(cells_of(town.far_end)):
        said = conversations(first_chat + number * messages, messages=messages)
        yield _outcome(town, cell, said)


def _outcome(town: Town, cell: Cell, said: Sequence[Said]) -> Outcome:
    begun, before = time.monotonic(), town.far_end.emulator.faults_that_happened().total()
    with _fault(town, cell):
        for message in said:
            town.far_end.says(message.chat, message.text)
        seen = town.account_in_the_end(said)
    happened = town.far_end.emulator.faults_that_happened().total() - before if cell.order else 1
    return Outcome(cell=cell, happened=happened, seconds=round(time.monotonic() - begun, 1), account=seen)


@contextmanager
def _fault(town: Town, cell: Cell) -> Iterator[None]:
    if cell.order:
        town.far_end.emulator.fault(**cell.order)
        yield
        town.far_end.emulator.forget_faults()
        return
    locking = threading.Thread(target=_lock, args=(town.office.home,))
    locking.start()
    yield
    locking.join()


def _lock(home: Path) -> None:
    """Longer than a statement waits (PRAGMA busy_timeout)."""
    with closing(sqlite3.connect(home / "motcua.sqlite3", isolation_level=None, timeout=20)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        time.sleep(7)
        rows.execute("ROLLBACK")


def main() -> int:
    """0 when nothing was lost, answered twice or out of order."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, opened(options.channel) as far_end:
        home = Path(folder) / "home"
        if options.home:
            shutil.copytree(options.home, home)
        else:
            home.mkdir()
        settings = far_end.settings()
        if options.database:
            settings["MOTCUA_DATABASE_URL"] = options.database
        town = Town(
            office=Office(home=home, settings=settings), far_end=far_end, database_url=options.database
        )
        try:
            holds = (_print_cells if options.cells else _print_kills)(town, options)
        finally:
            town.office.stop()
    return 0 if holds else 1


def _print_kills(town: Town, options: argparse.Namespace) -> bool:
    town.start()
    town.office.kill()
    seen = under_kills(town, messages=options.messages, kills=options.kills, seed=options.seed)
    print(json.dumps(asdict(seen), indent=1))
    return seen.account.holds


def _print_cells(town: Town, options: argparse.Namespace) -> bool:
    town.start()
    hold = True
    print("| stage | fault | happened | lost | twice | out of order | repeats | s |")
    print("|---|---|---|---|---|---|---|---|")
    for seen in under_faults(town, messages=options.messages):
        told = seen.account
        counts = (seen.happened, told.lost, told.answered_twice, told.out_of_order, told.repeats)
        cells = (seen.cell.stage, seen.cell.fault, *counts, seen.seconds)
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
        hold = hold and told.holds
    return hold


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, help="a home that was started once; it is copied")
    parser.add_argument("--channel", choices=CHANNELS, default="telegram")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    parser.add_argument("--messages", type=int, default=10_000, help="in all; with --cells, of each cell")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cells", action="store_true", help="each fault at each stage by itself")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
