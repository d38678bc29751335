"""A case goes back: its official gives it back, a supervisor takes it away, or nobody opened it in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import cases, desk_notices, notices
from casework.cases.holding import LET_GO, State, changed, held
from casework.errors import NoReasonGiven
from casework.models import Assignment, Case
from conversations import outbox, ownership
from nlu import text as texts
from office import audit, duties
from office.lookups import Lookup, number
from office.models import Staff

REASON_LENGTH = 300
#: Of one look; more are left to the next.
AT_ONCE = 200


def assignment_of(case: Case, staff: Staff) -> Assignment | None:
    """How this person was given the case and still has it; None for who took it."""
    return _STANDING.first(case=case.pk, staff=staff.pk)


_STANDING = Lookup(
    lambda: Assignment.objects.filter(case=number("case"), staff=number("staff"), returned_at=None)
)


def note_opened(case: Case, staff: Staff) -> None:
    """The person has the case before his or her eyes."""
    given = assignment_of(case, staff)
    if given and given.opened_at is None:
        unopened = Assignment.objects.filter(pk=given.pk, opened_at=None, returned_at=None)
        unopened.update(opened_at=timezone.now())


@transaction.atomic
def give_back(case: Case, staff: Staff, *, reason: str = "") -> None:
    """Put the case back into the queue; whoever gives back his or her own is not given it again.

    reason: needed of who was given the case; who took it may leave it out. Raises NoReasonGiven, else as
    `cases.release_case`.
    """
    if case.claimed_by_id != staff.pk:
        take_from_holder(case, staff, reason=reason)
        return
    why = texts.clean(reason)[:REASON_LENGTH]
    if not why and assignment_of(case, staff):
        raise NoReasonGiven
    cases.release_case(case, staff, reason=why)
    _note_returned(case, staff, reason=why)
    if why:
        audit.note("case.given_back", case.number, staff)


@transaction.atomic
def take_from_holder(case: Case, staff: Staff, *, reason: str = "") -> None:
    """A supervisor puts a colleague's case back into the queue; whoever `case` shows as its holder is not
    given it again.

    reason: for who has it next. Raises as `cases.release_case`.
    """
    holder = case.claimed_by
    cases.release_case(case, staff, reason=reason)
    if holder:
        _note_returned(case, holder, reason="")


def _note_returned(case: Case, holder: Staff, *, reason: str) -> None:
    """Also of who took the case: the assigner reads from it who is not to get the case again."""
    now = timezone.now()
    returned = {"returned_at": now, "reason": reason}
    taken = {**returned, "assigned_at": now, "open_by": now, "opened_at": now}
    Assignment.objects.update_or_create(case=case, staff=holder, defaults=returned, create_defaults=taken)


def return_unopened(now: datetime) -> int:
    """Put back what was not opened in time; how many, AT_ONCE at the most."""
    late = Assignment.objects.filter(opened_at=None, returned_at=None, open_by__lt=now)
    found = late.select_related("case__conversation", "staff").order_by("pk")[:AT_ONCE]
    return sum(_return_unopened(assignment, now) for assignment in found)


@transaction.atomic
def _return_unopened(assignment: Assignment, now: datetime) -> bool:
    """False when it was opened, or returned by another process, a moment ago."""
    case, staff = assignment.case, assignment.staff
    ownership.lock(case.conversation)
    unopened = Assignment.objects.filter(pk=assignment.pk, opened_at=None, returned_at=None)
    if not unopened.update(returned_at=now):
        return False
    if changed(case, held(case, staff).filter(state=State.CLAIMED), state=State.QUEUED, **LET_GO):
        _tell_both(case, staff)
    return True


def _tell_both(case: Case, staff: Staff) -> None:
    ownership.hand_to_queue(case.conversation)
    outbox.queue(case.conversation, notices.passed_on(case))
    audit.note("case.not_opened", case.number, None, staff=staff.username)
    duties.go_off(staff, by=None)
    told = f"Hồ sơ {case.number} chưa được mở nên đã về hàng chờ. Anh/chị được tính là nghỉ trực; "
    desk_notices.tell(staff, f"{told}trở lại thì bấm “Trực”.")
