"""Conversations and their turns. A turn is also the unit of the inbox and of the outbox."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models

from conversations.messages import Author, MessageKind


def new_public_id() -> str:
    """128 random bits, URL-safe: unguessable and meaningless."""
    return secrets.token_urlsafe(16)


class Conversation(models.Model):
    """The transcript with one citizen at one address, and who speaks next.

    version: raised by every outcome and change of owner; an outcome computed on an older one is dropped.
    """

    class Owner(models.TextChoices):
        BOT = "bot", "Trợ lý ảo"
        QUEUE = "queue", "Hàng chờ"
        STAFF = "staff", "Cán bộ"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    channel = models.CharField(max_length=16)
    account = models.CharField(max_length=64)
    chat = models.CharField(max_length=128)
    citizen_name = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=8, choices=Owner.choices, default=Owner.BOT)
    owner_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
    )
    version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "account", "chat"], name="one_conversation_an_address"
            ),
            models.CheckConstraint(
                name="only_staff_owner_names_a_person",
                condition=models.Q(owner="staff", owner_staff__isnull=False)
                | (~models.Q(owner="staff") & models.Q(owner_staff__isnull=True)),
            ),
        ]


class Turn(models.Model):
    """One message in a conversation, in or out.

    Inbound:  received → claimed → answered | set_aside (failed too often) | left_to_person
    Outbound: queued → sending → sent | failed (shown on the desk, can be sent again)
    release, search: what it was answered from, and what was found there and decided; {} if not searched.
    """

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    class Status(models.TextChoices):
        RECEIVED = "received"
        CLAIMED = "claimed"
        ANSWERED = "answered"
        SET_ASIDE = "set_aside"
        LEFT_TO_PERSON = "left_to_person"
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    status = models.CharField(max_length=16, choices=Status.choices)
    author = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Author])
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="turns"
    )
    channel = models.CharField(max_length=16)
    account = models.CharField(max_length=64)
    event_id = models.CharField(max_length=128, null=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MessageKind], default="text")
    text = models.TextField(blank=True)
    payload = models.JSONField(default=dict)
    redacted = models.CharField(max_length=32, blank=True)
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    release = models.CharField(max_length=64, blank=True)
    search = models.JSONField(default=dict, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=128, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "account", "event_id"], name="one_turn_an_event"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["direction", "status", "due_at"], name="turn_to_do"),
            models.Index(fields=["conversation", "id"], name="turn_in_conversation"),
        ]


class Attachment(models.Model):
    """A picture a citizen sent, kept under a random name outside the web root, its EXIF removed."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="%Y/%m")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
