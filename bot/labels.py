"""Labels that fit and can still be told apart: of what begins alike, the part that differs is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from textwrap import shorten

CUT = "…"


def short_labels(labels: Sequence[str], *, longest: int) -> tuple[str, ...]:
    """Each label within `longest` characters, what was left out marked by "…". Different ones stay different.

    "Đăng ký khai sinh có yếu tố nước ngoài", cut beside one that begins alike: "Đăng ký khai… nước ngoài".
    """
    begun = [_beginning(label, longest) for label in labels]
    told = [
        _with_what_differs(label, alike, longest) if (alike := _alike(label, its, labels, begun)) else its
        for label, its in zip(labels, begun, strict=True)
    ]
    return _numbered_apart(labels, told, longest)


def _alike(label: str, short: str, labels: Sequence[str], shorts: Sequence[str]) -> list[str]:
    """The other labels that are shortened to the same."""
    return [other for other, its in zip(labels, shorts, strict=True) if its == short and other != label]


def _beginning(label: str, longest: int) -> str:
    label = " ".join(label.split())
    if len(label) <= longest:
        return label
    words = shorten(label, longest, placeholder=CUT)
    return words if words != CUT else label[: longest - 1] + CUT


def _with_what_differs(label: str, alike: Sequence[str], longest: int) -> str:
    """Its first words, "…", and what comes after the words it shares with the likest of the others."""
    words = label.split()
    shared = max(_shared_words(words, other.split()) for other in alike)
    rest = _beginning(" ".join(words[min(shared, len(words) - 1) :]), longest - 2)
    room = longest - len(rest) - len(CUT) - 1
    head = shorten(" ".join(words), room, placeholder="") if room > 0 else ""
    return f"{head}{CUT} {rest}" if head else f"{CUT} {rest}"


def _shared_words(words: Sequence[str], others: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))


def _numbered_apart(labels: Sequence[str], shorts: Sequence[str], longest: int) -> tuple[str, ...]:
    """With their place behind those that still look alike: they differ only in what was left out."""
    return tuple(
        f"{_beginning(its, longest - len(str(place)) - 3)} ({place})"
        if _alike(label, its, labels, shorts)
        else its
        for place, (label, its) in enumerate(zip(labels, shorts, strict=True), start=1)
    )
