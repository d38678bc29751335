"""What the assistant could not answer, for the editors; for the operator, what billed messages cost and how
our accounts on the messengers stand.
"""

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


class Budget(models.Model):
    """What messages that a channel bills may cost a month, in đồng. No row: nothing paid is sent.

    dong_a_reply: what one message costs after the free hours. 55 is a reseller's price, not the platform's
    own: the operator enters what the contract says.
    """

    channel = models.CharField(max_length=16, unique=True)
    dong_a_month = models.PositiveIntegerField(default=0)
    dong_a_reply = models.PositiveIntegerField(default=55)


class PaidTemplate(models.Model):
    """A template that the channel approved, for one purpose. dong: what one message costs."""

    class Purpose(models.TextChoices):
        PROGRESS = "progress", "Tiến độ phản ánh"
        ANSWER = "answer", "Có trả lời của cán bộ"

    channel = models.CharField(max_length=16)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    template_id = models.CharField(max_length=32)
    dong = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "purpose"], name="one_template_a_purpose"),
        ]


class PaidMessage(models.Model):
    """One message that cost money: the books of a month. The turn may be erased, its line stays."""

    class Kind(models.TextChoices):
        REPLY = "reply", "Tin tư vấn sau giờ miễn phí"
        TEMPLATE = "template", "Tin mẫu"

    channel = models.CharField(max_length=16)
    turn = models.OneToOneField(
        "conversations.Turn", null=True, on_delete=models.SET_NULL, related_name="paid"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    dong = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["channel", "at"], name="paid_in_a_month")]


class ZaloToken(models.Model):
    """The pair of tokens of one Official Account on Zalo; bot/channels/zalo/tokens.py alone changes it.

    lease_until: until when one refresher has it for itself, or nobody tries again after a problem.
    setting: digest of the refresh token in the environment that was taken last; it works once.
    """

    account = models.CharField(max_length=64, unique=True)
    access_token = models.TextField(blank=True)
    access_until = models.DateTimeField(null=True)
    refresh_token = models.TextField()
    refreshed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    setting = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=300, blank=True)


class ChannelSwitch(models.Model):
    """Whether a channel is on, for all of our accounts on it. Off: nothing goes out and nothing is asked for.

    reason: why it is off. decision: the number of the decision that allows a service abroad.
    """

    channel = models.CharField(max_length=16, unique=True)
    is_off = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(null=True)


class ChannelAccount(models.Model):
    """One of our accounts on a messenger, as every process that sends through it sees it.

    free_at: the state of the account's pace. paused_until: nothing is sent before; why: `problem`.
    failures: how often the service was not to be reached since a message last got through.
    flooded_chat, flooded_until: the chat whose sender was last told to wait, and until when.
    """

    switch = models.ForeignKey(ChannelSwitch, on_delete=models.PROTECT, related_name="accounts")
    account = models.CharField(max_length=64)
    free_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    flooded_chat = models.CharField(max_length=128, blank=True)
    flooded_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["switch", "account"], name="one_row_an_account"),
        ]
