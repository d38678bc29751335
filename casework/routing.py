"""Which unit a report goes to. Pure: the caller brings the units."""

from __future__ import annotations

from casework.errors import NoUnitInCharge
from casework.models import Report
from office.models import Unit


def unit_in_charge(
    kind: str, ward: Unit | None, named_unit: Unit | None = None, *, contact_team: Unit
) -> Unit:
    """The unit in charge: the ward where it happened if it takes reports itself, else the contact team.

    A report on service goes to the unit that oversees the one complained of (decree 20/2008, art. 5, and
    common decency): never to that unit itself. Where only a ward is known, it counts as the one
    complained of. Raises NoUnitInCharge when the contact team is complained of and nothing oversees it.
    """
    if kind == Report.Kind.SERVICE:
        return _overseer(named_unit or ward, contact_team)
    return ward if ward and ward.takes_reports else contact_team


def _overseer(named: Unit | None, contact_team: Unit) -> Unit:
    if named is None:
        return contact_team
    for unit in (named.parent, contact_team):
        if unit is not None and unit.pk != named.pk:
            return unit
    raise NoUnitInCharge
