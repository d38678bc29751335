"""What came in a case since a person last read it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from casework.models import Case, Look
from conversations.models import Turn
from office.lookups import GivenKeys, Lookup, among, number
from office.models import Staff


def keep_look(case: Case, staff: Staff, *, turn: int) -> None:
    """The person has the case before him, up to this turn (its id; 0 for none). Never goes back."""
    until = _UNTIL.first(case=case.pk, staff=staff.pk)
    if until is not None and until >= turn:
        return
    seen = Look.objects.filter(case=case, staff=staff)
    if not seen.filter(turn__lt=turn).update(turn=turn, at=timezone.now()):
        Look.objects.bulk_create(
            [Look(case=case, staff=staff, turn=turn, at=timezone.now())], ignore_conflicts=True
        )


def looked_until(case: Case, staff: Staff) -> int:
    """The id of the last turn this person has seen; 0 before the first look."""
    return _UNTIL.first(case=case.pk, staff=staff.pk) or 0


def _until() -> QuerySet[Look, int]:
    seen = Look.objects.filter(case=number("case"), staff=number("staff"))
    return seen.values_list("turn", flat=True)


_UNTIL = Lookup(_until)


def unread(cases: Collection[Case], staff: Staff) -> dict[int, int]:
    """How many messages of the citizen came since this person's last look, by the key of the case.

    Left out: cases without any, and those the person never looked at, of which everything is new.
    """
    return dict(_UNREAD.all(staff=staff.pk, cases=[case.pk for case in cases])) if cases else {}


def _unread() -> QuerySet[Look, Any]:
    looks = Look.objects.filter(among("case", GivenKeys("cases")), staff=number("staff"))
    came = looks.filter(
        case__conversation__turns__direction=Turn.Direction.IN,
        case__conversation__turns__id__gt=F("turn"),
    )
    return came.order_by().values_list("case").annotate(number=Count("case__conversation__turns"))


_UNREAD = Lookup(_unread)
