"""The people who work in the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from office.lookups import Lookup, number
from office.models.units import Unit


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """Where a person stands among the units, by their keys.

    units: those the person belongs to. answerable: those, the units above them and above these again: what is
    said of one of them is said of the person's own office. overseen: the person's own and those directly
    below. contact_team: the central team, whoever belongs to it.
    """

    units: frozenset[int]
    answerable: frozenset[int]
    overseen: frozenset[int]
    contact_team: frozenset[int]

    @property
    def is_central(self) -> bool:
        """Whether the person belongs to the central team."""
        return not self.units.isdisjoint(self.contact_team)


class Staff(AbstractUser):
    """A person who works in the office, with one role and the units he or she belongs to.

    wants_digest: is written to, at the times of the office, what waits for him or her (casework.digests).
    is_practising: in the practice room just now, as the door of the pages finds it in the session; no column.
    """

    class Role(models.TextChoices):
        AGENT = "agent", "Cán bộ trực"
        SUPERVISOR = "supervisor", "Phụ trách"
        EDITOR = "editor", "Biên tập"
        REVIEWER = "reviewer", "Duyệt nội dung"
        ADMINISTRATOR = "administrator", "Quản trị"

    #: These serve citizens at the desk.
    DESK_ROLES: ClassVar = (Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR)

    is_practising = False

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.AGENT)
    units = models.ManyToManyField(Unit, related_name="staff", blank=True)
    wants_digest = models.BooleanField(default=True)

    @cached_property
    def belonging(self) -> Belonging:
        """Two queries, once for this object: each request reads its person anew."""
        ways_up = _WAYS_UP.all(staff=self.pk)
        units = frozenset(pk for pk, _parent, _above in ways_up)
        below, contact_team = set[int](), set[int]()
        for pk, parent, kind in _NEAR.all(staff=self.pk):
            if parent in units:
                below.add(pk)
            if kind == Unit.Kind.CONTACT_TEAM:
                contact_team.add(pk)
        return Belonging(
            units=units,
            answerable=frozenset(pk for way in ways_up for pk in way if pk),
            overseen=units | below,
            contact_team=frozenset(contact_team),
        )

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Also where the person belongs."""
        self.__dict__.pop("belonging", None)
        super().refresh_from_db(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """The full name in Vietnamese order, family name first."""
        return f"{self.last_name} {self.first_name}".strip() or self.username

    @property
    def may_work_at_desk(self) -> bool:
        return self.role in self.DESK_ROLES

    @property
    def may_oversee(self) -> bool:
        return self.role in {self.Role.SUPERVISOR, self.Role.ADMINISTRATOR}

    @property
    def may_administer(self) -> bool:
        return self.role == self.Role.ADMINISTRATOR

    @property
    def may_edit_content(self) -> bool:
        return self.role in {self.Role.EDITOR, self.Role.REVIEWER, self.Role.ADMINISTRATOR}


def _ways_up() -> QuerySet[Unit, tuple[int, int | None, int | None]]:
    mine = Unit.objects.filter(staff=number("staff"))
    return mine.values_list("pk", "parent", "parent__parent")


def _near() -> QuerySet[Unit, tuple[int, int | None, str]]:
    mine = Unit.objects.filter(staff=number("staff"))
    near = Unit.objects.filter(Q(parent__in=mine) | Q(kind=Unit.Kind.CONTACT_TEAM))
    return near.values_list("pk", "parent", "kind")


_WAYS_UP = Lookup(_ways_up)
_NEAR = Lookup(_near)
