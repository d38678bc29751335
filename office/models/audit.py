"""The append-only register."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from office.errors import RegisterIsAppendOnly
from office.models.staff import Staff


class AuditEntry(models.Model):
    """One line of the append-only register: who did what to which thing, and why.

    The database refuses to change or remove a line, too (migration "register_keeps_its_lines"): whatever
    alters this table on SQLite makes it anew and has to make those triggers again, which a test notices.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["at", "id"], name="register_by_time"),
            models.Index(fields=["action", "at", "id"], name="register_by_action"),
            models.Index(fields=["actor", "at", "id"], name="register_by_actor"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RegisterIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RegisterIsAppendOnly
