"""Parts of the release in force for an official to quote: found as the assistant finds, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from textwrap import shorten

from bot import article_replies, replies
from conversations.messages import Citation, QuotedPart
from knowledge_base.answering import full_part
from knowledge_base.answers import Spoken
from knowledge_base.article import ArticleContent, Content
from knowledge_base.article_answering import answer_section
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.errors import ReleaseProblem
from knowledge_base.here import Here, here_and_now
from knowledge_base.library import Library
from knowledge_base.parts import PART_LABELS, present_parts
from knowledge_base.releases import pinned_library

FOUND = 5
LONGEST_TITLE = 120


class NothingToQuote(Exception):
    """The release in force says nothing word for word here: choose another part, or write it yourself."""


@dataclass(frozen=True, kw_only=True)
class Quotable:
    """What was found, best first. parts: the key and label of each that can be quoted; () where the source is
    only known by its title."""

    code: str
    title: str
    parts: tuple[tuple[str, str], ...]


def quotable(asked: str) -> tuple[Quotable, ...]:
    """What the words may mean, as the search of the assistant ranks it; at most FOUND.

    Raises ReleaseProblem when no release is in force.
    """
    with pinned_library() as library:
        hits = library.search(asked).hits[:FOUND]
        return tuple(_quotable(library.content(hit.code)) for hit in hits)


def _quotable(content: Content) -> Quotable:
    return Quotable(code=content.code, title=content.title, parts=_parts(content))


def _parts(content: Content) -> tuple[tuple[str, str], ...]:
    if isinstance(content, ArticleContent):
        return tuple((section.key, section.heading) for section in content.sections)
    return tuple((part.value, PART_LABELS[part]) for part in present_parts(content))


def quoted_part(code: str, part: str, *, ward: str = "") -> QuotedPart:
    """The whole part as the release in force has it. ward: code of the unit the citizen named, "" for none.

    Raises NothingToQuote where it has no such part, or ReleaseProblem when none is in force.
    """
    with pinned_library() as library:
        content = _content(library, code)
        label = dict(_parts(content)).get(part)
        asks_where = part == PartName.WHERE
        here = here_and_now(values=library.local_values, ward=ward, asks_where=asks_where)
        said, citation = _said(content, part, here) if label else (None, None)
    if not (said and citation and said.quotes):
        raise NothingToQuote
    return QuotedPart(
        release=library.name,
        code=code,
        part=part,
        heading=f"{shorten(said.title, LONGEST_TITLE, placeholder='…')} – {label}",
        text=said.text,
        citation=citation,
        spans=tuple(type(span).__name__ for span in said.spans),
    )


def _content(library: Library, code: str) -> Content:
    try:
        return library.content(code)
    except ReleaseProblem as problem:
        raise NothingToQuote from problem


def _said(content: ProcedureContent | ArticleContent, part: str, here: Here) -> tuple[Spoken, Citation]:
    if isinstance(content, ArticleContent):
        section = answer_section(content, part, in_full=True, here=here)
        return section, article_replies.cite(section, content)
    procedure = full_part(content, PartName(part), here)
    return procedure, replies.cite(procedure)


def digest(quoted: QuotedPart) -> str:
    """16 hexadecimal digits that change with what is sent: what an official saw is what goes out."""
    return sha256(quoted.below.encode()).hexdigest()[:16]
