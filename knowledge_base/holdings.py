"""What goes into a release: what is live, by code, and what each procedure gives to search and to quote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from knowledge_base.article import Content
from knowledge_base.content_json import digest
from knowledge_base.local_values import LocalValue
from knowledge_base.passages import Passage, passages
from knowledge_base.probes import Probe, probes
from knowledge_base.wording import Wording, wording
from nlu.diacritics import Restorer

_RESTORER_CHARACTERS = 4_000_000
_LEAST_SHARE = 200  # characters of a passage


@dataclass(frozen=True, kw_only=True)
class Live:
    """What is live: the digest of each content by code, and how to read the contents of some codes.

    examples: questions by code, held or not. outside: messages about no procedure. local: the city's values.
    """

    digests: Mapping[str, str]
    read: Callable[[Collection[str]], Iterable[Content]]
    examples: Mapping[str, Sequence[str]]
    outside: Sequence[str] = ()
    local: Sequence[LocalValue] = ()

    @classmethod
    def of(
        cls,
        contents: Iterable[Content],
        examples: Mapping[str, Sequence[str]],
        outside: Sequence[str] = (),
    ) -> Live:
        """Contents that are at hand, one a code."""
        known = {content.code: content for content in contents}
        return cls(
            digests={code: digest(content) for code, content in known.items()},
            read=lambda codes: [known[code] for code in codes],
            examples=examples,
            outside=outside,
        )

    def made_from(self, code: str) -> str:
        """SHA-256 of all that the holding of this code is made from."""
        said = sha256(self.digests[code].encode())
        for text in self.examples.get(code, ()):
            said.update(f"\n{text}".encode())
        return said.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Source:
    """One procedure before anything is worked out but its pieces of text."""

    content: Content
    made_from: str
    passages: tuple[Passage, ...]
    probes: tuple[Probe, ...]

    @classmethod
    def of(cls, content: Content, live: Live) -> Source:
        """The pieces of this content, with its example questions."""
        return cls(
            content=content,
            made_from=live.made_from(content.code),
            passages=passages(content),
            probes=probes(content, live.examples.get(content.code, ())),
        )


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What a release holds of one procedure: its probes that say something, each with its wording."""

    content: Content
    made_from: str
    passages: tuple[Passage, ...]
    probes: tuple[Probe, ...]
    wordings: tuple[Wording, ...]

    @property
    def words(self) -> list[str]:
        """The folded syllables of all its probes."""
        return [word for forms in self.wordings for word in forms.words]

    @classmethod
    def of(cls, source: Source, restorer: Restorer) -> Holding:
        """With the wording of each probe, marks restored by this restorer."""
        worded = [(probe, wording(probe.text, restorer)) for probe in source.probes]
        kept = [(probe, forms) for probe, forms in worded if forms.says_something]
        return cls(
            content=source.content,
            made_from=source.made_from,
            passages=source.passages,
            probes=tuple(probe for probe, _ in kept),
            wordings=tuple(forms for _, forms in kept),
        )


def share_of_passages(count: int) -> int:
    """How many characters of each passage teach the restorer, so that it stays small in memory.

    It moves in steps, so that one passage more or less does not change what all others teach.
    """
    steps = max(_RESTORER_CHARACTERS // max(count, 1), 1).bit_length() - 1
    return int(max(2**steps, _LEAST_SHARE))


def beginnings(passages: Iterable[str], share: int) -> Iterator[str]:
    """What of each passage teaches the restorer."""
    return (passage[:share] for passage in passages)
