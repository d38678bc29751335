"""Who oversees the work of a unit: its supervisors, then those of the units above and of the central team."""

from __future__ import annotations

from collections.abc import Iterator

from office.models import Staff, Unit
from office.units import contact_team, upwards


def units_above(unit: Unit) -> Iterator[Unit]:
    """The units above, the nearest first, then the central contact team; each once, never the unit itself."""
    above = [one for one in upwards(unit) if one.pk != unit.pk]
    yield from above
    team = contact_team()
    if team.pk not in {unit.pk, *(one.pk for one in above)}:
        yield team


def supervisors_of(unit: Unit) -> list[Staff]:
    """Those of this unit who still work here."""
    overseeing = Staff.objects.filter(units=unit, role=Staff.Role.SUPERVISOR, is_active=True)
    return list(overseeing.order_by("pk"))
