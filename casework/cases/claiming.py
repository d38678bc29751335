"""A case gets into one person's hands, stays there while he or she is present, and out of them again."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q, QuerySet, When
from django.utils import timezone

from casework import desk_notices, notices
from casework.cases.holding import LET_GO, State, at_hand, changed, held, lease_from, owed_in_queue, taken_by
from casework.errors import CaseNotYours, StillPresent
from casework.models import Case
from conversations import outbox, ownership
from conversations.errors import OwnerChanged
from nlu import text as texts
from office import audit
from office.lookups import Change, moment, number
from office.models import Staff


def claim(case: Case, staff: Staff) -> bool:
    """Take a waiting case and its conversation. False when someone was quicker: then nothing has changed."""
    try:
        with transaction.atomic():
            return _claim(case, staff)
    except OwnerChanged:
        return False


def _claim(case: Case, staff: Staff) -> bool:
    ownership.lock(case.conversation)
    waiting = Case.objects.filter(pk=case.pk, state=State.QUEUED)
    if not changed(case, waiting, state=State.CLAIMED, **taken_by(staff)):
        return False
    ownership.hand_to_staff(case.conversation, staff)
    outbox.queue(case.conversation, notices.claimed(case, staff))
    audit.note("case.claimed", case.number, staff)
    case.refresh_from_db()
    return True


def keep(case: Case, staff: Staff) -> bool:
    """The holder is still there: the lease begins anew. False when this person does not hold the case."""
    return bool(_KEPT.make(case=case.pk, staff=staff.pk, until=lease_from(timezone.now())))


def _held() -> QuerySet[Case]:
    return Case.objects.filter(pk=number("case"), state__in=Case.HELD, claimed_by=number("staff"))


_KEPT = Change(_held, lease_until=moment("until"))


@transaction.atomic
def release_case(case: Case, staff: Staff, *, reason: str = "") -> None:
    """Give a case back to the queue, at the place its age gives it; its citizen is owed an answer there.

    A supervisor may give back a colleague's, whom `case` shows as its holder. reason: for who has it next.
    Raises CaseNotYours.
    """
    holder = case.claimed_by
    ownership.lock(case.conversation)
    told = {"transfer_reason": why} if (why := texts.clean(reason)[:300]) else {}
    theirs = at_hand(case, staff).filter(state__in=Case.HELD)
    if not changed(case, theirs, state=State.QUEUED, **LET_GO, **told, **owed_in_queue(case)):
        raise CaseNotYours
    ownership.hand_to_queue(case.conversation)
    audit.note("case.released", case.number, staff)
    if holder and holder != staff:
        desk_notices.tell(holder, f"{staff.display_name} đã trả hồ sơ {case.number} của anh/chị về hàng chờ.")
    case.refresh_from_db()


@transaction.atomic
def take_over(case: Case, staff: Staff) -> None:
    """Go on in the place of the holder whom `case` shows, who is told; the citizen notices no gap.

    Anybody may once the holder's lease is over, before that only who oversees. Raises StillPresent, or
    CaseNotYours when somebody else has it by now or it is closed.
    """
    holder = case.claimed_by
    if holder is None or holder == staff:
        raise CaseNotYours
    ownership.lock(case.conversation)
    of_holder = held(case, holder)
    absent = of_holder if staff.may_oversee else of_holder.filter(_is_absent())
    if not changed(case, absent, state=_STATE_TAKEN_OVER, snoozed_until=None, **taken_by(staff)):
        raise StillPresent if of_holder.exists() else CaseNotYours
    ownership.hand_on(case.conversation, held_by=holder, to=staff)
    audit.note("case.taken_over", case.number, staff, held_by=holder.username)
    desk_notices.tell(holder, _taken_over(case, staff))
    case.refresh_from_db()


def _is_absent() -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=timezone.now())


#: Who takes over looks at it now, whatever it was to wake for; what waits for the citizen goes on waiting.
_STATE_TAKEN_OVER = models.Case(
    When(state=State.WAITING, then=models.Value(State.WAITING)),
    default=models.Value(State.CLAIMED),
    output_field=models.CharField(),
)


def _taken_over(case: Case, staff: Staff) -> str:
    return f"{staff.display_name} đã nhận thay hồ sơ {case.number}. Lời anh/chị đang soạn vẫn được giữ ở đó."


def free_to_take_over(case: Case, staff: Staff) -> bool:
    """Whether this person could take it over now."""
    if not case.is_held or case.claimed_by_id == staff.pk:
        return False
    return staff.may_oversee or _held_by_absent(case).exists()


def _held_by_absent(case: Case) -> QuerySet[Case]:
    return Case.objects.filter(_is_absent(), pk=case.pk, state__in=Case.HELD)
