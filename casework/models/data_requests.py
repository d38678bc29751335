"""What citizens asked about their own data."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class DataRequest(models.Model):
    """A citizen's request about his or her own data, kept as proof that it was met; it holds no content.

    answer_due, due: the last day to answer and to have done it. link_digest: of the link by which a copy can
    be fetched once, until link_until; "" when there is none (any more).
    """

    class Kind(models.TextChoices):
        DELETE = "delete", "Xoá dữ liệu"
        EXPORT = "export", "Gửi bản sao dữ liệu"
        WITHDRAW = "withdraw", "Rút lại đồng ý"

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.SET_NULL, related_name="data_requests"
    )
    channel = models.CharField(max_length=16)
    received_at = models.DateTimeField()
    answer_due = models.DateField()
    due = models.DateField()
    fulfilled_at = models.DateTimeField(null=True)
    fulfilled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
