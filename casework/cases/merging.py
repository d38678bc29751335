"""One citizen came by two ways: one of the two cases goes on, the other is closed into it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import desk_notices, notices, promises, visibility
from casework.cases.closing import closed
from casework.cases.holding import changed, held, still_open, woken
from casework.errors import CaseNotYours, CitizenWroteMeanwhile, NotMergeable
from casework.models import Case
from casework.service_levels import service_levels
from conversations import outbox, ownership
from office import audit
from office.lookups import Lookup, number, word
from office.models import Staff

#: Cases of the same name that are offered, and those among which they are sought, the newest.
NAMESAKES = 5
LOOKED_THROUGH = 100


def mergeable_into(case: Case, staff: Staff) -> QuerySet[Case]:
    """Open cases that this person sees, in which this one may go on."""
    return visibility.cases_for(staff).filter(pk__in=still_open()).exclude(pk=case.pk)


def namesakes(case: Case, staff: Staff) -> list[Case]:
    """Some of those, of somebody who goes by the same name; most names are nobody else's."""
    name = case.conversation.citizen_name
    alike = [key for key in _OF_NAME.all(name=name) if key != case.pk] if name else []
    return [*mergeable_into(case, staff).filter(pk__in=alike)[:NAMESAKES]] if alike else []


def _of_name() -> QuerySet[Case, int]:
    alike = still_open().filter(conversation__citizen_name=word("name"))
    return alike.order_by("-id").values_list("pk", flat=True)[:LOOKED_THROUGH]


_OF_NAME = Lookup(_of_name)


@transaction.atomic
def merge(case: Case, staff: Staff, *, into: Case, seen: int | None = None) -> None:
    """Close a held case into another open one of the same citizen, who is told where it goes on.

    The answer that is owed here is owed there, no later, and whoever has that case is told. seen: version of
    the case that the official read (cases.close). Raises NotMergeable, CitizenWroteMeanwhile, or CaseNotYours
    when this person does not have the case (any more).
    """
    ownership.lock(case.conversation)
    ending, going_on = _locked(case, into)
    if not mergeable_into(case, staff).filter(pk=into.pk).exists():
        raise NotMergeable
    mine = held(case, staff)
    as_seen = mine if seen is None else mine.filter(version=seen)
    if not changed(case, as_seen, **closed(case, f"Gộp vào {into.number}"), merged_into=into):
        raise CitizenWroteMeanwhile if mine.exists() else CaseNotYours
    changed(into, Case.objects.all(), **_taken_in(going_on, ending))
    promises.hand_on(case, into, timezone.now())
    ownership.hand_to_bot(case.conversation)
    _tell(case, staff, going_on)
    audit.note("case.merged", case.number, staff, into=into.number)
    audit.note("case.took_in", into.number, staff, other=case.number)
    case.refresh_from_db()


def _taken_in(case: Case, other: Case) -> dict[str, Any]:
    """What a case says in which another goes on: as urgent as either, and awake if that one owes a reply."""
    if Case.Priority.URGENT in (case.priority, other.priority):
        case.priority = other.priority = Case.Priority.URGENT
    awake = woken(case) if other.owed_since else {}
    return {"priority": case.priority, **service_levels().joined(case, other), **awake}


def _tell(case: Case, staff: Staff, into: Case) -> None:
    outbox.queue(case.conversation, notices.case_merged(case, into))
    if into.claimed_by and into.claimed_by != staff:
        said = f"{staff.display_name} đã gộp hồ sơ {case.number} vào hồ sơ {into.number} của anh/chị."
        desk_notices.tell(into.claimed_by, said)


def merged_into(case: Case) -> list[str]:
    """The numbers of the cases that go on in this one."""
    return _MERGED.all(case=case.pk)


_MERGED = Lookup(
    lambda: Case.objects.filter(merged_into=number("case")).order_by("id").values_list("number", flat=True)
)


def _locked(*cases: Case) -> list[Case]:
    """As their rows stand now, in the order given.

    Locked in one order, so that two who merge in opposite directions wait for each other, not forever.
    """
    keys = [case.pk for case in cases]
    rows = Case.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys]
