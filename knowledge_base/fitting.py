"""Fitting an answer to a chat: as many spans as there is room for, never half a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.answers import Span

# A chat answer is read on a phone in one or two screens (design.md, "Who can wait for what").
CHAT_LIMIT = 900
LINE_LIMIT = 110

_WITHIN_NUMBERS = frozenset("0123456789.,")
#: Not after a colon: what it announces would be missing.
_END_OF_SENTENCE = re.compile(r"(?<=[.;!?])\s|\n")


def fitted(spans: Sequence[Span], room: int) -> tuple[list[Span], bool]:
    """As many spans as fit, the last one cut at the end of a sentence; and whether that is all."""
    shown: list[Span] = []
    for span in spans:
        if len(span.text) + 1 > room:
            if room > LINE_LIMIT or not shown:
                shown.append(clipped(span, max(room, LINE_LIMIT)))
            return shown, False
        shown.append(span)
        room -= len(span.text) + 1
    return shown, True


def clipped(span: Span, limit: int) -> Span:
    """The span, or its beginning of at most limit characters, ending with a sentence or a word."""
    if len(span.text) <= limit:
        return span
    head = span.text[: limit - 2]
    ends = [match.start() for match in _END_OF_SENTENCE.finditer(head)]
    if ends and ends[-1] > limit // 2:
        head = head[: ends[-1]]
    elif " " in head:
        head = head[: head.rindex(" ")]
    # Half a number is a wrong number.
    if head[-1:].isdecimal() and span.text[len(head) : len(head) + 1] in _WITHIN_NUMBERS:
        head = head.rstrip("0123456789.,")
    return replace(span, text=f"{head.rstrip()} …")
