"""The catalogue: what is known and not held, beside what is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from knowledge_base.article import ArticleContent, Content
from knowledge_base.probes import short_title
from nlu.text import fold, syllables


@dataclass(frozen=True, kw_only=True)
class FieldCoverage:
    """How many procedures of a field are held, and how many are known by their catalogue entry only."""

    field: str
    held: int
    catalogue_only: int


class Named(Protocol):
    """What tells namesakes apart."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def is_catalogue_entry(self) -> bool: ...


_One = TypeVar("_One", bound=Named)


def without_namesakes(contents: Iterable[_One]) -> list[_One]:
    """The contents, by code, without the entries that would shadow another of the same name.

    A held procedure hides every entry of its name, whenever either came in. Of entries the one that more
    aliases lead to stays, which is ours, with its agency here, rather than a line of another office's list.
    """
    ordered = sorted(contents, key=lambda content: content.code)
    taken = {_name(content) for content in ordered if not content.is_catalogue_entry}
    hidden: set[str] = set()
    entries = [content for content in ordered if content.is_catalogue_entry]
    for entry in sorted(entries, key=lambda entry: -len(entry.aliases)):
        if _name(entry) in taken:
            hidden.add(entry.code)
        taken.add(_name(entry))
    return [content for content in ordered if content.code not in hidden]


def coverage(contents: Sequence[Content]) -> tuple[FieldCoverage, ...]:
    """A row for each field of procedures, by name."""
    procedures = [content for content in contents if not isinstance(content, ArticleContent)]
    held = Counter(_field(content) for content in procedures if not content.is_catalogue_entry)
    known = Counter(_field(content) for content in procedures if content.is_catalogue_entry)
    return tuple(
        FieldCoverage(field=field, held=held[field], catalogue_only=known[field])
        for field in sorted({*held, *known}, key=fold)
    )


def _name(content: Named) -> str:
    return " ".join(syllables(fold(short_title(content.title))))


def _field(content: Content) -> str:
    return content.field or "(không ghi)"
