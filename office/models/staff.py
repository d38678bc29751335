"""The people who work in the office."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from office.belonging import Belonging, belonging_of
from office.models.units import Unit


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
    OVERSEERS: ClassVar = (Role.SUPERVISOR, Role.ADMINISTRATOR)

    is_practising = False

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.AGENT)
    units = models.ManyToManyField(Unit, related_name="staff", blank=True)
    wants_digest = models.BooleanField(default=True)

    @cached_property
    def belonging(self) -> Belonging:
        """Two queries, once for this object: each request reads its person anew."""
        return belonging_of(self.pk, oversees=self.role == self.Role.SUPERVISOR)

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
        return self.role in self.OVERSEERS

    @property
    def may_administer(self) -> bool:
        return self.role == self.Role.ADMINISTRATOR

    @property
    def may_edit_content(self) -> bool:
        return self.role in {self.Role.EDITOR, self.Role.REVIEWER, self.Role.ADMINISTRATOR}
