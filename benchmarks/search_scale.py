"""What search costs with 10,000, 100,000 and 1,000,000 probes: build, memory, milliseconds, recall.

usage: python -m benchmarks.search_scale [--probes 10000 100000 ...] [--questions 300] [--json]

The probes of the release in force come first, as they are. Each further one is a probe of them as somebody
else would type it: teencode, no marks, a slip of the finger, other words in front or behind, or several of
these. The text is varied, so the words are real. Of the vectors, those of the release are real, and so is
what each kind of variation does to a vector: measured on VARIED texts that are encoded twice. A further
probe's vector is that of its text drawn to a near neighbour (0 to 40 %), moved by one such measured step,
of length 1 again. Questions are variations nobody holds, all of them really encoded. Recall is against exact
search of the same vectors: of the ten nearest of the 200 that a search asks for. One thread asks, a question
at a time, after encoding; "cpu" beside the clock, which other work on the machine slows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from nlu.encoders import Encoder

VARIED = 1200
NEAREST = 200  # as knowledge_base.library asks
BEST = 60  # as knowledge_base.ranking takes of the words
FRONT = ("cho em hỏi", "ad ơi", "anh chị cho hỏi", "mình muốn hỏi", "cho tôi hỏi chút", "dạ", "alo", "em cần")
BEHIND = ("ạ", "với ạ", "thì sao", "mình cảm ơn", "giúp em với", "hả ad", "như thế nào", "ở đâu vậy")
TEENCODE = {
    "không": "ko",
    "được": "dc",
    "gì": "j",
    "vậy": "z",
    "với": "vs",
    "làm": "lm",
    "người": "ng",
    "giấy tờ": "gt",
    "bao nhiêu": "bn",
    "rồi": "r",
    "thủ tục": "tt",
    "mình": "mk",
    "biết": "bit",
    "đăng ký": "đk",
    "giờ": "h",
    "nhiêu": "nhiu",
    "phải": "fai",
    "quá": "wa",
    "cũng": "cg",
}
Chance = np.random.Generator
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Real:
    """The probes of a release: texts, encoded vectors, and the steps that variations make, by kind."""

    texts: list[str]
    vectors: Array
    neighbours: Array
    steps: dict[str, Array]
    projection: Array


def teencode(text: str, chance: Chance) -> str:
    for word, short in TEENCODE.items():
        if chance.random() < 0.8:
            text = text.replace(word, short)
    return text


def without_marks(text: str, _: Chance) -> str:
    from nlu.text import fold  # noqa: PLC0415

    return fold(text)


def slip(text: str, chance: Chance) -> str:
    """One or two letters changed places, doubled or left out."""
    letters = list(text)
    for _ in range(int(chance.integers(1, 3))):
        place = int(chance.integers(0, max(len(letters) - 1, 1)))
        match int(chance.integers(3)):
            case 0:
                letters[place : place + 2] = reversed(letters[place : place + 2])
            case 1:
                letters[place:place] = letters[place : place + 1]
            case _:
                del letters[place : place + 1]
    return "".join(letters)


def longer(text: str, chance: Chance) -> str:
    front, behind = chance.choice(FRONT), chance.choice(BEHIND)
    return (f"{front} {text}", f"{text} {behind}", f"{front} {text} {behind}")[int(chance.integers(3))]


def together(text: str, chance: Chance) -> str:
    return slip(without_marks(teencode(longer(text, chance), chance), chance), chance)


KINDS: dict[str, Callable[[str, Chance], str]] = {
    kind.__name__: kind for kind in (teencode, without_marks, slip, longer, together)
}


def read(questions: int) -> tuple[Real, list[str], Array, Any]:
    """The release in force, and questions with their vectors."""
    from knowledge_base.models import ActiveRelease  # noqa: PLC0415
    from knowledge_base.releases import encoder, folder_of  # noqa: PLC0415
    from nlu.diacritics import Restorer  # noqa: PLC0415

    folder = folder_of(ActiveRelease.objects.get().release)
    with closing(sqlite3.connect(folder / "library.db")) as rows:
        texts = [text for (text,) in rows.execute("select text from probes order by code, place")]
    restorer = Restorer.load(folder / "restorer.npz")
    vectors = np.load(folder / "encoded.npy")
    chance = np.random.default_rng(0)
    chosen = chance.choice(len(texts), size=VARIED, replace=len(texts) < VARIED)
    steps = {
        kind: _encoded([vary(texts[n], chance) for n in part], restorer, encoder()) - vectors[part]
        for (kind, vary), part in zip(KINDS.items(), np.array_split(chosen, len(KINDS)), strict=True)
    }
    near = np.argsort(-(vectors @ vectors.T), axis=1)[:, 1:9] if len(texts) < 30_000 else None
    assert near is not None, "the base is too large for all pairs: take a smaller release"
    asked = [
        KINDS[str(chance.choice(list(KINDS)))](texts[n], chance)
        for n in chance.choice(len(texts), size=questions, replace=len(texts) < questions)
    ]
    real = Real(
        texts=texts,
        vectors=vectors,
        neighbours=near,
        steps=steps,
        projection=np.load(folder / "projection.npy"),
    )
    return real, asked, _encoded(asked, restorer, encoder()), restorer


def _encoded(texts: Sequence[str], restorer: Any, encoder: Encoder) -> Array:
    from knowledge_base.wording import wording  # noqa: PLC0415

    return encoder.encode_queries([wording(text, restorer).marked or "?" for text in texts])


def enlarge(real: Real, count: int) -> tuple[list[str], Array]:
    """Texts and projected vectors of `count` probes."""
    from knowledge_base.projection import project  # noqa: PLC0415

    chance = np.random.default_rng(1)
    first = min(count, len(real.texts))
    texts, vectors = real.texts[:first], np.empty((count, real.vectors.shape[1]), dtype=np.float32)
    vectors[:first] = project(real.vectors[:first], real.projection)
    kinds = list(KINDS)
    for begin in range(first, count, 50_000):
        size = min(50_000, count - begin)
        base = chance.integers(len(real.texts), size=size)
        kind = chance.integers(len(kinds), size=size)
        texts += [KINDS[kinds[k]](real.texts[n], chance) for n, k in zip(base, kind, strict=True)]
        towards = real.neighbours[base, chance.integers(real.neighbours.shape[1], size=size)]
        share = chance.uniform(0, 0.4, size=(size, 1))
        moved = (1 - share) * real.vectors[base] + share * real.vectors[towards]
        for number, name in enumerate(kinds):
            rows = np.flatnonzero(kind == number)
            moved[rows] += real.steps[name][chance.integers(len(real.steps[name]), size=len(rows))]
        vectors[begin : begin + size] = project(moved.astype(np.float32), real.projection)
    return texts, vectors


def measure(count: int, questions: int) -> dict[str, Any]:
    """One size."""
    from knowledge_base.projection import project  # noqa: PLC0415

    real, asked, encoded, restorer = read(questions)
    texts, vectors = enlarge(real, count)
    about_vectors, times = _vectors(vectors, project(encoded, real.projection))
    del vectors
    about_words, word_times = _word_index(texts, asked, restorer)
    return {
        "probes": count,
        "really_encoded": min(count, len(real.texts)),
        "questions": len(asked),
        **about_vectors,
        **about_words,
        "after_encoding_ms": _spread(times + word_times),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _vectors(vectors: Array, asked: Array) -> tuple[dict[str, Any], Array]:
    """Figures of the vector index, and the times of each question."""
    from knowledge_base.vectors import VectorIndex  # noqa: PLC0415

    before, cpu, begin = _resident_mb(), time.process_time(), time.perf_counter()
    index = VectorIndex.build(vectors)
    figures = {
        "index": "graph" if index.breadth else "flat",
        "breadth": index.breadth,
        "recall_at_build": index.recall,
        "vectors_build_s": round(time.perf_counter() - begin, 1),
        "vectors_build_cpu_s": round(time.process_time() - cpu, 1),
        "vectors_mb": round(_resident_mb() - before),
    }
    with threadpool_limits(limits=1):
        index.nearest(asked[0], NEAREST)
        found, near = _timed(lambda vector: index.nearest(vector, NEAREST), asked)
        _, cosines = _timed(lambda pair: index.cosines(*pair), list(zip(asked, found, strict=True)))
    recall = np.mean([_found(vectors, one, numbers) for one, numbers in zip(asked, found, strict=True)])
    return {**figures, "recall_at_10": round(float(recall), 4), "nearest_ms": _spread(near)}, near + cosines


def _found(vectors: Array, asked: Array, numbers: Array) -> float:
    """The share of the ten nearest that was found; of equally near ones any will do."""
    close = vectors @ asked
    tenth = np.partition(close, -10)[-10]
    return float((close[numbers[:10]] >= tenth - 1e-6).mean())


def _word_index(texts: Sequence[str], asked: Sequence[str], restorer: Any) -> tuple[dict[str, Any], Array]:
    """Figures of the word index, and the times of each question."""
    from knowledge_base.ranking import best  # noqa: PLC0415
    from knowledge_base.wording import wording  # noqa: PLC0415
    from knowledge_base.words import WordIndex  # noqa: PLC0415

    forms = [wording(text, restorer).words for text in asked]
    syllables = _words(texts)
    cpu, begin = time.process_time(), time.perf_counter()
    words = WordIndex.build(syllables)
    figures = {
        "words_build_s": round(time.perf_counter() - begin, 1),
        "words_build_cpu_s": round(time.process_time() - cpu, 1),
        "words_mb": round(sum(part.nbytes for part in vars(words).values() if hasattr(part, "nbytes")) / 1e6),
    }
    words.scores(forms[0])
    _, times = _timed(lambda form: best(words.scores(form), BEST), forms)
    return {**figures, "words_ms": _spread(times)}, times


def _words(texts: Sequence[str]) -> list[list[str]]:
    from nlu.abbreviations import expand  # noqa: PLC0415
    from nlu.text import clean, fold, syllables  # noqa: PLC0415

    return [syllables(fold(expand(clean(text)))) for text in texts]


def _timed(ask: Callable[[Any], Any], questions: Sequence[Any]) -> tuple[list[Any], Array]:
    """The answers, and milliseconds by the clock and of CPU, shape (questions, 2)."""
    answers, times = [], []
    for question in questions:
        clock, cpu = time.perf_counter(), time.thread_time()
        answers.append(ask(question))
        times.append((time.perf_counter() - clock, time.thread_time() - cpu))
    return answers, np.array(times) * 1000


def _spread(times: Array) -> dict[str, float]:
    return {
        f"{name}_{cut}": round(float(np.quantile(times[:, column], share)), 2)
        for column, name in enumerate(("clock", "cpu"))
        for cut, share in (("p50", 0.5), ("p95", 0.95))
    }


def _resident_mb() -> float:
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Read the arguments, measure each size, print a line of JSON or a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--probes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    for count in given.probes:
        report = measure(count, given.questions)
        print(json.dumps(report) if given.json else _table(report))
        sys.stdout.flush()


def _table(report: dict[str, Any]) -> str:
    return "\n".join(f"{name:<22}{value}" for name, value in report.items()) + "\n"


if __name__ == "__main__":
    main()
