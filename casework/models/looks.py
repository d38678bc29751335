"""How far each person has read a case."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Look(models.Model):
    """The last turn of a case that a person has seen on its page (turn: its id); kept per case and person."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="looks")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    turn = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "case"], name="one_look_a_person_and_case")
        ]
