"""What a citizen who waits for a person was told about when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from casework.models.cases import Case


class Promise(models.Model):
    """Until when a citizen was told to have a person's words. One is open in a case at a time.

    text: as it was told. kept_at: when a person replied, in time. broken_at: when it was noticed that nobody
    had. lapsed_at: the case was over before, by the citizen, without a word owed, or merged; it counts for
    neither.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    #: Not known yet how it ends.
    OPEN: ClassVar = models.Q(kept_at__isnull=True, broken_at__isnull=True, lapsed_at__isnull=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(kept_at__isnull=True, broken_at__isnull=True, lapsed_at__isnull=True),
                name="one_open_promise_a_case",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="promise_by_due")]

    def __str__(self) -> str:
        return f"{self.case} {self.due_at}"
