"""How people come into their accounts: links by which a password is set, and where they are signed in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models

from office.models.staff import Staff


class PasswordLink(models.Model):
    """A link by which one person sets a password, once. What it carries is shown once and never kept.

    digest: SHA-256 of what it carries. ended_at: when it was used, or another took its place.
    made_by: None when an operator made it.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Lời mời"
        RESET = "reset", "Đặt lại mật khẩu"

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="password_links")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class SignedIn(models.Model):
    """A browser in which a person is signed in: gone with the session, and the session with it.

    device: what the browser says of itself. seen_at: at most a minute behind.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="signed_in")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="signed_in")
    device = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    began_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-seen_at"]
