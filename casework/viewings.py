"""Who has a case open right now, and who writes in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Case, Viewing
from office.models import Staff

#: An open page says so every half a minute (office.js); who missed two of them is gone.
PRESENT_FOR = timedelta(seconds=75)


def note(case: Case, staff: Staff, *, writes: bool = False) -> bool:
    """This person has the case open. True when colleagues see something new by that."""
    now = timezone.now()
    before = Viewing.objects.filter(case=case, staff=staff).first()
    values = {"seen_at": now, **({"wrote_at": now} if writes else {})}
    Viewing.objects.update_or_create(case=case, staff=staff, defaults=values)
    was_there = before is not None and before.seen_at >= now - PRESENT_FOR
    return not was_there or (writes and not (before and before.is_writing(now)))


def of_others(case: Case, staff: Staff, *, now: datetime) -> QuerySet[Viewing]:
    """Who else has it open now, by name."""
    present = Viewing.objects.filter(case=case, seen_at__gte=now - PRESENT_FOR).exclude(staff=staff)
    return present.select_related("staff").order_by("staff__first_name", "staff_id")


def forget_stale(now: datetime) -> int:
    """Let go of who has left; how many."""
    return Viewing.objects.filter(seen_at__lt=now - PRESENT_FOR).delete()[0]
