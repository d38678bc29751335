"""The series of numbers that are given once."""

from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series: "PA-2026"."""

    name = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField(default=0)
