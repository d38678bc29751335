"""A conversation handed over to the staff, and how satisfied its citizen was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


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
        UNANSWERED = "unanswered", "Chờ trả lời trên ứng dụng nhắn tin"

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
