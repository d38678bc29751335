"""Cases given to officials without their taking them, and what citizens were promised meanwhile."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from casework.models.cases import Case


class Assignment(models.Model):
    """A case that was given to one person; nobody is given the same one twice.

    open_by: until when the person has to open it, on the working-hours clock. opened_at: when that happened.
    returned_at: when it went back to the queue; reason: in the person's words, "" when it was not opened or a
    supervisor put it back. A row is also left by who took a case and had it go back.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    open_by = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "staff"], name="assigned_once_a_case_and_person")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["open_by"],
                name="assignment_to_open",
                condition=models.Q(opened_at__isnull=True, returned_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.staff}"
