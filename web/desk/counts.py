"""How much waits in each room of the desk, counted from the very lists the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework import blocks, mentions, queues, visibility
from casework.models import Block, DataRequest, Report
from conversations.models import Turn
from office.anyone import AskedByStaff, Asking
from office.lookups import counted, moment
from office.models import Staff


@dataclass(frozen=True, kw_only=True)
class Counts:
    """unassigned: cases and reports nobody has in hand; new_reports: not yet taken in; failed: replies and
    turns to look at; data_requests: about personal data, to be met by an official; appeals: of who is
    blocked; mentions: notes that name the person, not looked at yet."""

    unassigned: int
    new_reports: int
    failed: int
    data_requests: int
    appeals: int
    mentions: int


def new_reports(staff: Asking) -> QuerySet[Report]:
    return visibility.reports_for(staff).filter(state=Report.State.NEW)


#: Said with the direction, too: so the index of what is to be done finds the few among all turns.
_FAILED = Q(direction=Turn.Direction.OUT, status=Turn.Status.FAILED)
_SET_ASIDE = Q(direction=Turn.Direction.IN, status=Turn.Status.SET_ASIDE)


def failed_deliveries(staff: Asking) -> QuerySet[Turn]:
    return visibility.turns_for(staff).filter(_FAILED)


def set_aside_turns(staff: Asking) -> QuerySet[Turn]:
    return visibility.turns_for(staff).filter(_SET_ASIDE)


def data_requests_to_meet(staff: Asking) -> QuerySet[DataRequest]:
    """Those an official has to do something about: where a link was offered, the citizen has to open it."""
    unmet = visibility.data_requests_for(staff).filter(fulfilled_at=None, link_until=None)
    return unmet.order_by("due", "id")


def appeals_to_answer(staff: Asking, *, now: datetime) -> QuerySet[Block]:
    """Of blocked people who asked to look again; none for who may not decide. now: aware."""
    if not staff.may_oversee:
        return Block.objects.none()
    asked = visibility.blocks_for(staff).filter(appealed_at__isnull=False, upheld_at=None)
    return asked.filter(pk__in=blocks.in_force(now))


_NEW_REPORTS = AskedByStaff(lambda staff: counted(new_reports(staff)))
_FAILED_DELIVERIES = AskedByStaff(lambda staff: counted(failed_deliveries(staff)))
_SET_ASIDE_TURNS = AskedByStaff(lambda staff: counted(set_aside_turns(staff)))
_DATA_REQUESTS = AskedByStaff(lambda staff: counted(data_requests_to_meet(staff)))
_APPEALS = AskedByStaff(lambda staff, now: counted(appeals_to_answer(staff, now=now)), now=moment("now"))


def counts_for(staff: Staff, *, unassigned: int | None = None) -> Counts:
    """unassigned: where it was counted already."""
    now = timezone.now()
    if unassigned is None:
        unassigned = queues.count(queues.Desk(staff=staff, now=now), queues.UNASSIGNED)
    return Counts(
        unassigned=unassigned,
        new_reports=_NEW_REPORTS.number(staff),
        failed=_FAILED_DELIVERIES.number(staff) + _SET_ASIDE_TURNS.number(staff),
        data_requests=_DATA_REQUESTS.number(staff),
        appeals=_APPEALS.number(staff, now=now) if staff.may_oversee else 0,
        mentions=mentions.count_unseen(staff),
    )
