"""Passages: one part of one revision as a searchable text."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.parts import part_texts, present_parts

# What the words index sees of a part. Longer texts did not find more and made every title count less
# (leave-one-out R@4 .487 with 3,000 characters of documents and steps, .497 with 1,600).
LONGEST_INDEXED = 800  # characters


@dataclass(frozen=True, kw_only=True)
class Passage:
    """All the words of one part. id is "code#part"; digest is the SHA-256 of the text."""

    id: str
    code: str
    part: PartName
    text: str
    digest: str


def passages(content: ProcedureContent) -> tuple[Passage, ...]:
    """A passage for each part about which the content says something, in the order of PartName."""
    return tuple(_passage(content, part) for part in present_parts(content))


def indexed_text(content: ProcedureContent) -> str:
    """The title and the beginnings of documents and steps: what the words of a procedure are matched with."""
    parts = (_text(content, part)[:LONGEST_INDEXED] for part in (PartName.DOCUMENTS, PartName.STEPS))
    return "\n".join((content.title, *parts))


def _passage(content: ProcedureContent, part: PartName) -> Passage:
    text = _text(content, part)
    return Passage(
        id=f"{content.code}#{part}",
        code=content.code,
        part=part,
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )


def _text(content: ProcedureContent, part: PartName) -> str:
    return "\n".join(text for text in part_texts(content, part) if text.strip())
