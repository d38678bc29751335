"""What the assistant could not answer, for the editors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Gap(models.Model):
    """A question that ended in a refusal or in two failures, with what the search had found."""

    turn = models.OneToOneField("conversations.Turn", on_delete=models.CASCADE, related_name="gap")
    question = models.TextField()
    nearest = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
