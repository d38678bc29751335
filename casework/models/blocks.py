"""Conversations that are recorded and not answered for a while."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Block(models.Model):
    """A conversation that is recorded and not answered until a moment; danger is always answered.

    by: the supervisor who decided it; None for a short pause made by the machine, which is never longer than
    minutes. appeal: the one message by which the citizen asked to look again; answered when lifted or upheld.
    """

    class Reason(models.TextChoices):
        INSULTS = "insults", "Xúc phạm nhiều lần"
        THREATS = "threats", "Đe doạ cán bộ"
        HARASSMENT = "harassment", "Quấy rối"
        FLOOD = "flood", "Gửi tin hàng loạt"
        ADVERTISING = "advertising", "Quảng cáo, lừa đảo"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="blocks"
    )
    reason = models.CharField(max_length=12, choices=Reason.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()
    until = models.DateTimeField()
    appeal = models.OneToOneField(
        "conversations.Turn", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    appealed_at = models.DateTimeField(null=True)
    upheld_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["conversation", "until"], name="block_in_force")]
