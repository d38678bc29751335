"""The two intent classifiers side by side: the one in this process, and a real Rasa server.

usage: python -m benchmarks.classifiers PATH [--environment .venv-rasa] [--requests 300] [--json]

PATH is a folder with intents.jsonl ({"text", "intent"} a line). Both are trained from the project's files in
a temporary home, and read the same texts. Reported: accuracy of the classifier alone and behind the guards
(as the assistant reads), each with its 95 % bootstrap interval; milliseconds of one reading (p50, p95), asked
one after the other, Rasa's over HTTP; CPU of the classifier's process a reading, which other work on the
machine changes least; readings a second with 1 and with 4 clients; resident memory of the process; seconds of
training, Rasa's own start included, and of starting the server.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlu import evaluation
from nlu.intents import IntentClassifier, read_intent
from nlu.local_classifier import train
from nlu.rasa.project import RasaProject
from nlu.rasa.running import running
from nlu.rasa.server import open_server
from nlu.training_data import NLU_YML

ROOT = Path(__file__).resolve().parent.parent
#: Seconds a reading may take here: slowness is measured, not cut off.
PATIENT = 30.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one classifier. Intervals are 95 %; times in milliseconds unless they say seconds; memory in MB."""

    classifier: str
    n: int
    accuracy: float
    accuracy_95: Sequence[float]
    with_guards: float
    with_guards_95: Sequence[float]
    p50: float
    p95: float
    cpu: float
    per_second: float
    per_second_4_clients: float
    memory: int
    training_seconds: float
    starting_seconds: float


def main() -> None:
    arguments = _arguments()
    figures = [_of_local(arguments), _of_rasa(arguments)]
    print(json.dumps([asdict(each) for each in figures], indent=2) if arguments.json else _table(figures))


def _of_local(arguments: argparse.Namespace) -> Figures:
    started = time.perf_counter()
    classifier = train(NLU_YML)
    training = time.perf_counter() - started
    return _measured(classifier, "self", arguments, training=training, starting=0.0)


def _of_rasa(arguments: argparse.Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="motcua-rasa-") as home:
        project = RasaProject(python=arguments.environment / "bin" / "python", home=Path(home))
        started = time.perf_counter()
        project.train()
        training = time.perf_counter() - started
        with running(project) as server, open_server(server.url, token=server.token, within=PATIENT) as rasa:
            rasa.classify("xin chào")  # what Rasa makes ready with its first text
            return _measured(rasa, server.pid, arguments, training=training, starting=server.seconds)


def _measured(
    classifier: IntentClassifier,
    process: int | str,
    arguments: argparse.Namespace,
    *,
    training: float,
    starting: float,
) -> Figures:
    cpu = _cpu(process)
    alone = evaluation.read_all(arguments.path, classifier.classify)
    cpu = _cpu(process) - cpu
    guarded = evaluation.read_all(arguments.path, lambda text: read_intent(text, classifier))
    of_alone = evaluation.summary(alone, classifier=classifier.name)
    of_guarded = evaluation.summary(guarded, classifier=classifier.name)
    texts = list(itertools.islice(itertools.cycle(each.text for each in alone), arguments.requests))
    return Figures(
        classifier=classifier.name,
        n=of_alone["n"],
        accuracy=of_alone["accuracy"],
        accuracy_95=of_alone["accuracy_95"],
        with_guards=of_guarded["accuracy"],
        with_guards_95=of_guarded["accuracy_95"],
        **of_alone["latency_ms"],
        cpu=round(cpu * 1000 / len(alone), 1),
        per_second=_per_second(classifier, texts, clients=1),
        per_second_4_clients=_per_second(classifier, texts, clients=4),
        memory=_memory(process),
        training_seconds=round(training, 1),
        starting_seconds=round(starting, 1),
    )


def _per_second(classifier: IntentClassifier, texts: Sequence[str], *, clients: int) -> float:
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        assert len(list(threads.map(classifier.classify, texts))) == len(texts)
    return round(len(texts) / (time.perf_counter() - started), 1)


def _cpu(process: int | str) -> float:
    """Seconds of CPU that a process has used."""
    after_name = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int | str) -> int:
    """Resident memory of a process, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def _table(figures: Sequence[Figures]) -> str:
    rows = [{name: _cell(value) for name, value in asdict(each).items()} for each in figures]
    return "\n".join(f"{name:22}" + "".join(f"{row[name]:>26}" for row in rows) for name in rows[0])


def _cell(value: Any) -> str:
    return "–".join(map(str, value)) if isinstance(value, list) else str(value)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv-rasa")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
