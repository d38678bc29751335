"""The encoder "onnx" beside the bundled one, on the same texts in the same run.

usage: python -m benchmarks.encoders [--texts 120] [--json]

Questions are example questions of the starter, taken evenly; a passage is as many of them as make about 160
tokens. Each text goes to both encoders in turn, on one thread, so that other work on the machine meets both;
milliseconds of CPU besides those of the clock. Opening and memory are measured in a process of their own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import starter
from nlu.encoders import Encoder, open_encoder

NAMES = ("onnx", "bundled")
PASSAGE_CHARACTERS = 620
PASSAGES = 8
STATUS = Path("/proc/self/status")


def measure(texts: Sequence[str], folder: Path) -> dict[str, Any]:
    """Convert, open, encode: everything reported, by encoder."""
    begin = time.perf_counter()
    open_encoder("onnx", converted=folder)
    converting = time.perf_counter() - begin
    encoders = {name: open_encoder(name, converted=folder) for name in NAMES}
    together = " ".join(texts)
    passages = [together[n * 40 :][:PASSAGE_CHARACTERS] for n in range(PASSAGES)]
    cosines = _cosines(encoders, texts)
    return {
        "texts": len(texts),
        "converting_s": round(converting, 2),
        "converted_mb": round(sum(path.stat().st_size for path in folder.rglob("*.*")) / 1e6, 1),
        "cosine": {"mean": round(float(cosines.mean()), 5), "min": round(float(cosines.min()), 5)},
        "alone": {name: _alone(name, folder) for name in NAMES},
        "query": _times({name: each.encode_queries for name, each in encoders.items()}, texts),
        "passage": _times({name: _one_thread(each) for name, each in encoders.items()}, passages),
        "batch_texts_per_s": {name: _batch(each, texts) for name, each in encoders.items()},
    }


def _cosines(encoders: dict[str, Encoder], texts: Sequence[str]) -> Any:
    ours, theirs = (np.vstack([each.encode_queries([text]) for text in texts]) for each in encoders.values())
    return (ours * theirs).sum(axis=1)


def _one_thread(encoder: Encoder) -> Callable[[Sequence[str]], Any]:
    """A single passage as the port has it, held to one thread where the encoder would take all."""
    threads = getattr(encoder, "threads", None)
    if threads is None:
        return encoder.encode_passages

    def encode(texts: Sequence[str]) -> Any:
        return encoder.model.encode(list(texts), is_query=False)  # type: ignore[attr-defined]

    def limited(texts: Sequence[str]) -> Any:
        with threads.limit(limits=1, user_api="openmp"):
            return encode(texts)

    return limited


def _times(encode: dict[str, Callable[[Sequence[str]], Any]], texts: Sequence[str]) -> dict[str, Any]:
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in encode}
    for text in texts:
        for name, of in encode.items():
            cpu, clock = time.process_time(), time.perf_counter()
            of([text])
            spent[name].append((time.perf_counter() - clock, time.process_time() - cpu))
    return {name: _spread(np.array(times) * 1000) for name, times in spent.items()}


def _spread(times: Any) -> dict[str, float]:
    clock, cpu = times[:, 0], times[:, 1]
    return {
        "p50": round(float(np.median(clock)), 1),
        "p95": round(float(np.quantile(clock, 0.95)), 1),
        "cpu": round(float(np.median(cpu)), 1),
    }


def _batch(encoder: Encoder, texts: Sequence[str]) -> float:
    begin = time.perf_counter()
    encoder.encode_queries(texts)
    return round(len(texts) / (time.perf_counter() - begin), 1)


def _alone(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.encoders", "--alone", name, "--folder", str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _open_alone(name: str, folder: Path) -> dict[str, float]:
    before, begin = _resident_mb(), time.perf_counter()
    encoder = open_encoder(name, converted=folder)
    seconds = time.perf_counter() - begin
    encoder.encode_queries(["đăng ký khai sinh cần giấy tờ gì"])
    return {"open_s": round(seconds, 2), "memory_mb": round(_resident_mb() - before)}


def _resident_mb() -> float:
    return int(STATUS.read_text().split("VmRSS:")[1].split()[0]) / 1024


def _questions(most: int) -> list[str]:
    lines = starter.EXAMPLES.read_text(encoding="utf-8").splitlines()
    texts = [question for line in lines for question in json.loads(line)["questions"]]
    return texts[:: -(-len(texts) // most)]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(_open_alone(given.alone, given.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        report = measure(_questions(given.texts), Path(folder))
    print(json.dumps(report, indent=1) if given.json else _table(report))


def _table(report: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in report.items())


if __name__ == "__main__":
    main()
