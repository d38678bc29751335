"""Which system sent a report, and how the same one is known again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from casework.models.reports import Report


class SentReport(models.Model):
    """That another system sent a report. digest: of who said what and where, never the words themselves."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="sent")
    key = models.ForeignKey("office.ApiKey", on_delete=models.PROTECT, related_name="sent_reports")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "digest", "at"], name="sent_again")]
