"""Procedures of one title: who settles them tells them apart, else their code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from textwrap import shorten

from knowledge_base.article import Content
from knowledge_base.content import ProcedureContent
from nlu.text import fold, syllables

#: Characters of an agency's name beside a title; some records list six agencies in one.
LONGEST_AGENCY = 80


def namesakes(contents: Sequence[Content]) -> Mapping[str, str]:
    """By code, what to add to titles that read alike ("Sở Xây dựng", "mã 1.011729"); nothing for others."""
    groups: dict[str, list[Content]] = defaultdict(list)
    for content in contents:
        groups[" ".join(syllables(fold(content.title)))].append(content)
    told: dict[str, str] = {}
    for alike in groups.values():
        if len(alike) > 1:
            told |= _apart(alike)
    return told


def _apart(alike: Sequence[Content]) -> Mapping[str, str]:
    agencies = {content.code: _agency(content) for content in alike}
    if all(agencies.values()) and len(set(agencies.values())) == len(alike):
        return agencies
    return {content.code: f"mã {content.code}" for content in alike}


def _agency(content: Content) -> str:
    settled_by = content.agencies[:1] if isinstance(content, ProcedureContent) else ()
    return shorten("".join(settled_by), LONGEST_AGENCY, placeholder="…")
