"""What an article says: what is known and is not a procedure. Immutable; the JSON of a Revision."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.content import Lead, PartName, ProcedureContent, Provenance, Validity

#: What the code of an article begins with; no national code does. The rest is its address: /bai-viet/<slug>.
ARTICLE_CODE = "art-"


@dataclass(frozen=True, kw_only=True)
class Section:
    """What an article says about one question.

    key: names it within the article ("le-phi"). aliases: how people ask for it ("bao nhiêu tiền").
    about: the part of a procedure that such a question would ask for; None where there is no such part.
    """

    key: str
    heading: str
    text: str
    aliases: tuple[str, ...] = ()
    about: PartName | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address under the allowed domains, and what is found there."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ArticleContent:
    """The content of one revision of an article.

    Texts are NFC. provenance holds an entry for each section, keyed by Section.key. lead: our own sentence,
    without figures. levels, audience: whom it concerns, in the words of procedures. related: codes of
    procedures to go on with. valid_from, valid_to: ISO dates, the last one included, "" for no bound.
    updated: the latest day on which a source was read. flags, validity: as for procedures; validity is what
    editors set for a revision, valid_from and valid_to are the rule's own days.
    """

    code: str
    title: str
    field: str
    levels: tuple[str, ...]
    audience: tuple[str, ...]
    aliases: tuple[str, ...]
    lead: Lead | None
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    related: tuple[str, ...]
    valid_from: str
    valid_to: str
    updated: str
    provenance: dict[str, Provenance]
    flags: tuple[str, ...] = ()
    validity: Validity | None = None

    @property
    def slug(self) -> str:
        """Its address below /bai-viet/."""
        return self.code.removeprefix(ARTICLE_CODE)

    @property
    def is_catalogue_entry(self) -> bool:
        """Never: an article is always held."""
        return False

    @property
    def last_day(self) -> str:
        """The last day on which it holds, by its own words or by an editor's; ISO, "" for none."""
        days = (self.valid_to, self.validity.until if self.validity else "")
        return min((day for day in days if day), default="")

    def section(self, key: str) -> Section | None:
        """The section of this key."""
        return next((section for section in self.sections if section.key == key), None)


#: What is published under a code, searched in one ranking and kept in revisions of one kind.
Content = ProcedureContent | ArticleContent
