"""Which unit a report goes to, and why. Pure: the caller brings the rules and the units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from casework.errors import NoUnitInCharge
from casework.models import Report
from office.models import Unit
from office.units import is_or_is_below


class Because(StrEnum):
    """Why a report goes where it goes."""

    RULE = "rule"
    WARD = "ward"
    CONTACT_TEAM = "contact_team"
    OVERSEES = "oversees"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What routing looks at. named_unit: whom a report on service is about."""

    kind: str
    category: str = ""
    ward: Unit | None = None
    named_unit: Unit | None = None

    @property
    def complained_of(self) -> Unit | None:
        """Where only a ward is known, it counts as the one complained of."""
        return (self.named_unit or self.ward) if self.kind == Report.Kind.SERVICE else None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Units by (category, code of the ward); "" stands for every one."""

    by_matter: Mapping[tuple[str, str], Unit] = field(default_factory=lambda: MappingProxyType({}))

    def unit_for(self, matter: Matter) -> Unit | None:
        """Of the rule that names most: category and ward, then category, then ward."""
        ward = matter.ward.code if matter.ward else ""
        keys = [(matter.category, ward), (matter.category, ""), ("", ward)]
        return next((self.by_matter[key] for key in keys if any(key) and key in self.by_matter), None)


@dataclass(frozen=True, kw_only=True)
class Route:
    """The unit, and why. One that only points elsewhere (`is_signpost`) is to be named, not charged."""

    unit: Unit
    because: Because

    @property
    def is_signpost(self) -> bool:
        return self.unit.is_signpost_only


def route(matter: Matter, rules: Rules, *, contact_team: Unit) -> Route:
    """By rule, else to the ward that takes reports itself, else to the contact team.

    A report on service goes to who oversees the unit complained of (decree 20/2008/NĐ-CP art. 5, and common
    decency), whatever a rule says: never to that unit or one below it. Raises NoUnitInCharge when nobody
    oversees it.
    """
    ruled = rules.unit_for(matter)
    about = matter.complained_of
    if about is not None:
        return _overseer(about, ruled, contact_team)
    if ruled is not None:
        return Route(unit=ruled, because=Because.RULE)
    ward = matter.ward if matter.kind != Report.Kind.SERVICE else None
    if ward is not None and ward.takes_reports:
        return Route(unit=ward, because=Because.WARD)
    return Route(unit=contact_team, because=Because.CONTACT_TEAM)


def _overseer(about: Unit, ruled: Unit | None, contact_team: Unit) -> Route:
    for unit, because in ((ruled, Because.RULE), (about.parent, Because.OVERSEES)):
        if unit is not None and not (is_or_is_below(unit, about) or unit.is_signpost_only):
            return Route(unit=unit, because=because)
    if contact_team.pk == about.pk:
        raise NoUnitInCharge
    return Route(unit=contact_team, because=Because.CONTACT_TEAM)
