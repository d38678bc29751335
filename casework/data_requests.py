"""Citizens' requests about their own data: entered, with the days they are due, and marked as met.

The terms are those of decree 356/2025/NĐ-CP, as read in secondary sources (cdlaf.vn, frasersvn.com): an
answer in 2 working days; a copy within 10 days, a withdrawal in 15, a deletion in 20, all calendar days.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casework.models import DataRequest
from casework.numbers import next_number
from conversations.changes import DESK, publish
from conversations.models import Conversation
from office import audit
from office.calendar_days import working_calendar
from office.lookups import Lookup, number
from office.models import Staff
from office.working_calendar import WorkingCalendar

Kind = DataRequest.Kind

ANSWERED_WITHIN = 2
FULFILLED_WITHIN = {Kind.EXPORT: 10, Kind.WITHDRAW: 15, Kind.DELETE: 20}
#: How long a link to a copy opens it: long enough to change from a messenger to the browser.
LINK_MINUTES = 15
LINK_LIVES = timedelta(minutes=LINK_MINUTES)


def terms(kind: Kind, received: date, calendar: WorkingCalendar) -> tuple[date, date]:
    """The last day to answer (working days) and the last day to have done it (calendar days)."""
    answered = calendar.after(received, working_days=ANSWERED_WITHIN)
    return answered, received + timedelta(days=FULFILLED_WITHIN[kind])


def unmet_in(conversation: Conversation) -> list[DataRequest]:
    """Those an official has to do something about, not the citizen, who only has to open a link."""
    return _UNMET_IN.all(conversation=conversation.pk)


_UNMET_IN = Lookup(
    lambda: DataRequest.objects.filter(
        conversation=number("conversation"), fulfilled_at=None, link_until=None
    )
)


@transaction.atomic
def enter(conversation: Conversation, kind: Kind) -> DataRequest:
    """Enter a request, open; one of the same kind that is still open is that one."""
    open_one = conversation.data_requests.filter(kind=kind, fulfilled_at=None).first()
    if open_one:
        return open_one
    now = timezone.now()
    answer_due, due = terms(kind, timezone.localdate(now), working_calendar())
    request = DataRequest.objects.create(
        number=next_number("DL"),
        kind=kind,
        conversation=conversation,
        channel=conversation.channel,
        received_at=now,
        answer_due=answer_due,
        due=due,
    )
    audit.note("data.requested", request.number, None, kind=str(kind))
    publish(DESK)
    return request


@transaction.atomic
def mark_fulfilled(request: DataRequest, *, by: Staff | None) -> bool:
    """Enter that it was met; by: None when the assistant did it. False when it was met before."""
    still_open = DataRequest.objects.filter(pk=request.pk, fulfilled_at=None)
    if not still_open.update(fulfilled_at=timezone.now(), fulfilled_by=by, link_digest="", link_until=None):
        return False
    audit.note("data.fulfilled", request.number, by, kind=request.kind)
    publish(DESK)
    return True


def new_link(request: DataRequest) -> str:
    """The token of a link to the copy, in place of an earlier one; only its digest is kept."""
    token = secrets.token_urlsafe(24)
    DataRequest.objects.filter(pk=request.pk, fulfilled_at=None).update(
        link_digest=_digest(token), link_until=timezone.now() + LINK_LIVES
    )
    return token


def by_link(token: str, *, now: datetime) -> DataRequest | None:
    """The request a link leads to; None when it was used, has run out, or never was one."""
    live = DataRequest.objects.filter(link_digest=_digest(token), link_until__gt=now, fulfilled_at=None)
    return live.exclude(conversation=None).select_related("conversation").first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
