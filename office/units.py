"""Units: the one that must always exist, all with who oversees whom, and what an office says of one."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from nlu.text import clean
from office import audit
from office.errors import GoesInACircle, NoSignpost
from office.models import Staff, Unit

CONTACT_TEAM_CODE = "to-tiep-nhan-trung-tam"


def contact_team() -> Unit:
    """The central contact team; made if the list of units was never loaded: people must be reachable."""
    named = {"name": "Tổ tiếp nhận trung tâm", "kind": Unit.Kind.CONTACT_TEAM}
    return Unit.objects.get_or_create(code=CONTACT_TEAM_CODE, defaults=named)[0]


def all_units() -> dict[int, Unit]:
    """Every unit by its key, each with its parent at hand. One query."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        unit.parent = units[unit.parent_id] if unit.parent_id else None
    return units


def is_or_is_below(unit: Unit, above: Unit) -> bool:
    """Whether `unit` is `above`, or lies below it however far."""
    return any(one.pk == above.pk for one in upwards(unit))


def upwards(unit: Unit) -> Iterator[Unit]:
    """The unit and those above it; each once, should the units form a circle."""
    seen: set[int] = set()
    here: Unit | None = unit
    while here is not None and here.pk not in seen:
        seen.add(here.pk)
        yield here
        here = here.parent


@transaction.atomic
def set_unit(  # noqa: PLR0913 -- what can be said of a unit, each by its name
    unit: Unit,
    *,
    parent: Unit | None,
    takes_reports: bool,
    is_signpost_only: bool,
    signpost: str,
    by: Staff | None,
) -> None:
    """Say who oversees a unit and whether reports go to it; audited.

    signpost: where to turn instead, which citizens read. Raises GoesInACircle or NoSignpost.
    """
    if parent is not None and is_or_is_below(all_units()[parent.pk], unit):
        raise GoesInACircle
    if is_signpost_only and not clean(signpost):
        raise NoSignpost
    values = {
        "parent": parent,
        "takes_reports": takes_reports and not is_signpost_only,
        "is_signpost_only": is_signpost_only,
        "signpost": clean(signpost)[:300],
    }
    Unit.objects.filter(pk=unit.pk).update(**values)
    how = "signpost" if is_signpost_only else "takes_reports" if takes_reports else "when_forwarded"
    audit.note("unit.changed", f"unit:{unit.code}", by, parent=parent.code if parent else "", reports=how)


def oversees_the_city(staff: Staff) -> bool:
    """Whether what this person sets may hold for every unit: administrators, supervisors of the central team.

    A supervisor of a ward who could say who oversees whom would come to read the cases of others.
    """
    if staff.may_administer:
        return True
    return staff.may_oversee and staff.belonging.is_central
