"""Opens the assistant for work, as threads of this process: workers, delivery loops; closes it in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bot.channels import Channel
from bot.delivery import deliver_until
from bot.responder import Responder
from bot.turn_queue import embedded
from bot.workers import work_until
from motcua.assigning import assign_until
from motcua.classifier import open_classifier
from motcua.dates import apply_dates_until
from motcua.deadlines import watch_deadlines_until
from motcua.digests import send_digests_until
from motcua.retention import let_go_until
from nlu.report_classifier import load_or_train as load_reports

WORKERS = 2
#: Seconds a thread may take to finish its turn at shutdown; its lease frees the turn if it does not.
FAREWELL = 5.0


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """The assistant at work; `stop` ends all of its threads."""

    stop: threading.Event
    threads: Sequence[threading.Thread]


@contextmanager
def open_assistant(home: Path, *, channels: Sequence[Channel]) -> Iterator[Assistant]:
    """Start the threads over these channels, and end them when the block ends.

    Meanwhile no product of matrices is spread over cores: a message's are so small that the second core
    would only spin (2.5 ms of CPU instead of 0.2 for one product), and other messages want it.
    """
    with open_classifier(home) as classifier, threadpool_limits(limits=1, user_api="blas"):
        responder = Responder(
            classifier=classifier,
            reports=load_reports(home / "nlu"),
            channels={channel.name: channel for channel in channels},
        )
        yield from _at_work(responder, channels)


def _at_work(responder: Responder, channels: Sequence[Channel]) -> Iterator[Assistant]:
    stop = threading.Event()
    threads = [
        *(_worker(number, stop, responder) for number in range(1, WORKERS + 1)),
        *(_delivery(channel, stop) for channel in channels),
        threading.Thread(target=apply_dates_until, args=(stop,), name="effective-dates", daemon=True),
        threading.Thread(target=let_go_until, args=(stop,), name="retention", daemon=True),
        threading.Thread(target=watch_deadlines_until, args=(stop,), name="deadlines", daemon=True),
        threading.Thread(target=assign_until, args=(stop,), name="assignment", daemon=True),
        threading.Thread(target=send_digests_until, args=(stop,), name="digests", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield Assistant(stop=stop, threads=threads)
    finally:
        stop.set()
        for thread in threads:
            thread.join(FAREWELL)


def _worker(number: int, stop: threading.Event, responder: Responder) -> threading.Thread:
    return threading.Thread(
        target=work_until,
        args=(stop,),
        kwargs={"responder": responder, "queue": embedded},
        name=f"worker-{number}",
        daemon=True,
    )


def _delivery(channel: Channel, stop: threading.Event) -> threading.Thread:
    name = f"delivery-{channel.name}"
    return threading.Thread(target=deliver_until, args=(stop, channel), name=name, daemon=True)
