"""What masking took out of a text, to be read beside what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from nlu.text import clean

_WORDS = re.compile(r"\s+|[^\s,;.!?]+|[,;.!?]")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of the original. is_masked: it is not in what would be shown."""

    text: str
    is_masked: bool


def parts(original: str, masked: str) -> tuple[Part, ...]:
    """The whole original, cleaned, cut where masking begins and ends; a space within is masked, too."""
    before, after = _WORDS.findall(clean(original)), _WORDS.findall(masked)
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    cut = [("".join(before[start:end]), kind != "equal") for kind, start, end, _, _ in found if start < end]
    joined = [(text, is_masked or _is_between(cut, index)) for index, (text, is_masked) in enumerate(cut)]
    return tuple(
        Part(text="".join(text for text, _ in stretch), is_masked=is_masked)
        for is_masked, stretch in groupby(joined, key=itemgetter(1))
    )


def _is_between(cut: list[tuple[str, bool]], index: int) -> bool:
    """Whether it is the space between two masked words."""
    return cut[index][0].isspace() and all(is_masked for _, is_masked in cut[index - 1 : index + 2 : 2])
