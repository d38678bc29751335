"""By what other systems are known."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.models.staff import Staff
from office.models.units import Unit


class ApiKey(models.Model):
    """By what another system is known when it sends reports. The key itself is shown once and never kept.

    start: its first characters, to tell keys apart; digest: SHA-256 of the whole; unit: whose system it is.
    """

    name = models.CharField(max_length=120)
    start = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="api_keys")
    created_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name
