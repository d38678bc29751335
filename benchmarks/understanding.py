"""What it costs to understand a message and decide on it, without the search, on the release in force.

usage: python -m benchmarks.understanding [MESSAGES.jsonl …] [--json]

MESSAGES has a "text" a line; the messages of tests/quality that may be looked at when not given. Each is read
as the first of a conversation, and again while a report is being filled; beside it, the classifier alone.
Milliseconds of CPU of the one thread that works: what else the machine does is left out, but a machine that
is busy on both threads of a core still counts up to twice.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

if TYPE_CHECKING:
    from bot.state import State
    from conversations.models import Turn
    from knowledge_base.library import Library, SearchResult

QUALITY = Path(__file__).resolve().parent.parent / "tests" / "quality"
MESSAGES = (QUALITY / "intents_dev.jsonl", QUALITY / "adversarial_dev.jsonl")


class Clocked:
    """A library that knows how long it has searched, so that this can be taken off."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.seconds = 0.0

    def search(self, text: str) -> SearchResult:
        begin = thread_time()
        found = self.library.search(text)
        self.seconds += thread_time() - begin
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.library, name)


def measure(texts: Sequence[str]) -> dict[str, Any]:
    """Read every text in both states after a first round that warms up."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be set up first

    from bot import form_filling, report_form  # noqa: PLC0415
    from bot.state import State  # noqa: PLC0415
    from knowledge_base.releases import pinned_library  # noqa: PLC0415
    from motcua.throw_away import throw_away_database  # noqa: PLC0415
    from nlu.local_classifier import load_or_train  # noqa: PLC0415
    from nlu.report_classifier import load_or_train as load_reports  # noqa: PLC0415
    from nlu.training_data import NLU_YML  # noqa: PLC0415

    classifier = load_or_train(NLU_YML, settings.MOTCUA_HOME / "nlu")
    reports = load_reports(settings.MOTCUA_HOME / "nlu")
    filling = State().filling(form_filling.start(report_form.Said(text="đèn đường hỏng")))
    with throw_away_database(), pinned_library() as library:
        clocked = Clocked(library)

        def decide(state: State) -> Callable[[str], float]:
            return lambda text: _decided(text, state, classifier=classifier, reports=reports, clocked=clocked)

        def classify(text: str) -> float:
            begin = thread_time()
            classifier.ranking(text)
            return thread_time() - begin

        steps = {"first message": decide(State()), "in a form": decide(filling), "classifier": classify}
        for step in steps.values():
            list(map(step, texts[:20]))
        times = {name: [step(text) * 1000 for text in texts] for name, step in steps.items()}
    spread = {name: _spread(of) for name, of in times.items()}
    whole = statistics.median(times["first message"]) / statistics.median(times["classifier"])
    return {
        "release": library.name,
        "messages": len(texts),
        "ms": spread,
        "times_the_classifier": round(whole, 2),
    }


def _decided(text: str, state: State, *, classifier: Any, reports: Any, clocked: Clocked) -> float:
    """Seconds from the raw text to the move, less those of the search."""
    from django.utils import timezone  # noqa: PLC0415

    from bot.decided import Situation  # noqa: PLC0415
    from bot.policy import next_move  # noqa: PLC0415
    from bot.reading import understand  # noqa: PLC0415
    from nlu import guards  # noqa: PLC0415
    from nlu.text import clean  # noqa: PLC0415

    turn = _received(text)
    searched, begin = clocked.seconds, thread_time()
    guards.look(clean(text))  # as the intake did, before the row
    seen = understand(
        turn,
        classifier=classifier,
        reports=reports,
        library=cast("Library", clocked),
        place_expected=state.form is not None,
    )
    next_move(Situation(in_queue=False, state=state, seen=seen, at=timezone.now()))
    return thread_time() - begin - (clocked.seconds - searched)


def _received(text: str) -> Turn:
    """The row of a message that begins a conversation."""
    from django.utils import timezone  # noqa: PLC0415

    from bot.intake import receive  # noqa: PLC0415
    from conversations.messages import Address, InboundMessage, MessageKind  # noqa: PLC0415

    event = uuid4().hex
    address = Address(channel="webchat", account="benchmark", chat=event)
    return receive(
        InboundMessage(
            address=address, event_id=event, kind=MessageKind.TEXT, text=text, sent_at=timezone.now()
        )
    )


def _spread(times: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(times), 2),
        "p95": round(statistics.quantiles(times, n=20)[-1], 2),
        "most": round(max(times), 2),
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("messages", type=Path, nargs="*", default=MESSAGES)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    lines = [line for file in given.messages for line in file.read_text(encoding="utf-8").splitlines()]
    report = measure([json.loads(line)["text"] for line in lines if line.strip()])
    print(json.dumps(report, indent=1) if given.json else _table(report))


def _table(report: dict[str, Any]) -> str:
    rows = [f"{name:<16}{row['p50']:>8}{row['p95']:>8}{row['most']:>8}" for name, row in report["ms"].items()]
    rest = [f"{name}: {value}" for name, value in report.items() if name != "ms"]
    return "\n".join([*rest, f"{'ms':<16}{'p50':>8}{'p95':>8}{'most':>8}", *rows])


if __name__ == "__main__":
    main()
