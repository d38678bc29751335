"""A case sleeps until a time its holder chose, and is looked at again then."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework import desk_notices
from casework.cases.holding import State, changed, held, lease_from
from casework.errors import CaseNotYours, NotAheadOrTooFar
from casework.models import Case
from office import audit
from office.models import Staff

LONGEST_SNOOZE = timedelta(days=60)
#: Cases of one look; more are left to the next, which follows at once.
AT_ONCE = 200


@transaction.atomic
def snooze(case: Case, staff: Staff, *, until: datetime) -> None:
    """Let a held case rest until then; what the citizen writes wakes it sooner.

    until: aware, ahead, within LONGEST_SNOOZE. Raises NotAheadOrTooFar, or CaseNotYours.
    """
    now = timezone.now()
    if not now < until <= now + LONGEST_SNOOZE:
        raise NotAheadOrTooFar
    asleep = {"state": State.SNOOZED, "snoozed_until": until, "lease_until": lease_from(now)}
    if not changed(case, held(case, staff), **asleep):
        raise CaseNotYours
    audit.note("case.snoozed", case.number, staff, until=until.isoformat())
    case.refresh_from_db()


def wake(now: datetime) -> int:
    """Wake what slept until now, and tell who has it; how many, AT_ONCE at the most.

    Several processes may look at the same time: each case is woken by one of them.
    """
    over = _asleep_until(now).select_related("claimed_by").order_by("snoozed_until")[:AT_ONCE]
    return sum(_wake(case, now) for case in over)


def _asleep_until(now: datetime) -> QuerySet[Case]:
    return Case.objects.filter(state=State.SNOOZED, snoozed_until__lte=now)


@transaction.atomic
def _wake(case: Case, now: datetime) -> bool:
    if not changed(case, _asleep_until(now), state=State.CLAIMED, snoozed_until=None):
        return False
    audit.note("case.woken", case.number, None)
    if case.claimed_by:
        desk_notices.tell(case.claimed_by, f"Đã đến giờ xem lại hồ sơ {case.number}.")
    return True
