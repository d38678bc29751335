"""Probes: the short texts that are encoded and lead to a procedure or an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from knowledge_base.article import Content
from nlu.text import clean, fold, syllables

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_OPENING = re.compile(r"^(?:thủ tục|tthc)\s*:?\s+(?:hành chính\s+)?", re.IGNORECASE)


class ProbeKind(StrEnum):
    """What a probe is: our own words for a procedure, or people's."""

    TITLE = "title"
    ALIAS = "alias"
    EXAMPLE = "example"
    LEAD = "lead"


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A short text that leads to the procedure `code`. id is "code:kind:number"; digest is of the text."""

    id: str
    code: str
    kind: ProbeKind
    text: str
    digest: str


def probes(content: Content, examples: Iterable[str]) -> tuple[Probe, ...]:
    """The title, aliases, lead and example questions of a content, the title first.

    A text that says the same as an earlier one (but for case, marks and punctuation) is left out.
    """
    found: dict[str, Probe] = {}
    for number, (kind, text) in enumerate(_texts(content, examples)):
        said = " ".join(syllables(fold(text)))
        if said:
            found.setdefault(said, _probe(content.code, kind, number, clean(text)))
    return tuple(found.values())


def short_title(title: str) -> str:
    """The title as people say it: no "Thủ tục" in front, nothing in brackets."""
    return clean(_OPENING.sub("", _IN_BRACKETS.sub("", title)))


def _texts(content: Content, examples: Iterable[str]) -> Iterable[tuple[ProbeKind, str]]:
    yield ProbeKind.TITLE, content.title
    yield ProbeKind.ALIAS, short_title(content.title)
    for alias in content.aliases:
        yield ProbeKind.ALIAS, alias
    if content.lead:
        yield ProbeKind.LEAD, content.lead.text
    for example in examples:
        yield ProbeKind.EXAMPLE, example


def _probe(code: str, kind: ProbeKind, number: int, text: str) -> Probe:
    return Probe(
        id=f"{code}:{kind}:{number}",
        code=code,
        kind=kind,
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )
