"""What members of staff do around a case without a word to the citizen: drafts, looking, being told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from casework.models.cases import Case

#: Who typed so lately is writing still.
WRITING_FOR = timedelta(seconds=20)


class Draft(models.Model):
    """What one official has written in a case and not sent.

    quoted: code and part of what stands below the words, {} for nothing. files: those that go with it, as in
    a turn's payload.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    quoted = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "staff"], name="one_draft_a_case_and_person")
        ]


class Viewing(models.Model):
    """One person has one case open. wrote_at: when he or she last typed there, None for not yet."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="viewings")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)
    wrote_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "staff"], name="one_viewing_a_case_and_person")
        ]

    def is_writing(self, now: datetime) -> bool:
        return self.wrote_at is not None and self.wrote_at >= now - WRITING_FOR


class DeskNotice(models.Model):
    """A sentence for one member of staff, shown once: on the next page of the desk he or she opens."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_notices")
    text = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["staff", "id"], name="notice_to_tell", condition=models.Q(seen_at__isnull=True)
            )
        ]
