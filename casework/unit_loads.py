"""How much waits in each unit: of those a supervisor oversees, or of the whole city, in numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from casework import visibility
from casework.board_numbers import Numbers, numbers_by
from nlu.text import fold
from office import duties
from office.models import Duty, Staff, Unit
from office.units import oversees_the_city


@dataclass(frozen=True, kw_only=True)
class UnitLoad:
    """One unit. on_duty: officials on duty there now. may_list: whether its cases may be listed, too."""

    unit: Unit
    numbers: Numbers
    on_duty: int
    may_list: bool

    @property
    def has_work(self) -> bool:
        """Whether somebody waits for an answer, or a case for somebody to take it."""
        return bool(self.numbers.owed or self.numbers.unassigned)


def unit_loads(staff: Staff, now: datetime) -> list[UnitLoad]:
    """Who waits longest first, then those where nobody waits, by name. Four queries.

    Who oversees the city sees the numbers of every unit, and lists only the cases of those overseen.
    """
    numbers, on_duty = _numbers(staff, now), _on_duty(now)
    listed = set(visibility.units_overseen(staff).values_list("pk", flat=True))
    units = Unit.objects.all()
    if not oversees_the_city(staff):
        listed |= numbers.keys()  # a late reply elsewhere, of which this person was told
        units = units.filter(pk__in=listed)
    loads = [
        UnitLoad(
            unit=unit,
            numbers=numbers.get(unit.pk, Numbers()),
            on_duty=on_duty.get(unit.pk, 0),
            may_list=unit.pk in listed,
        )
        for unit in units
    ]
    return sorted(loads, key=_urgency)


def named_like(loads: Sequence[UnitLoad], typed: str) -> list[UnitLoad]:
    """Those whose names hold every word that was typed, without marks; all for nothing typed."""
    words = fold(typed).split()
    return [load for load in loads if _holds(words, fold(load.unit.name))]


def _holds(words: Collection[str], name: str) -> bool:
    return all(word in name for word in words)


def _numbers(staff: Staff, now: datetime) -> Mapping[int, Numbers]:
    cases = visibility.cases_counted(staff)
    return {unit: numbers for (unit,), numbers in numbers_by(("unit",), cases, now).items()}


def _on_duty(now: datetime) -> dict[int, int]:
    """How many by unit."""
    serving = Duty.objects.filter(
        duties.on_duty(now), staff__is_active=True, staff__role__in=Staff.DESK_ROLES
    )
    return dict(serving.order_by().values_list("staff__units").annotate(people=Count("pk")))


def _urgency(load: UnitLoad) -> tuple[bool, bool, float, str]:
    longest = load.numbers.longest
    return not load.has_work, longest is None, longest.timestamp() if longest else 0.0, load.unit.name
