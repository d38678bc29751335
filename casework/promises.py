"""What citizens are promised about when a person answers: made, kept, or told honestly that it was not.

A promise is kept by the first words of a person that reach for the citizen after it, in time. Once it is due
without them it is broken: the citizen is told, with a new one; who has the case is told, and the desk shows
the case as overdue. Several processes may look: each promise is settled by a conditional UPDATE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from casework import desk_notices, notices
from casework.forecast import Forecast
from casework.forecast_words import promise_words
from casework.models import Case, Promise
from casework.staffing import forecast_for
from conversations import outbox
from conversations.changes import DESK, publish
from conversations.messages import Author
from conversations.models import Turn
from office import audit
from office.lookups import Lookup, number

#: Promises of one look; more are left to the next.
AT_ONCE = 200
#: A reply may be taken back for less than this; whatever happened is judged so much later.
TAKEN_BACK_WITHIN = timedelta(minutes=1)
#: What the page of duties counts.
COUNTED = timedelta(days=30)


def make_or_keep(case: Case, told: Forecast, now: datetime) -> Promise:
    """What the citizen of this case is told, inside the caller's transaction; an open promise holds on."""
    return _made_or_kept(case, promise_words(told.due, now=now), now, due=told.due)


def _made_or_kept(case: Case, text: str, now: datetime, *, due: datetime) -> Promise:
    try:
        with transaction.atomic():
            return Promise.objects.create(case=case, text=text, made_at=now, due_at=due)
    except IntegrityError:
        return Promise.objects.get(Promise.OPEN, case=case)


def renew(case: Case, now: datetime) -> Promise:
    """What the citizen of a case is told when to expect its next answer, inside the caller's transaction.

    An open promise holds on, unless a person has replied since: then it is settled, and a new one is made.
    """
    _settle_answered(case, now)
    return make_or_keep(case, forecast_for(case, now), now)


def hand_on(case: Case, into: Case, now: datetime) -> None:
    """What was promised in a case that goes on in another holds there, inside the caller's transaction.

    Of two promises the earlier holds on; the one of the case that is over has lapsed.
    """
    _settle_answered(case, now)
    promise = Promise.objects.filter(Promise.OPEN, case=case).first()
    if promise is None:
        return
    later = Promise.objects.filter(Promise.OPEN, case=into, due_at__gt=promise.due_at)
    for over in (promise, *later):
        _ended(over, lapsed_at=now)
    _made_or_kept(into, promise.text, now, due=promise.due_at)


def _settle_answered(case: Case, now: datetime) -> None:
    """A person has replied since the open promise, and can take it back no more."""
    found = Promise.objects.filter(Promise.OPEN, case=case).annotate(replied_at=Subquery(_first_reply(now)))
    for promise in found.exclude(replied_at=None):
        _settle(promise, promise.replied_at, now)


def open_promise(case: Case) -> Promise | None:
    """What the citizen was told and nobody has done yet."""
    return _OPEN.first(case=case.pk)


_OPEN = Lookup(lambda: Promise.objects.filter(Promise.OPEN, case=number("case")))


def settle(now: datetime) -> int:
    """Look what became of the open promises: kept, lapsed, or due without an answer; how many ended.

    AT_ONCE at the most. Those that are not due and not kept stay open.
    """
    judged = now - TAKEN_BACK_WITHIN
    found = Promise.objects.filter(Promise.OPEN).annotate(replied_at=Subquery(_first_reply(judged)))
    ended = Q(due_at__lte=judged) | Q(replied_at__isnull=False) | Q(case__state=Case.State.CLOSED)
    promises = found.filter(ended).select_related("case__conversation", "case__unit", "case__claimed_by")
    return sum(_settle(promise, promise.replied_at, now) for promise in promises.order_by("due_at")[:AT_ONCE])


def _first_reply(before: datetime) -> QuerySet[Turn, datetime]:
    """When the first words of a person after the promise were written, at the desk or past it."""
    said = Turn.objects.filter(
        Q(staff__isnull=False) | Q(author=Author.OFFICIAL),
        conversation=OuterRef("case__conversation"),
        created_at__gte=OuterRef("made_at"),
        created_at__lt=before,
    )
    return said.order_by("created_at").values_list("created_at", flat=True)[:1]


def _settle(promise: Promise, replied_at: datetime | None, now: datetime) -> bool:
    """False when another process has just done it."""
    if replied_at and replied_at <= promise.due_at:
        return _ended(promise, kept_at=replied_at)
    if replied_at:
        return _ended(promise, broken_at=promise.due_at)
    if promise.case.state == Case.State.CLOSED:
        return _ended(promise, lapsed_at=promise.case.closed_at or now)
    return _break(promise, now)


def _ended(promise: Promise, **how: datetime) -> bool:
    return bool(Promise.objects.filter(Promise.OPEN, pk=promise.pk).update(**how))


@transaction.atomic
def _break(promise: Promise, now: datetime) -> bool:
    """Nobody has answered: tell the citizen, with a new promise, and who has the case."""
    case = promise.case
    if not _ended(promise, broken_at=now):
        return False
    told = forecast_for(case, now)
    make_or_keep(case, told, now)
    outbox.queue(case.conversation, notices.promise_broken(case, promise.due_at, told, now=now))
    audit.note("promise.broken", case.number, None, due=promise.due_at.isoformat())
    if case.claimed_by:
        desk_notices.tell(case.claimed_by, f"Hồ sơ {case.number} đã quá giờ hẹn trả lời người dân.")
    publish(DESK)
    return True


@dataclass(frozen=True, kw_only=True)
class Record:
    """How many promises ended how."""

    kept: int
    broken: int

    @property
    def share(self) -> int:
        """Of a hundred, how many were kept; 0 of none."""
        return round(100 * self.kept / (self.kept + self.broken)) if self.kept + self.broken else 0


def record_of(cases: QuerySet[Case], now: datetime) -> Record:
    """Of the promises in these cases that were due in the last thirty days."""
    due = Promise.objects.filter(case__in=cases, due_at__gte=now - COUNTED)
    kept = Count("pk", filter=Q(kept_at__isnull=False))
    broken = Count("pk", filter=Q(broken_at__isnull=False))
    return Record(**due.aggregate(kept=kept, broken=broken))
