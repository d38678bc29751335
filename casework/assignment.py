"""Waiting cases are given to who is on duty: chosen purely, acted on once.

Several processes may look at the same time. Each assignment changes the person's duty and the case by
conditional UPDATEs on what was read, so that no case is given twice and nobody gets more than the capacity.
What another process was quicker with is looked at again at the next look.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce

from casework import desk_notices, notices, practice
from casework.assignment_settings import ASSIGNED_UNITS, OPEN_WITHIN
from casework.candidates import as_waiting, candidates_in
from casework.cases.holding import State, changed, taken_by
from casework.choosing import Candidate, pairs
from casework.models import Assignment, Case
from conversations import outbox, ownership
from conversations.errors import OwnerChanged
from conversations.models import Conversation
from office import audit
from office.models import Duty, Staff, Unit
from office.opening_hours import working_clock

#: Waiting cases that are chosen for together, and given in one look, about.
AT_ONCE = 200


class _Lost(Exception):
    """Another process was quicker: what was begun is undone."""


def assign_waiting(now: datetime) -> int:
    """Give waiting cases of the units that want it to who is on duty, while the office is open; how many.

    Urgent and longest waiting first, AT_ONCE at a time. Behind those that nobody may take now it goes on, so
    that they keep nobody waiting; it ends with the places that are free, or with what one look gives.
    """
    units = set(Unit.objects.filter(code__in=ASSIGNED_UNITS.current()).values_list("pk", flat=True))
    able, clock = _able(units, now), working_clock()
    if not able or not clock.is_open(now):
        return 0
    open_by = clock.after(now, working=timedelta(minutes=OPEN_WITHIN.current()))
    keys, given = _waiting_in(units, able), 0
    for start in range(0, len(keys), AT_ONCE):
        if new := _give(keys[start : start + AT_ONCE], able, now, open_by=open_by):
            given, able = given + new, _able(units, now)
        if not able or given >= AT_ONCE:
            break
    return given


def _able(units: AbstractSet[int], now: datetime) -> list[Candidate]:
    return [one for one in candidates_in(units, now) if one.is_ready and one.free]


def _waiting_in(units: AbstractSet[int], able: Sequence[Candidate]) -> list[int]:
    """Keys of what waits for one of these people, and is not being answered in the messenger's own app."""
    queued = Case.objects.filter(state=State.QUEUED, conversation__owner=Conversation.Owner.QUEUE)
    theirs = {unit for one in able for unit in one.units & units}
    waiting = practice.of_citizens(queued).filter(unit__in=theirs)
    # "urgent" stands after "normal" in the alphabet
    ordered = waiting.order_by("-priority", Coalesce("owed_since", "opened_at"), "pk")
    return list(ordered.values_list("pk", flat=True))


def _give(keys: Sequence[int], able: Sequence[Candidate], now: datetime, *, open_by: datetime) -> int:
    """What can be given of these cases."""
    cases = Case.objects.select_related("conversation", "unit").in_bulk(keys)
    people = Staff.objects.in_bulk([one.key for one in able])
    return sum(
        assign(cases[pair.case.key], people[pair.candidate.key], pair.candidate, now, open_by=open_by)
        for pair in pairs(as_waiting(list(cases.values()), people.values()), able, now)
    )


def assign(case: Case, staff: Staff, as_seen: Candidate, now: datetime, *, open_by: datetime) -> bool:
    """Give one waiting case to one person as he or she was seen. False when either changed since.

    open_by: until when the person has to open it.
    """
    try:
        with transaction.atomic():
            _assign(case, staff, as_seen, now, open_by)
    except (_Lost, OwnerChanged, IntegrityError):
        return False
    return True


def _assign(case: Case, staff: Staff, as_seen: Candidate, now: datetime, open_by: datetime) -> None:
    ownership.lock(case.conversation)
    _take_a_place(staff, as_seen, now)
    waiting = Case.objects.filter(pk=case.pk, state=State.QUEUED, unit=case.unit_id)
    if not changed(case, waiting, state=State.CLAIMED, **taken_by(staff)):
        raise _Lost
    ownership.hand_to_staff(case.conversation, staff)
    Assignment.objects.create(case=case, staff=staff, assigned_at=now, open_by=open_by)
    outbox.queue(case.conversation, notices.assigned(case, staff))
    audit.note("case.assigned", case.number, None, to=staff.username)
    desk_notices.tell(staff, f"Hồ sơ {case.number} được giao cho anh/chị. Xin mở trong ít phút.")


def _take_a_place(staff: Staff, as_seen: Candidate, now: datetime) -> None:
    """One of the places the person had free. Raises _Lost when somebody took one, or duty is over."""
    same = Duty.objects.filter(staff=staff, on_since__isnull=False, last_assigned_at=as_seen.last_assigned_at)
    if as_seen.last_assigned_at is None:
        same = Duty.objects.filter(staff=staff, on_since__isnull=False, last_assigned_at__isnull=True)
    carried = practice.of_citizens(Case.objects.filter(claimed_by=staff, state__in=Case.CARRIED))
    if not same.update(last_assigned_at=now) or carried.count() >= as_seen.capacity:
        raise _Lost
