"""What the office works on: citizens' reports, conversations handed over, and how satisfied people were."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from casework.errors import RegisterIsAppendOnly


class NumberSeries(models.Model):
    """The last number given in a series: "PA-2026"."""

    name = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField(default=0)


class Report(models.Model):
    """A phản ánh or kiến nghị. Its code names it; its secret (kept only as a hash) opens it to its author."""

    class Kind(models.TextChoices):
        FIELD = "field", "Phản ánh hiện trường"
        REGULATION = "regulation", "Phản ánh quy định, thủ tục"
        SERVICE = "service", "Phản ánh thái độ, chất lượng phục vụ"

    class State(models.TextChoices):
        NEW = "new", "Mới gửi"
        TAKEN_IN = "taken_in", "Đã tiếp nhận"
        IN_PROGRESS = "in_progress", "Đang xử lý"
        ANSWERED = "answered", "Đã trả lời"
        REFUSED = "refused", "Không tiếp nhận"

    code = models.CharField(max_length=20, unique=True)
    secret_hash = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    category = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    urgent = models.BooleanField(default=False)
    text = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    ward = models.ForeignKey(
        "office.Unit", null=True, on_delete=models.PROTECT, related_name="reports_from_here"
    )
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="reports_in_charge")
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="reports"
    )
    photos = models.ManyToManyField("conversations.Attachment", related_name="reports")
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class ReportStep(models.Model):
    """One line of a report's append-only register."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=Report.State.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RegisterIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RegisterIsAppendOnly


class SecretAttempt(models.Model):
    """One wrong guess at a report's secret; the code may name no report. Kept only to limit guessing."""

    code = models.CharField(max_length=20)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code", "at"], name="guesses_at_a_code")]


class Case(models.Model):
    """A conversation in the staff queue, from the hand-over until a person closes it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Đang chờ"
        CLAIMED = "claimed", "Đang xử lý"
        CLOSED = "closed", "Đã đóng"

    class Reason(models.TextChoices):
        ASKED = "asked", "Người dân yêu cầu gặp cán bộ"
        NOT_UNDERSTOOD = "not_understood", "Trợ lý chưa trả lời được"
        GUARD = "guard", "Nội dung cần người xử lý"

    number = models.CharField(max_length=20, unique=True)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="cases"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices)
    summary = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="cases")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    outcome = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=~models.Q(state="closed"),
                name="one_open_case_a_conversation",
            )
        ]


class Rating(models.Model):
    """How satisfied a citizen was after an answer by a person: 1 (not) to 5 (very)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="score_from_1_to_5")
        ]
