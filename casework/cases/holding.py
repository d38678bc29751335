"""Who holds a case, for how long he or she counts as present, and the one way a case is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils import timezone

from casework import service_levels
from casework.models import Case
from conversations.changes import DESK, conversation_topic, publish
from office import live_settings
from office.models import Staff
from office.setting_kinds import WholeNumber

State = Case.State

GROUP = "Hồ sơ trò chuyện"
OUR_CHOICE = "Lựa chọn của phần mềm; cơ quan đổi được"

LEASE_MINUTES = live_settings.declare(
    name="cases.lease_minutes",
    group=GROUP,
    title="Người giữ hồ sơ vắng bao lâu thì đồng nghiệp được nhận thay",
    hint="Trang đang mở và mỗi việc làm đều tính là có mặt. Người phụ trách nhận thay được ngay.",
    kind=WholeNumber(lowest=1, highest=480, unit="phút"),
    default=10,
    source=OUR_CHOICE,
)

#: Nobody holds it, and nothing remains of who did.
LET_GO: Final = {"claimed_by": None, "claimed_at": None, "lease_until": None, "snoozed_until": None}


def still_open() -> QuerySet[Case]:
    return Case.objects.exclude(state=State.CLOSED)


def held(case: Case, staff: Staff) -> QuerySet[Case]:
    """The case, if this person holds it."""
    return Case.objects.filter(pk=case.pk, state__in=Case.HELD, claimed_by=staff)


def at_hand(case: Case, staff: Staff) -> QuerySet[Case]:
    """The case, if this person holds it; for who oversees, also as it was read, with whoever had it then."""
    if staff.may_oversee and case.claimed_by_id != staff.pk:
        return still_open().filter(pk=case.pk, claimed_by=case.claimed_by_id, unit=case.unit_id)
    return held(case, staff)


def locked(case: Case) -> Case:
    """As its row stands now, until the transaction ends."""
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def changed(case: Case, as_read: QuerySet[Case], **values: Any) -> bool:
    """Change the case and count the change, if it still is `as_read`; False when it is not any more."""
    publish(DESK, conversation_topic(case.conversation.public_id))
    return bool(as_read.filter(pk=case.pk).update(version=F("version") + 1, **values))


def owed_in_queue(case: Case) -> Mapping[str, Any]:
    """The term of a case that goes into a queue, in the caller's transaction, which holds its conversation.

    It runs on, or begins now where it was the citizen's turn: who replied may have announced the answer of
    others, and a case without a term would stand last in every queue and never be late.
    """
    row = locked(case)
    return {} if row.owed_since else service_levels.owed(row, timezone.now())


def woken(case: Case) -> dict[str, Any]:
    """What a case says that its holder has to look at now; {} where it rests neither snoozed nor waiting."""
    rests = case.state in (State.WAITING, State.SNOOZED)
    return {"state": State.CLAIMED, "snoozed_until": None} if rests else {}


def counted(case: Case) -> None:
    """Count a change of which word goes out anyway: the citizen wrote, and who recorded that publishes it."""
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)


def lease_from(now: datetime) -> datetime:
    """Until when who acts now counts as present."""
    return now + timedelta(minutes=LEASE_MINUTES.current())


def taken_by(staff: Staff) -> dict[str, Any]:
    """What a case says once this person has just got it."""
    now = timezone.now()
    return {"claimed_by": staff, "claimed_at": now, "lease_until": lease_from(now)}
