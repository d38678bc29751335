"""An answer as typed spans: what is quoted, what is computed, and what are our own fixed sentences."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.content import PartName, Provenance

#: Under an answer from starter content that no person of the office approved.
UNREVIEWED = "Nội dung minh hoạ, chưa được duyệt."


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """Words of one part of one revision, verbatim."""

    text: str
    part: PartName
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A value worked out from the part, labelled ("tạm tính"), with its inputs and its rule."""

    text: str
    inputs: tuple[str, ...]
    rule: str


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """A sentence of our own; holds no figure of a procedure."""

    text: str


Span = Quoted | Computed | Fixed


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the knowledge base says to one question about one procedure.

    part: the asked part, or None for an overview. spans are in reading order, joined by line breaks.
    other_parts: non-empty parts to offer as buttons. complete: False when the part is empty in the source
    (the answer says so and offers a person) or when only its beginning is shown.
    """

    code: str
    title: str
    decision: str
    url: str
    updated: str
    part: PartName | None
    spans: tuple[Span, ...]
    other_parts: tuple[PartName, ...]
    complete: bool
    reviewed: bool

    @property
    def text(self) -> str:
        return "\n".join(span.text for span in self.spans)
