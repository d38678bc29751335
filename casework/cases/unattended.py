"""A citizen writes to an official who is not there: he or she is told by when that is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework import notices, promises
from casework.cases.holding import LEASE_MINUTES
from casework.models import Case
from conversations import outbox
from conversations.models import Turn
from office import duties
from office.models import Staff
from office.opening_hours import working_clock


def tell_when(case: Case, at: datetime) -> None:
    """Promise the citizen of this case an answer, if nobody is there to read what was written at that moment.

    In the transaction in which its term begins, so once a term. A case without a holder is told of elsewhere:
    by who puts it into a queue.
    """
    holder = case.claimed_by
    if holder is None or _replied_lately(case, holder, at):
        return
    is_open = working_clock().is_open(at)
    if is_open and _is_there(case, holder, at):
        return
    promise = promises.renew(case, at)
    outbox.queue(case.conversation, notices.read_later(case, promise.due_at, is_open=is_open, now=at))


def _is_there(case: Case, holder: Staff, at: datetime) -> bool:
    has_it_open = case.lease_until is not None and case.lease_until > at
    return has_it_open or duties.is_on(duties.duty_of(holder), at)


def _replied_lately(case: Case, holder: Staff, at: datetime) -> bool:
    """The two are talking with each other, whatever the hour."""
    since = at - timedelta(minutes=LEASE_MINUTES.current())
    said = Turn.objects.filter(conversation=case.conversation_id, staff=holder)
    return said.filter(created_at__gte=since, created_at__lte=at).exists()
