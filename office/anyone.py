"""What a person asks of the rows he or she may see, made into SQL once for each kind of person.

    _OPEN = AskedByStaff(lambda staff: cases_for(staff).filter(state="queued"))
    _OPEN.all(staff)

The statement differs with the role and with whether the person is of the central team, and with nothing else:
who asks, and for which units, is given each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Generic, TypeAlias, TypeVar

from django.db.models import QuerySet

from office.belonging import Belonging
from office.lookups import Given, GivenKeys, Keys, Lookup, number
from office.models import Staff

Row = TypeVar("Row")

UNITS = ("units", "answerable", "overseen", "served")


def _belonging(*, is_central: bool) -> Belonging:
    return Belonging(is_central=is_central, **{name: GivenKeys(name) for name in UNITS})


@dataclass(frozen=True, kw_only=True)
class Anyone:
    """A person of this role, in no practice room; the rest is given when it is asked."""

    role: str
    belonging: Belonging
    pk: Any = field(default_factory=lambda: number("staff"))
    is_practising: bool = False

    @property
    def may_oversee(self) -> bool:
        return self.role in Staff.OVERSEERS


#: Who is asked for: a person, or what stands for one.
Asking: TypeAlias = Staff | Anyone


class AskedByStaff(Generic[Row]):
    """A question of staff, with other values each time (office.lookups). Threads may share it."""

    def __init__(self, asked: Callable[..., QuerySet[Any, Row]], **given: Given) -> None:
        """asked: makes the query, from who asks and values by their names; given: what stands for these."""
        self._asked = asked
        self._of_kind = cache(partial(self._made, given))

    def all(self, staff: Staff, **values: Any) -> list[Row]:
        """One query. In the practice room it is made anew: few are there, and they see other rows."""
        if staff.is_practising:
            return list(self._asked(staff, **values))
        lookup = self._of_kind(staff.role, staff.belonging.is_central)
        return lookup.all(staff=staff.pk, **_units_of(staff), **values)

    def first(self, staff: Staff, **values: Any) -> Row | None:
        """One query. None when there is none."""
        return next(iter(self.all(staff, **values)), None)

    def number(self, staff: Staff, **values: Any) -> int:
        """Of a query that is `counted`: how many."""
        return next((int(row[0]) for row in self.all(staff, **values)), 0)  # type: ignore[index]

    def _made(self, given: Mapping[str, Given], role: str, is_central: bool) -> Lookup[Row]:  # noqa: FBT001 -- as `cache` keeps it
        anyone = Anyone(role=role, belonging=_belonging(is_central=is_central))
        return Lookup(lambda: self._asked(anyone, **given))


def _units_of(staff: Staff) -> dict[str, Keys]:
    return {name: getattr(staff.belonging, name) for name in UNITS}
