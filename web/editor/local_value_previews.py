"""What a rule of Hà Nội would change: answers before and after, on the first day on which it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice

from knowledge_base.answering import full_part
from knowledge_base.content import ProcedureContent
from knowledge_base.content_json import procedure_from_json
from knowledge_base.here import Here, here_and_now
from knowledge_base.local_overrides import local_values
from knowledge_base.local_values import LocalValue, to_json
from knowledge_base.models import Revision
from knowledge_base.parts import PART_LABELS

EXAMPLES_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of an answer. differs: the other answer does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class Example:
    """A procedure whose answer the rule changes: its lines before and after, and which of them differ."""

    title: str
    code: str
    question: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """examples: at most three. day: on which they are answered. fingerprint: of the value that was seen."""

    examples: tuple[Example, ...]
    day: date
    fingerprint: str


def fingerprint(value: LocalValue) -> str:
    """The same for two values that say the same; the key of a new one does not count."""
    plain = {**to_json(value), "key": ""}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def preview(before: LocalValue | None, after: LocalValue) -> Preview:
    """What the live procedures would answer with this rule in the place of the former one, if any."""
    here = here_and_now(values=local_values())
    day = max(here.day, after.effective_from)
    others = tuple(value for value in here.values if value.key != after.key)
    then = replace(here, day=day, values=(*others, *((before,) if before else ())))
    new = replace(here, day=day, values=(*others, after))
    found = (_example(content, after, then, new) for content in _concerned(before, after))
    shown = islice((example for example in found if example), EXAMPLES_SHOWN)
    return Preview(examples=tuple(shown), day=day, fingerprint=fingerprint(after))


def _example(content: ProcedureContent, rule: LocalValue, then: Here, new: Here) -> Example | None:
    was, is_now = (full_part(content, rule.part, here).text.splitlines() for here in (then, new))
    if was == is_now:
        return None
    return Example(
        title=content.title,
        code=content.code,
        question=PART_LABELS[rule.part],
        before=tuple(Line(text=line, differs=line not in is_now) for line in was),
        after=tuple(Line(text=line, differs=line not in was) for line in is_now),
    )


def _concerned(*rules: LocalValue | None) -> Iterator[ProcedureContent]:
    live = Revision.objects.filter(status=Revision.Status.LIVE, content__signpost=None)
    codes = [rule.procedure for rule in rules if rule]
    if all(codes):
        live = live.filter(procedure__code__in=codes)
    for plain in live.order_by("procedure__code").values_list("content", flat=True).iterator(chunk_size=200):
        content = procedure_from_json(plain)
        if any(rule and rule.concerns(content) for rule in rules):
            yield content
