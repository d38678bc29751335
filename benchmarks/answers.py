"""How fast and at what cost the running product answers.

usage: python -m benchmarks.answers [--home FOLDER] [--messages 200] [--json]

Starts `motcua run` (twice: the second start is the warm one) in a temporary home, or on a copy of FOLDER, and
sends questions of tests/quality over HTTP, each from a citizen of its own. Reported: seconds of the first and
the warm start, p50 and p95 from the received row to the queued answer at 1 and at 8 clients, CPU of the
server process per answered message (the sender's is not counted), and its resident memory.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from tests.journeys.processes import ROOT, Citizen, Office

QUESTIONS = ROOT / "tests" / "quality" / "questions.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one number of clients measured, over `answered` messages. Times in milliseconds."""

    clients: int
    answered: int
    p50_ms: float
    p95_ms: float
    cpu_ms_per_message: float
    answered_per_second: float


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _prepare_home(home, options.home)
        office = Office(home=home)
        first = _seconds_to_start(office)
        office.stop()
        warm = _seconds_to_start(office)
        loads = [_measure(office, clients, options.messages) for clients in (1, 8)]
        memory = _resident_mb(office)
        office.stop()
    figures = {
        "first_start_s": round(first, 1),
        "warm_start_s": round(warm, 1),
        "memory_mb": round(memory),
        "loads": [asdict(load) for load in loads],
    }
    print(json.dumps(figures) if options.json else _readable(figures, loads))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, help="measure on a copy of this MOTCUA_HOME")
    parser.add_argument("--messages", type=int, default=200, help="messages at each number of clients")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _prepare_home(home: Path, given: Path | None) -> None:
    if given:
        shutil.copytree(given, home)
    else:
        home.mkdir(parents=True)


def _seconds_to_start(office: Office) -> float:
    begun = time.monotonic()
    office.start()
    return time.monotonic() - begun


def _measure(office: Office, clients: int, messages: int) -> Load:
    _send(office, clients, [f"{n} {text}" for n, text in zip(range(10), _questions(), strict=False)])  # warm
    before_cpu, before_id, begun = _cpu_seconds(office), _last_turn(office), time.monotonic()
    texts = list(itertools.islice(itertools.cycle(_questions()), messages))
    _send(office, clients, [f"{text} ({clients}.{n})" for n, text in enumerate(texts)])  # never the same text
    seconds = time.monotonic() - begun
    cpu = _cpu_seconds(office) - before_cpu
    waits = sorted(_waits_ms(office, before_id))
    return Load(
        clients=clients,
        answered=len(waits),
        p50_ms=round(statistics.median(waits), 1),
        p95_ms=round(waits[int(len(waits) * 0.95) - 1], 1),
        cpu_ms_per_message=round(1000 * cpu / len(waits), 1),
        answered_per_second=round(len(waits) / seconds, 1),
    )


def _questions() -> Iterator[str]:
    for line in QUESTIONS.read_text().splitlines():
        yield json.loads(line)["text"]


def _send(office: Office, clients: int, texts: list[str]) -> None:
    waiting = iter(texts)
    lock = threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                text = next(waiting, None)
            if text is None:
                return
            citizen, event_id = Citizen(office=office), uuid4().hex
            citizen.say(text, event_id=event_id)
            _wait_for_reply(office, event_id)
            citizen.client.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _wait_for_reply(office: Office, event_id: str) -> None:
    """Look into the rows, not at the page: asking the server over and over would be counted as its work."""
    query = """
        SELECT count(*) FROM conversations_turn reply JOIN conversations_turn asked
        ON reply.in_reply_to_id = asked.id WHERE asked.event_id LIKE ?
    """
    with closing(_rows(office)) as rows:
        while not rows.execute(query, (f"%{event_id}",)).fetchone()[0]:
            time.sleep(0.01)


def _rows(office: Office) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{office.home}/motcua.sqlite3?mode=ro", uri=True)


def _last_turn(office: Office) -> int:
    with _rows(office) as rows:
        return int(rows.execute("SELECT coalesce(max(id), 0) FROM conversations_turn").fetchone()[0])


def _waits_ms(office: Office, after: int) -> Iterator[float]:
    """Milliseconds from each received row to its first queued reply."""
    query = """
        SELECT asked.created_at, min(reply.created_at) FROM conversations_turn asked
        JOIN conversations_turn reply ON reply.in_reply_to_id = asked.id
        WHERE asked.id > ? GROUP BY asked.id
    """
    with _rows(office) as rows:
        for asked, replied in rows.execute(query, (after,)):
            wait = datetime.fromisoformat(replied) - datetime.fromisoformat(asked)
            yield wait.total_seconds() * 1000


def _cpu_seconds(office: Office) -> float:
    """User and system time of the server process so far, all threads."""
    assert office.process is not None
    fields = Path(f"/proc/{office.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _resident_mb(office: Office) -> float:
    assert office.process is not None
    status = Path(f"/proc/{office.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _readable(figures: dict[str, object], loads: list[Load]) -> str:
    starts = f"first start {figures['first_start_s']} s, warm start {figures['warm_start_s']} s"
    return "\n".join([f"{starts}, memory at most {figures['memory_mb']} MB", *map(_line, loads)])


def _line(load: Load) -> str:
    return (
        f"{load.clients} client(s): p50 {load.p50_ms} ms, p95 {load.p95_ms} ms to the queued answer, "
        f"{load.cpu_ms_per_message} ms CPU a message, {load.answered_per_second}/s (n={load.answered})"
    )


if __name__ == "__main__":
    main()
