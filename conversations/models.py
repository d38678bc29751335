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

    owner: outside is a person of the office who answers in the messenger's own app, unknown to the desk.
    version: raised by every outcome and change of owner; an outcome computed on an older one is dropped.
    ends_at: on a shared machine, when it ends by itself. last_interaction_at: when the citizen last did what
    opens a channel's reply window (a message, a tap, a follow), None before the first. has_held: a reply was
    held since then. unreachable_since: when the citizen blocked us there, None once he or she does something
    again. erased_at: its words and its address are gone; the row stays only for what refers to it. free_at:
    the state of the pace at which the channel takes messages into one chat, None where there is none or
    nothing was sent yet.
    """

    class Owner(models.TextChoices):
        BOT = "bot", "Trợ lý ảo"
        QUEUE = "queue", "Hàng chờ"
        STAFF = "staff", "Cán bộ"
        OUTSIDE = "outside", "Cán bộ trên ứng dụng nhắn tin"

    #: Beside these the assistant is silent.
    PERSONS: ClassVar = (Owner.STAFF, Owner.OUTSIDE)

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
    ends_at = models.DateTimeField(null=True)
    last_interaction_at = models.DateTimeField(null=True)
    has_held = models.BooleanField(default=False)
    unreachable_since = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    free_at = models.DateTimeField(null=True)
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
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="conversations_by_time"),
            # Of whom one name is, on each page of a case that is held (casework.cases.merging).
            models.Index(fields=["citizen_name"], name="conversations_by_name"),
        ]


class Turn(models.Model):
    """One message in a conversation, in or out.

    Inbound:  received → claimed → answered | set_aside (failed too often) | left_to_person
              | passed_over (answers were stopped)
    Outbound: queued → sending → sent | failed (shown on the desk, can be sent again) → given_up
              | held (the channel lets us write only when the citizen writes again; due_at: looked at sooner)
    template: purpose of the paid template that this is sent as, "" for words of our own.
    answered_with: the later message whose answer is this one's, too (an album, a correction).
    external_id: the channel's own id of the message.
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
        PASSED_OVER = "passed_over"
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        HELD = "held"
        GIVEN_UP = "given_up"

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
    answered_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined"
    )
    release = models.CharField(max_length=64, blank=True)
    search = models.JSONField(default=dict, blank=True)
    template = models.CharField(max_length=16, blank=True)
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
            models.Index(fields=["direction", "status", "channel", "account", "due_at"], name="turn_to_do"),
            models.Index(fields=["conversation", "id"], name="turn_in_conversation"),
            models.Index(fields=["created_at"], name="turns_by_time"),
        ]


class Attachment(models.Model):
    """A picture a citizen sent, or a file an official did; under a random name outside the web root.

    is_filed: it is part of the office's records now, and is kept as long as they are. name: of an official's
    file, as the citizen sees it, "" for a citizen's picture: that one goes as soon as nobody needs it.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="%Y/%m")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    is_filed = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Consent(models.Model):
    """A yes to one purpose, asked for in words of one version; the proof of it outlives the words said."""

    class Purpose(models.TextChoices):
        POSITION = "position", "Gửi vị trí chính xác kèm phản ánh"
        CONTACT = "contact", "Gửi họ tên, số điện thoại kèm phản ánh"
        NOTICE = "notice", "Nhận tin báo khi có kết quả"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    text_version = models.CharField(max_length=40)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
