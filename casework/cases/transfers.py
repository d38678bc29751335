"""A case goes to another unit or to a colleague, with a reason, and back again in one act."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from casework import desk_notices, notices, promises, visibility
from casework.cases.holding import LET_GO, State, at_hand, changed, owed_in_queue, taken_by
from casework.errors import (
    AlreadyThere,
    CaseNotYours,
    ComplainsOfThisUnit,
    NobodyAtThatDesk,
    NoReasonGiven,
    NotForThisColleague,
    NoWayBack,
)
from casework.models import Case
from conversations import outbox, ownership
from nlu import text as texts
from office import audit, duties
from office.models import Staff, Unit

REASON_LENGTH = 300

#: It is where it came from.
_NO_WAY_BACK: Final = {"came_from": None, "came_from_holder": None}


@transaction.atomic
def transfer(case: Case, staff: Staff, to: Unit, *, reason: str) -> None:
    """Put the case in another unit's queue; that unit reads why, and the citizen is told who answers now
    and until when.

    The holder may, and who oversees. Raises NoReasonGiven, AlreadyThere, ComplainsOfThisUnit,
    NobodyAtThatDesk, or CaseNotYours when somebody was first.
    """
    why = _reason(reason)
    if to.pk == case.unit_id:
        raise AlreadyThere
    _check_may_go(case, to)
    _move(case, staff, to, came_from=case.unit, came_from_holder=case.claimed_by, transfer_reason=why)
    audit.note("case.transferred", case.number, staff, to=to.code, unit=case.unit.code)
    case.refresh_from_db()


@transaction.atomic
def send_back(case: Case, staff: Staff, *, reason: str) -> None:
    """Give the case back to who had it in the unit it came from, or to that unit's queue.

    Who had it gets it while on duty there: he or she is told, and the citizen notices no gap. Raises
    NoWayBack, else as `transfer`.
    """
    why, back_to = _reason(reason), case.came_from
    if back_to is None:
        raise NoWayBack
    _check_may_go(case, back_to)
    passed_back = {**_NO_WAY_BACK, "transfer_reason": why}
    if former := _former_holder(case, back_to):
        _put_in_hands(case, staff, former, unit=back_to, **passed_back)
    else:
        _move(case, staff, back_to, **passed_back)
    given = {"given": former.username} if former else {}
    audit.note("case.sent_back", case.number, staff, to=back_to.code, unit=case.unit.code, **given)
    case.refresh_from_db()


def _former_holder(case: Case, back_to: Unit) -> Staff | None:
    """Who had it in that unit, if still at work there, on duty, and not complained of meanwhile."""
    former = case.came_from_holder
    if former is None or not visibility.works_in(former, back_to) or visibility.is_barred(former, case):
        return None
    return former if duties.is_on(duties.duty_of(former), timezone.now()) else None


@transaction.atomic
def give_to(case: Case, staff: Staff, colleague: Staff, *, reason: str) -> None:
    """Hand the case to a colleague who may see it, also one that waits; the citizen notices no gap.

    The holder may, and who oversees. Raises NoReasonGiven, AlreadyThere, NotForThisColleague, or
    CaseNotYours when somebody was first.
    """
    why = _reason(reason)
    if colleague.pk == case.claimed_by_id:
        raise AlreadyThere
    if not visibility.may_be_given(case, colleague):
        raise NotForThisColleague
    _put_in_hands(case, staff, colleague, transfer_reason=why)
    audit.note("case.given", case.number, staff, to=colleague.username)
    case.refresh_from_db()


def _reason(given: str) -> str:
    why = texts.clean(given)[:REASON_LENGTH]
    if not why:
        raise NoReasonGiven
    return why


def _check_may_go(case: Case, to: Unit) -> None:
    if not visibility.may_go_to(case, to):
        raise ComplainsOfThisUnit
    if not visibility.has_somebody(to):
        raise NobodyAtThatDesk


def _put_in_hands(case: Case, staff: Staff, colleague: Staff, **values: Any) -> None:
    holder = case.claimed_by
    ownership.lock(case.conversation)
    given = {"state": _state_in_hands(case), "snoozed_until": None, **taken_by(colleague), **values}
    if not changed(case, at_hand(case, staff).filter(state=case.state), **given):
        raise CaseNotYours
    _hand_on(case, holder, colleague)
    _tell(case, staff, holder=holder, colleague=colleague)


def _move(case: Case, staff: Staff, to: Unit, **values: Any) -> None:
    holder = case.claimed_by
    ownership.lock(case.conversation)
    moved = {"unit": to, "state": State.QUEUED, **LET_GO, **owed_in_queue(case), **values}
    if not changed(case, at_hand(case, staff), **moved):
        raise CaseNotYours
    ownership.hand_to_queue(case.conversation)
    _promise(Case.objects.get(pk=case.pk), timezone.now())
    if holder and holder != staff:
        desk_notices.tell(
            holder, f"{staff.display_name} đã chuyển hồ sơ {case.number} của anh/chị đến {to.name}."
        )


def _promise(case: Case, now: datetime) -> None:
    """case: as it is in the queue of the unit to which it went."""
    promise = promises.renew(case, now)
    outbox.queue(case.conversation, notices.case_transferred(case, promise.due_at, now=now))


def _state_in_hands(case: Case) -> State:
    """A colleague looks at it now, unless it is the citizen's turn."""
    return State.WAITING if case.state == State.WAITING else State.CLAIMED


def _hand_on(case: Case, holder: Staff | None, colleague: Staff) -> None:
    if holder:
        ownership.hand_on(case.conversation, held_by=holder, to=colleague)
    else:
        ownership.hand_to_staff(case.conversation, colleague)
        outbox.queue(case.conversation, notices.claimed(case, colleague))


def _tell(case: Case, staff: Staff, *, holder: Staff | None, colleague: Staff) -> None:
    if colleague != staff:
        desk_notices.tell(colleague, f"{staff.display_name} giao hồ sơ {case.number} cho anh/chị.")
    if holder and holder != staff:
        desk_notices.tell(
            holder,
            f"{staff.display_name} đã giao hồ sơ {case.number} của anh/chị cho {colleague.display_name}.",
        )
