"""What a message costs on its whole way, and how long it takes.

usage: python -m benchmarks.delivery --home FOLDER [--channel telegram|telegram-webhook|zalo] [--messages 300]

Runs the real `motcua run` on a copy of FOLDER (a home that was started once, best with the national
procedures) against an emulated far end in this process, and sends questions, none twice, each of a citizen
of its own. The office's CPU is read from the kernel, so neither the emulator's nor the sender's is in it; nor
is what an idle office takes in the same time. A busy machine makes every step dearer: the encoder's cost,
measured here after each load, tells how much.

- all at once: CPU of the office a message, and so how many a second one core can answer
- at half of that load: from the committed message to the far end's answer to the reply (p50, p95), and from
  the far end's call of our webhook to its 200 (p50, p99)
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import starter
from benchmarks.accounting import select
from benchmarks.far_ends import CHANNELS, FarEnd, opened
from nlu.encoders import open_encoder
from tests.journeys.processes import Office

TICKS = os.sysconf("SC_CLK_TCK")
WARM = 30


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one load measured over `answered` messages. Milliseconds.

    webhook: p50 and p99 of its answers, None where updates are fetched.
    """

    answered: int
    cpu_a_message: float
    encoder_a_message: float
    idle_cpu_a_second: float
    answered_a_second: float
    p50: float
    p95: float
    webhook: tuple[float, float] | None

    @property
    def encoders(self) -> float:
        """The cost of a message in encoded questions: what does not change with the load of the machine."""
        return round(self.cpu_a_message / self.encoder_a_message, 2)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, opened(options.channel) as far_end:
        home = shutil.copytree(options.home, Path(folder) / "home")
        office = Office(home=home, settings=far_end.settings())
        office.start()
        try:
            far_end.begin(office.url)
            questions = questions_of_citizens(WARM + 2 * options.messages)
            _measured(office, far_end, questions[:WARM], first_chat=1_000, every=0)
            full = questions[WARM : WARM + options.messages]
            at_once = _measured(office, far_end, full, first_chat=10_000, every=0)
            every = 2 * at_once.cpu_a_message / 1000
            half = _measured(
                office, far_end, questions[WARM + options.messages :], first_chat=50_000, every=every
            )
        finally:
            office.stop()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(_line("all at once", at_once))
    print(_line("at half load", half))
    print(f"one core could answer {1000 / at_once.cpu_a_message:.0f} a second")


def _measured(
    office: Office, far_end: FarEnd, questions: Sequence[str], *, first_chat: int, every: float
) -> Load:
    """Send them, one each `every` seconds, and wait until all are answered."""
    idle = _idle_cpu(office)
    called = len(far_end.webhook_seconds())
    last, cpu, begun = _last_turn(office), _cpu(office), time.monotonic()
    for number, question in enumerate(questions):
        time.sleep(max(0.0, begun + number * every - time.monotonic()))
        far_end.says(first_chat + number, question)
    while len(waits := _waits(office, last)) < len(questions):
        time.sleep(0.2)
    seconds = time.monotonic() - begun
    spent = _cpu(office) - cpu - idle * seconds
    return Load(
        answered=len(waits),
        cpu_a_message=round(1000 * spent / len(waits), 1),
        encoder_a_message=round(_encoder_ms(office.home, questions[:60]), 1),
        idle_cpu_a_second=round(1000 * idle, 1),
        answered_a_second=round(len(waits) / seconds, 1),
        p50=round(statistics.median(waits)),
        p95=round(share_within(waits, 0.95)),
        webhook=_webhook(far_end.webhook_seconds()[called:]),
    )


def questions_of_citizens(count: int) -> list[str]:
    """Questions of citizens, each in a wording that no text of the release has."""
    lines = map(json.loads, starter.EXAMPLES.read_text(encoding="utf-8").splitlines())
    texts = [text for line in lines for text in line["questions"]]
    random.Random(3).shuffle(texts)
    return [f"cho em hỏi {text}" for text in texts[:count]]


def _idle_cpu(office: Office, *, seconds: float = 4.0) -> float:
    """Seconds of CPU a second of an office that nobody writes to."""
    before = _cpu(office)
    time.sleep(seconds)
    return (_cpu(office) - before) / seconds


def _cpu(office: Office) -> float:
    """Seconds of CPU of the office so far, all threads, user and system."""
    assert office.process is not None
    fields = Path(f"/proc/{office.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _encoder_ms(home: Path, questions: Sequence[str]) -> float:
    encoder = open_encoder("onnx", converted=home / "encoder")
    begun = time.process_time()
    for question in questions:
        encoder.encode_queries([question])
    return 1000 * (time.process_time() - begun) / len(questions)


def _webhook(seconds: Sequence[float]) -> tuple[float, float] | None:
    if not seconds:
        return None
    return round(1000 * statistics.median(seconds)), round(1000 * share_within(seconds, 0.99))


def share_within(values: Sequence[float], share: float) -> float:
    """The least of the values below or at which this share of them lies."""
    return sorted(values)[math.ceil(len(values) * share) - 1]


def _last_turn(office: Office) -> int:
    return int(select(office.home, "", "SELECT coalesce(max(id), 0) FROM conversations_turn")[0][0])


def _waits(office: Office, after: int) -> list[float]:
    """Milliseconds from each committed message to the far end's answer to its first reply."""
    query = f"""
        SELECT (julianday(min(reply.sent_at)) - julianday(asked.created_at)) * 86400000
        FROM conversations_turn asked JOIN conversations_turn reply ON reply.in_reply_to_id = asked.id
        WHERE asked.id > {after} AND reply.status = 'sent' GROUP BY asked.id
    """  # noqa: S608 -- a number of ours
    return [float(line[0]) for line in select(office.home, "", query)]


def _line(name: str, load: Load) -> str:
    webhook = "; webhook p50 {} ms, p99 {} ms".format(*load.webhook) if load.webhook else ""
    return (
        f"{name}: {load.cpu_a_message} ms CPU a message (encoder {load.encoder_a_message}, so "
        f"{load.encoders} of it; idle {load.idle_cpu_a_second} ms/s), {load.answered_a_second}/s, "
        f"p50 {load.p50} ms, p95 {load.p95} ms (n={load.answered}){webhook}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--channel", choices=CHANNELS, default="telegram")
    parser.add_argument("--messages", type=int, default=300)
    return parser.parse_args()


if __name__ == "__main__":
    main()
