"""What the office decides while everything runs: days off, figures and choices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CalendarDay(models.Model):
    """A day that was decided to be a working day or off, whatever the calendar says; source: the decision.

    hours: of a working day that is not as others, such as a half one, as office.opening_hours writes them;
    "" for the usual ones.
    """

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    hours = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["day"]


class LiveSetting(models.Model):
    """A figure or choice that the office sets while everything runs, with the source it comes from.

    name: of a setting that the code declares (office.live_settings); value: as its kind writes it;
    source: the decision, or why it was chosen.
    """

    name = models.CharField(max_length=64, unique=True)
    value = models.TextField()
    source = models.CharField(max_length=300)
    set_by = models.ForeignKey("Staff", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
