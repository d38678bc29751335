"""Passages: one part of a procedure, or one section of an article, as a searchable text."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from knowledge_base.article import ArticleContent, Content, Section
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.parts import part_texts, present_parts


@dataclass(frozen=True, kw_only=True)
class Passage:
    """All the words of one part. id is "code#part"; digest is the SHA-256 of the text.

    part: a value of PartName, or the key of an article's section.
    """

    id: str
    code: str
    part: str
    text: str
    digest: str


def passages(content: Content) -> tuple[Passage, ...]:
    """A passage for each part about which the content says something, or for each section, in their order."""
    if isinstance(content, ArticleContent):
        return tuple(_passage(content.code, section.key, _words(section)) for section in content.sections)
    return tuple(_passage(content.code, part, _text(content, part)) for part in present_parts(content))


def _passage(code: str, part: str, text: str) -> Passage:
    return Passage(
        id=f"{code}#{part}", code=code, part=part, text=text, digest=sha256(text.encode()).hexdigest()
    )


def _words(section: Section) -> str:
    return f"{section.heading}\n{section.text}"


def _text(content: ProcedureContent, part: PartName) -> str:
    return "\n".join(text for text in part_texts(content, part) if text.strip())
