"""The number guard: no figure reaches a citizen that its source does not hold.

Every number of a Quoted span occurs in its part; a Computed one shows what it rests on and its rule; a Fixed
sentence holds none, unless it names the source of its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from knowledge_base.answers import Computed, Fixed, Quoted, Span, Spoken
from knowledge_base.article import ArticleContent, Content
from knowledge_base.content import PartName
from knowledge_base.errors import UnsafeAnswer
from knowledge_base.parts import part_texts

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

Numbers = frozenset[str]


def numbers(text: str) -> Numbers:
    """The numbers of a text. "20.000", "20,000" and "20000" are one number; "1,5" and "15" are two."""
    found = _NUMBER.findall(text)
    return frozenset(re.sub("[.,]", "", number) if _GROUPED.fullmatch(number) else number for number in found)


def check(content: Content, answer: Spoken) -> None:
    """Raises UnsafeAnswer, naming every span that says a figure its source does not hold."""

    @cache  # a long part has a span for each of its lines
    def held(part: str) -> Numbers:
        return numbers("\n".join(_said(content, part)))

    problems = [problem for span in answer.spans for problem in _problems(span, held)]
    if problems:
        raise UnsafeAnswer(f"{content.code}: {'; '.join(problems)}. Look at how the record was read.")


def _problems(span: Span, held: Callable[[str], Numbers]) -> Iterator[str]:
    match span:
        case Quoted():
            yield from _without_source(span.text, held(span.part) | numbers("\n".join(span.local)), span.part)
        case Computed():
            yield from _computed(span, held)
        case Fixed(source=""):
            yield from _without_source(span.text, frozenset(), None)


def _computed(span: Computed, held: Callable[[str], Numbers]) -> Iterator[str]:
    if not (span.inputs and span.rule):
        yield "a computed value without inputs or rule"
    hidden = [words for words in (*span.inputs, *span.given, span.rule) if words not in span.text]
    if hidden:
        yield f"a computed value that does not show {hidden}"
    yield from _without_source("\n".join(span.inputs), held(span.part), span.part)


def _said(content: Content, part: str) -> tuple[str, ...]:
    """The words of a part of a procedure or of a section of an article; of an unknown one there are none."""
    if isinstance(content, ArticleContent):
        section = content.section(part)
        return (section.heading, section.text) if section else ()
    return part_texts(content, PartName(part))


def _without_source(text: str, held: Numbers, part: str | None) -> Iterator[str]:
    strange = numbers(text) - held
    if strange:
        where = f"the part {part}" if part else "a sentence of ours"
        yield f"{where} does not hold {sorted(strange)}"
