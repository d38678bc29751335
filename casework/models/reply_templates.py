"""Words that officials write again and again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class ReplyTemplate(models.Model):
    """Words to begin a reply with. unit: whose officials it is offered to, None for everywhere.

    topic: of the cases it is offered on first (casework.topics), "" for any. text may name the variables that
    casework.template_variables declares. retired_at: from then on it is not offered.
    """

    name = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    unit = models.ForeignKey(
        "office.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="reply_templates"
    )
    topic = models.CharField(max_length=64, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
