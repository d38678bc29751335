"""What stands beside a report: who follows it, what the public sees of it, how its answer was rated."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from casework.models.reports import Report, ReportStep


class Follow(models.Model):
    """A conversation that is told what becomes of another citizen's report: it joined, or was merged.

    It keeps the conversation's row, and so the way to its citizen, until the report is long done.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="follows")
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="follows"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "conversation"], name="followed_once_a_conversation")
        ]


class Publication(models.Model):
    """What an official decided that the public sees of a report, as it was approved; nothing else is shown.

    Later edits of the report change nothing here but its state and dates, which are read from the register.
    withdrawn_at: since when it is not shown, None while it is; withdrawn_because: why not. published_at: None
    when it never was. answer: "" until approved, too; answer_of: `answered_at` of the
    answer that was decided on. latitude, longitude: as exact as approved. search: folded, what is searched.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    category = models.CharField(max_length=32)
    ward = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="publications_from_here"
    )
    text = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    answer = models.TextField(blank=True)
    answer_of = models.DateTimeField(null=True)
    search = models.TextField(blank=True)
    photos = models.ManyToManyField("conversations.Attachment", related_name="publications")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["category", "-id"], name="public_of_a_category"),
            models.Index(fields=["ward", "-id"], name="public_of_a_ward"),
            # Wide enough that a map is drawn and wards are counted from the index alone.
            models.Index(
                fields=["latitude", "longitude", "category", "ward", "withdrawn_at"], name="public_places"
            ),
            models.Index(fields=["ward", "category", "withdrawn_at"], name="public_wards"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_is_not_shown_has_a_reason",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="what_is_shown_was_published",
                condition=models.Q(withdrawn_at__isnull=False) | models.Q(published_at__isnull=False),
            ),
        ]


class ReportRating(models.Model):
    """What the author thought of one answer; one reopened and answered again is rated anew.

    reason: why not; of it QĐ 766/QĐ-TTg counts lateness by itself.
    """

    class Reason(models.TextChoices):
        LATE = "late", "Chậm"
        NOT_FIXED = "not_fixed", "Chưa khắc phục"
        UNCLEAR = "unclear", "Trả lời chưa rõ"
        ATTITUDE = "attitude", "Thái độ phục vụ"
        OTHER = "other", "Lý do khác"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ratings")
    step = models.OneToOneField(ReportStep, on_delete=models.PROTECT, related_name="rating")
    is_satisfied = models.BooleanField()
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)


class ExternalEntry(models.Model):
    """Where else a report was entered: "iHanoi", its number there, when."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="entries_elsewhere")
    system = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "system"], name="entered_once_a_system"),
            models.UniqueConstraint(fields=["system", "number"], name="one_report_a_number_elsewhere"),
        ]
