"""An answer as typed spans: what is quoted, what is computed, and what are our own fixed sentences."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.article import Section
from knowledge_base.content import PartName, Provenance

#: Under an answer from starter content that no person of the office approved.
UNREVIEWED = "Nội dung minh hoạ, chưa được duyệt."


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """Words of one part of one revision, verbatim.

    part: a value of PartName, or the key of an article's section.
    local: the words of a rule or a counter of Hà Nội that it quotes instead; () where it quotes the record.
    """

    text: str
    part: str
    provenance: Provenance
    local: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A value worked out, never published: its text shows what it rests on and by which rule.

    inputs: words of the part ("7 ngày làm việc"). given: what else it rests on ("nộp đủ hôm nay 22/11/2026").
    """

    text: str
    part: PartName
    inputs: tuple[str, ...]
    given: tuple[str, ...]
    rule: str


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """A sentence of our own; holds no figure of a procedure.

    source: the decision or list of ours whose number the sentence names ("77/2025/NQ-HĐND"); "" for none.
    is_missing: it says that the source does not tell, so that a person is offered.
    """

    text: str
    source: str = ""
    is_missing: bool = False


Span = Quoted | Computed | Fixed


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What any answer has: whose it is, its source, its spans.

    spans are in reading order, joined by line breaks. complete: False when the source says nothing of what
    was asked (the answer says so and offers a person) or when only its beginning is shown.
    replaced_by: code of the procedure that is used instead of one that is or will be withdrawn.
    """

    code: str
    title: str
    decision: str
    url: str
    updated: str
    spans: tuple[Span, ...]
    complete: bool
    reviewed: bool
    replaced_by: str = ""

    @property
    def text(self) -> str:
        return "\n".join(span.text for span in self.spans)

    @property
    def quotes(self) -> bool:
        """Whether anything of a source is quoted."""
        return any(isinstance(span, Quoted) for span in self.spans)

    @property
    def needs_person(self) -> bool:
        """Whether nothing was quoted, or something the citizen needs is missing or unclear in the source."""
        return not self.quotes or any(isinstance(span, Fixed) and span.is_missing for span in self.spans)


@dataclass(frozen=True, kw_only=True)
class Answer(Spoken):
    """What the knowledge base says to one question about one procedure.

    part: the asked part, or None for an overview. other_parts: non-empty parts to offer as buttons.
    """

    part: PartName | None
    other_parts: tuple[PartName, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleAnswer(Spoken):
    """What an article says to one question.

    section: the one that is quoted, or None for the whole article. others: sections to offer as buttons.
    is_cut: only the beginning of the section is shown.
    """

    section: Section | None
    others: tuple[Section, ...]
    is_cut: bool = False
