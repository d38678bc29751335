"""Whether the ward of a labelled report was read rightly: resolved, asked about where it was split, or not.

Pure. The label names a ward as the text does; which units it may be, the lists of office.places tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlu.text import fold
from nlu.word_rules import tone_placed
from office.place_names import spelling


class Verdict(StrEnum):
    """What became of a report's ward. guessed: one unit was chosen where several may be meant."""

    RESOLVED = "resolved"
    RIGHTLY_ASKED = "rightly_asked"
    NEEDLESSLY_ASKED = "needlessly_asked"
    GUESSED = "guessed"
    WRONG = "wrong"
    MISSED = "missed"
    NONE_NAMED = "none_named"
    INVENTED = "invented"

    @classmethod
    def right(cls) -> frozenset[Verdict]:
        """Of those for reports that name a ward."""
        return frozenset({cls.RESOLVED, cls.RIGHTLY_ASKED})


@dataclass(frozen=True, kw_only=True)
class FormerWardListed:
    """A ward of before 1 July 2025 and the codes of the units of today that it went to."""

    name: str
    district: str
    units: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class WardLists:
    """today: codes by full name, spelt in one way; former: every ward of before."""

    today: Mapping[str, str]
    former: Sequence[FormerWardListed]

    def units_meant(self, *, text: str, ward: str, old_ward: str) -> frozenset[str]:
        """The units that the labels may mean. A former name that several wards had means those of the
        district that the text names, else all of them; beside a former ward, today's name decides."""
        if ward:
            return frozenset({self.today[spelling(ward)]})
        named = [each for each in self.former if spelling(each.name) == spelling(old_ward)]
        in_district = [each for each in named if _bare(each.district) in _bare(text)]
        return frozenset().union(*(each.units for each in in_district or named))


def verdict(meant: frozenset[str], read: Sequence[str]) -> Verdict:
    """meant: the units that may be meant, none when no ward is named; read: the one found, or those to
    choose from."""
    if not meant:
        return Verdict.INVENTED if read else Verdict.NONE_NAMED
    if not read:
        return Verdict.MISSED
    if not meant <= set(read):
        return Verdict.GUESSED if set(read) < meant else Verdict.WRONG
    if len(read) == 1:
        return Verdict.RESOLVED
    return Verdict.RIGHTLY_ASKED if len(meant) > 1 else Verdict.NEEDLESSLY_ASKED


def _bare(name: str) -> str:
    words = fold(tone_placed(name)).replace(",", " ").replace(".", " ").split()
    while words and words[0] in {"quan", "huyen"}:
        words = words[1:]
    return f" {' '.join(words[2:] if words[:2] == ['thi', 'xa'] else words)} "
