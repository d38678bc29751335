"""Where a person stands among the units, by their keys: what he or she may see is asked by these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from office.lookups import Keys, Lookup, number
from office.models.units import Unit


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """The keys of units.

    units: those the person belongs to. answerable: those, the units above them and above these again: what is
    said of one of them is said of the person's own office. overseen: the person's own, and for a supervisor
    those directly below. served: those overseen and the central team, whose cases all may take. is_central:
    whether the person is of that team.
    """

    units: Keys
    answerable: Keys
    overseen: Keys
    served: Keys
    is_central: bool


def belonging_of(staff: int, *, oversees: bool) -> Belonging:
    """Two queries. staff: the person's key; oversees: also the units directly below."""
    ways_up = _WAYS_UP.all(staff=staff)
    units = frozenset(unit for unit, _parent, _above in ways_up)
    near = _NEAR.all(staff=staff)
    below = frozenset(unit for unit, parent, _kind in near if oversees and parent in units)
    team = frozenset(unit for unit, _parent, kind in near if kind == Unit.Kind.CONTACT_TEAM)
    return Belonging(
        units=units,
        answerable=frozenset(unit for way in ways_up for unit in way if unit),
        overseen=units | below,
        served=units | below | team,
        is_central=not units.isdisjoint(team),
    )


def _ways_up() -> QuerySet[Any, Any]:
    """Each unit of the person, the one above it, and the one above that."""
    own = Unit.objects.filter(staff=number("staff")).order_by()
    return own.values_list("pk", "parent", "parent__parent")


def _near() -> QuerySet[Any, Any]:
    """The units directly below those of the person, and the central team."""
    own = Unit.objects.filter(staff=number("staff")).values("pk")
    near = Unit.objects.filter(Q(parent__in=own) | Q(kind=Unit.Kind.CONTACT_TEAM)).order_by()
    return near.values_list("pk", "parent", "kind")


_WAYS_UP = Lookup(_ways_up)
_NEAR = Lookup(_near)
