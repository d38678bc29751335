"""That a person was written to, at one of the office's times, what waits for him or her."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class DigestSent(models.Model):
    """One digest to one person. slot: the time of the office it belongs to; the row is made before sending.

    sent_at: when the mail server took it. again_at: when it is tried again, None while nobody may: it was
    sent, a process has it in hand, or was killed with it (then it is rather lost than sent twice), or all
    tries failed. problem: what the mail server said last, "" without one.
    """

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    slot = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=1)
    again_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "slot"], name="one_digest_a_person_and_slot")
        ]
        indexes: ClassVar = [models.Index(fields=["slot"], name="digests_by_slot")]
