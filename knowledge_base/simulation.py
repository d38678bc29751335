"""Simulated questions: what a release is calibrated on, made of nothing but its own texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge_base.probes import Probe, ProbeKind, short_title

# Ways in which people put a procedure's name into a question.
_FRAMES = (
    "{} cần những giấy tờ gì",
    "hồ sơ {} gồm những gì",
    "thủ tục {} thực hiện thế nào",
    "{} nộp ở đâu",
    "lệ phí {} là bao nhiêu",
    "{} mất bao lâu",
    "tôi muốn hỏi về {}",
    "điều kiện {} là gì",
    "muốn {} thì phải làm sao",
    "{}",
)
_TIMES = 5
_MOST_WORDS = 14
_DROPPED = 0.2


def title_questions(probes: Iterable[Probe], *, most: int, seed: int = 5) -> list[tuple[str, str]]:
    """At most `most` pairs (code, question): titles as people half remember them.

    Some words are dropped and a question is put around the rest, so that a release knows how well a title
    alone is found; most procedures have no examples. In a small base each title is asked a few times. The
    same probes give the same questions.
    """
    titles = [probe for probe in probes if probe.kind is ProbeKind.TITLE]
    chance = np.random.default_rng(seed)
    chosen = np.tile(chance.permutation(len(titles)), _TIMES)[:most]
    return [(titles[n].code, _question(short_title(titles[n].text), chance)) for n in sorted(chosen.tolist())]


def _question(title: str, chance: np.random.Generator) -> str:
    words = _middle(title.lower().split(), chance)
    kept = [word for word in words if chance.random() >= _DROPPED] or words
    return _FRAMES[chance.integers(len(_FRAMES))].format(" ".join(kept))


def _middle(words: Sequence[str], chance: np.random.Generator) -> Sequence[str]:
    if len(words) <= _MOST_WORDS:
        return words
    length = int(chance.integers(8, _MOST_WORDS + 1))
    begin = int(chance.integers(0, min(4, len(words) - length + 1)))
    return words[begin : begin + length]
