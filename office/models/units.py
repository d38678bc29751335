"""The offices in charge, and the former wards people still name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Unit(models.Model):
    """An office that can be in charge: a ward, a department, or the central contact team.

    `parent` is the unit that oversees it; a report on a unit's service goes there, never to the unit itself.
    `takes_reports`: reports go to it at once; off, the central team takes them in first and forwards them.
    `is_signpost_only`: it takes no reports from here at all; citizens are told `signpost`, where to turn.
    """

    class Kind(models.TextChoices):
        WARD = "ward", "Phường"
        COMMUNE = "commune", "Xã"
        DEPARTMENT = "department", "Sở, ngành"
        CONTACT_TEAM = "contact_team", "Tổ tiếp nhận trung tâm"

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    takes_reports = models.BooleanField(default=False)
    is_signpost_only = models.BooleanField(default=False)
    signpost = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_only_points_elsewhere_says_where",
                condition=models.Q(is_signpost_only=False) | ~models.Q(signpost=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormerWard(models.Model):
    """A ward or commune as it was called before 1 July 2025; `units` are those it went to."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    district = models.CharField(max_length=120)
    units = models.ManyToManyField(Unit, related_name="former_wards")

    def __str__(self) -> str:
        return f"{self.name}, {self.district}"
