"""The leases of claims, inbound and outbound, all at once."""

from __future__ import annotations

from django.utils import timezone

from conversations.models import Turn


def end_all() -> None:
    """Whoever held one is gone, so what was claimed may be claimed again. Only who is alone may know that."""
    claimed = Turn.objects.filter(status__in=(Turn.Status.CLAIMED, Turn.Status.SENDING))
    claimed.update(lease_until=timezone.now())
