"""Who serves citizens when: on duty now, and as planned by the week."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.models.staff import Staff


class Duty(models.Model):
    """How a member of staff takes part in serving citizens who wait for a person.

    on_since: since when on duty, None when not; it ends with its day. seen_at: when the person last did
    something on the desk, or an open page of the desk asked for its parts. capacity: how many conversations
    at once; None as the setting says. topics: kinds of matters (Case.topic) the person knows best, [] for no
    one in particular. last_assigned_at: when a case was last given to the person without being taken; each
    assignment changes it, so that two at once are noticed.
    """

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="duty")
    on_since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)
    last_assigned_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["on_since"], name="duty_on")]

    def __str__(self) -> str:
        return str(self.staff)


class Shift(models.Model):
    """When a person is planned to be on duty on one day of the week.

    weekday: 0 for Monday. hours: as office.opening_hours writes them, with lunch between two spans.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField()
    hours = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["staff", "weekday"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "weekday"], name="one_shift_a_weekday"),
            models.CheckConstraint(name="seven_weekdays", condition=models.Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.hours}"
