"""Counters where dossiers are handed in, and the QR codes by which citizens come in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.counters import CounterKind
from office.models.units import Unit


class ServicePoint(models.Model):
    """A counter where dossiers are handed in. "" where a fact is not known: nobody fills it in by guess.

    fields: names of the fields served, [] for every one. checked_on: the day somebody made sure of it.
    """

    class Kind(models.TextChoices):
        WARD = CounterKind.WARD.value, "Điểm phục vụ của phường, xã"
        CENTRE_BRANCH = CounterKind.CENTRE_BRANCH.value, "Trung tâm, chi nhánh của Thành phố"
        POLICE = CounterKind.POLICE.value, "Công an"
        LAND = CounterKind.LAND.value, "Đăng ký đất đai"
        TAX = CounterKind.TAX.value, "Thuế"
        SOCIAL_INSURANCE = CounterKind.SOCIAL_INSURANCE.value, "Bảo hiểm xã hội"
        OTHER = CounterKind.OTHER.value, "Khác"

    code = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="service_points"
    )
    address = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=list, blank=True)
    booking = models.CharField(max_length=200, blank=True)
    booking_url = models.URLField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Entrance(models.Model):
    """Where citizens come in: a QR code at the counter of a ward, or beside what tells of a procedure.

    key: what the code carries, random and without meaning. ward or procedure (its code): one of the two.
    created_by: None when an operator made it. revoked_at: from then on it leads to the greeting only.
    """

    key = models.CharField(max_length=32, unique=True)
    ward = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="entrances")
    procedure = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("Staff", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_entrance_names_a_ward_or_a_procedure",
                condition=models.Q(ward__isnull=False, procedure="")
                | (models.Q(ward__isnull=True) & ~models.Q(procedure="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key
