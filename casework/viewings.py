"""Who has a case open right now, and who writes in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Case, Viewing
from office.lookups import Change, Lookup, moment, number
from office.models import Staff

#: An open page says so every half a minute (office.js); who missed two of them is gone.
PRESENT_FOR = timedelta(seconds=75)


def note(case: Case, staff: Staff, *, writes: bool = False) -> bool:
    """This person has the case open. True when colleagues see something new by that."""
    now = timezone.now()
    before = _OF.first(case=case.pk, staff=staff.pk)
    if not (_WRITES if writes else _LOOKS).make(case=case.pk, staff=staff.pk, now=now):
        begun = Viewing(case=case, staff=staff, seen_at=now, wrote_at=now if writes else None)
        Viewing.objects.bulk_create([begun], ignore_conflicts=True)  # two pages may open at once
    was_there = before is not None and before.seen_at >= now - PRESENT_FOR
    return not was_there or (writes and not (before and before.is_writing(now)))


def of_others(case: Case, staff: Staff, *, now: datetime) -> list[Viewing]:
    """Who else has it open now, by name."""
    return _OF_OTHERS.all(case=case.pk, staff=staff.pk, since=now - PRESENT_FOR)


def _viewings() -> QuerySet[Viewing]:
    return Viewing.objects.filter(case=number("case"), staff=number("staff"))


def _of_others() -> QuerySet[Viewing]:
    present = Viewing.objects.filter(case=number("case"), seen_at__gte=moment("since"))
    others = present.exclude(staff=number("staff")).select_related("staff")
    return others.order_by("staff__first_name", "staff_id")


_OF = Lookup(_viewings)
_OF_OTHERS = Lookup(_of_others)
_LOOKS = Change(_viewings, seen_at=moment("now"))
_WRITES = Change(_viewings, seen_at=moment("now"), wrote_at=moment("now"))


def forget_stale(now: datetime) -> int:
    """Let go of who has left; how many."""
    return Viewing.objects.filter(seen_at__lt=now - PRESENT_FOR).delete()[0]
