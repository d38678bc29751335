"""What a member of staff is told on the next page he or she opens: once."""

from __future__ import annotations

from django.utils import timezone

from casework.models import DeskNotice
from conversations.changes import DESK, publish
from office.lookups import Lookup, number
from office.models import Staff


def tell(staff: Staff, text: str) -> None:
    """Leave a sentence for this person, inside the caller's transaction. text: no citizen's words."""
    DeskNotice.objects.create(staff=staff, text=text[:300])
    publish(DESK)


def told_now(staff: Staff) -> list[str]:
    """What this person has not been told yet, oldest first; from now on it counts as told."""
    return [notice.text for notice in _UNSEEN.all(staff=staff.pk) if _mark_seen(notice)]


_UNSEEN = Lookup(lambda: DeskNotice.objects.filter(staff=number("staff"), seen_at=None).order_by("id"))


def _mark_seen(notice: DeskNotice) -> bool:
    """Two pages that open together tell it once."""
    return bool(DeskNotice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=timezone.now()))
