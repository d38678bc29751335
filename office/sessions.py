"""Where people are signed in: seen now and then, listed, ended at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from office.models import SignedIn, Staff

#: A session in use writes when it was seen no more often than this.
NOTED_EVERY = timedelta(minutes=1)
LONGEST_DEVICE = 300


def note_seen(staff: Staff, key: str, *, device: str, address: str | None, now: datetime) -> None:
    """The person uses the session of this key. One query; a second one at most once a minute."""
    rows = SignedIn.objects.filter(session_id=key)
    seen_at = rows.values_list("seen_at", flat=True).first()
    if seen_at is None:
        _begin(staff, key, device=device[:LONGEST_DEVICE], address=address, now=now)
    elif seen_at < now - NOTED_EVERY:
        rows.update(seen_at=now, address=address, device=device[:LONGEST_DEVICE])


def _begin(staff: Staff, key: str, *, device: str, address: str | None, now: datetime) -> None:
    """Two pages of a browser may open at once, and the session may have been ended meanwhile."""
    with suppress(IntegrityError), transaction.atomic():
        SignedIn.objects.create(staff=staff, session_id=key, device=device, address=address, seen_at=now)


def of(staff: Staff) -> QuerySet[SignedIn]:
    """The person's sessions that still open something, the last seen first."""
    return SignedIn.objects.filter(staff=staff, session__expire_date__gt=timezone.now())


def end(staff: Staff, number: int) -> bool:
    """End one session of the person at once. False when it has ended already."""
    return _end(Session.objects.filter(signed_in__staff=staff, signed_in__pk=number)) > 0


def end_all(staff: Staff, *, but: str = "") -> int:
    """End the person's sessions at once, how many. but: the key of one that goes on."""
    return _end(Session.objects.filter(signed_in__staff=staff).exclude(pk=but))


def let_go_expired(now: datetime) -> int:
    """Forget sessions that open nothing any more, and where they were; how many."""
    return _end(Session.objects.filter(expire_date__lt=now))


def _end(which: QuerySet[Session]) -> int:
    _, by_model = which.delete()
    return by_model.get("sessions.Session", 0)
