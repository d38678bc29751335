"""Appointments: made in a case within working hours, moved, cancelled; each time the citizen is told.

What the holder of the case tells counts as the reply that was owed, and is held back like one: until it goes
out it can be undone, and then the appointment is as it was before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case as Depending
from django.db.models import QuerySet, When
from django.utils import timezone

from casework import appointment_notices, cases, visibility
from casework.appointment_settings import VIDEO_LINK
from casework.cases.holding import changed
from casework.errors import (
    AppointmentMovedOn,
    AppointmentOver,
    AppointmentStands,
    NoSuchPlace,
    NotThereThatDay,
    OutsideWorkingHours,
)
from casework.models import Appointment, Case
from casework.models.appointments import LASTS
from casework.numbers import next_number
from conversations import outbox
from conversations.messages import OutboundMessage
from conversations.models import Conversation
from nlu.text import clean
from office import audit
from office.lookups import Lookup, number
from office.models import ServicePoint, Staff
from office.opening_hours import working_clock
from office.service_points import existing

FURTHEST = timedelta(days=60)
#: So long before it the citizen is reminded.
REMINDED_BEFORE = timedelta(days=1)
PAPERS_LENGTH = 500
_NOT_THERE = "{counter} không làm việc ngày {day:%d/%m/%Y}. Anh/chị chọn ngày khác, hoặc hẹn ở điểm khác."

State = Appointment.State


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """counter: None for by video. starts_at: aware. papers: what to bring, "" for nothing to tell."""

    counter: ServicePoint | None
    starts_at: datetime
    papers: str = ""


def counters_for(case: Case) -> QuerySet[ServicePoint]:
    """Those that exist on a day an appointment may be on; of the unit that has the case first."""
    today = timezone.localdate()
    of_unit_first = Depending(When(unit=case.unit_id, then=0), default=1)
    return existing(today, today + FURTHEST).order_by(of_unit_first, "name")


def latest(case: Case) -> Appointment | None:
    """The one that is to come, else the last that was; those cancelled do not count."""
    return _LATEST.first(case=case.pk)


def _kept() -> QuerySet[Appointment]:
    """Latest first: one that stands begins after all that were over when it was made."""
    mine = Appointment.objects.filter(case=number("case"), state__in=(State.STANDING, State.OVER))
    return mine.select_related("counter", "made_by").order_by("-starts_at")


_LATEST = Lookup(_kept)


def make(case: Case, staff: Staff, wanted: Wanted) -> Appointment:
    """Make one and tell the citizen, in the official's name. One before it that is over hinders nothing.

    Raises CaseNotYours, AppointmentStands, NoSuchPlace, NotThereThatDay or OutsideWorkingHours; then nothing
    has changed.
    """
    _check(wanted)
    try:
        with transaction.atomic():
            return _make(case, staff, wanted)
    except IntegrityError as problem:
        raise AppointmentStands from problem


def _make(case: Case, staff: Staff, wanted: Wanted) -> Appointment:
    Appointment.objects.filter(case=case, state=State.STANDING, starts_at__lte=timezone.now() - LASTS).update(
        state=State.OVER
    )
    appointment = Appointment.objects.create(
        number=next_number("LH"),
        case=case,
        counter=wanted.counter,
        video_link="" if wanted.counter else VIDEO_LINK.current(),
        starts_at=wanted.starts_at,
        papers=clean(wanted.papers)[:PAPERS_LENGTH],
        made_by=staff,
        reminded_at=_reminded(wanted.starts_at, timezone.now()),
    )
    cases.say(case, staff, _undoable(appointment_notices.made(appointment, staff), appointment))
    audit.note("case.appointment_made", case.number, staff, appointment=appointment.number)
    return appointment


def move(appointment: Appointment, staff: Staff, starts_at: datetime) -> None:
    """To another time.

    Raises AppointmentOver, AppointmentMovedOn when somebody was first, NotThereThatDay, OutsideWorkingHours,
    or CaseNotYours when the case has just left this person's hands.
    """
    _refuse_over(appointment)
    _check(Wanted(counter=appointment.counter, starts_at=starts_at))
    with transaction.atomic():
        before = _moments(appointment)
        reminded = _reminded(starts_at, timezone.now())
        _change(appointment, State.STANDING, starts_at=starts_at, reminded_at=reminded)
        _tell(appointment, staff, appointment_notices.moved(appointment, staff), **before)
        audit.note("case.appointment_moved", appointment.case.number, staff, appointment=appointment.number)


@transaction.atomic
def cancel(appointment: Appointment, staff: Staff) -> None:
    """Raises AppointmentOver, AppointmentMovedOn when somebody was first, or CaseNotYours as `move`."""
    _refuse_over(appointment)
    _change(appointment, State.STANDING, state=State.CANCELLED)
    _tell(appointment, staff, appointment_notices.cancelled(appointment, staff), state=State.STANDING)
    audit.note("case.appointment_cancelled", appointment.case.number, staff, appointment=appointment.number)


def _refuse_over(appointment: Appointment) -> None:
    """What a citizen was told of one that is over stays true. Raises AppointmentOver."""
    if appointment.is_over:
        raise AppointmentOver


def _unmake(appointment: Appointment) -> None:
    if not _as_seen(appointment, State.STANDING).delete()[0]:
        raise AppointmentMovedOn
    appointment.pk = None


def _change(appointment: Appointment, seen: State, **values: object) -> None:
    if not _as_seen(appointment, seen).update(sequence=appointment.sequence + 1, **values):
        raise AppointmentMovedOn
    appointment.refresh_from_db()


def _as_seen(appointment: Appointment, state: State) -> QuerySet[Appointment]:
    """The appointment, if it is in this state, and was changed as often as who acts has read."""
    return Appointment.objects.filter(pk=appointment.pk, state=state, sequence=appointment.sequence)


def _tell(appointment: Appointment, staff: Staff, message: OutboundMessage, **before: str | None) -> None:
    """before: the fields that undoing it gives back. A colleague's words are nobody's reply."""
    case = appointment.case
    if case.is_held and case.claimed_by_id == staff.pk:
        cases.say(case, staff, _undoable(message, appointment, **before))
        return
    changed(case, Case.objects.all())
    outbox.queue(case.conversation, message, staff=staff)


def _undoable(message: OutboundMessage, appointment: Appointment, **before: str | None) -> OutboundMessage:
    told = {"number": appointment.number, "sequence": appointment.sequence, "before": before}
    return replace(message, detail={**message.detail, "appointment": told})


def _moments(appointment: Appointment) -> dict[str, str | None]:
    """In ISO 8601."""
    reminded = appointment.reminded_at
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "reminded_at": reminded.isoformat() if reminded else None,
    }


def is_told_in(case: Case, turn_id: int) -> bool:
    """Whether an act on an appointment is what was said there."""
    told = case.conversation.turns.filter(payload__detail__has_key="appointment")
    return told.filter(pk=turn_id).exists()


def undo(case: Case, staff: Staff, turn_id: int) -> Appointment:
    """Undo the act that was told there; one just made is gone, and returned without its key.

    Raises AppointmentMovedOn when another act came after it, AppointmentStands when another one was made,
    else as `cases.take_back`; then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _undo(case, staff, turn_id)
    except IntegrityError as problem:
        raise AppointmentStands from problem


def _undo(case: Case, staff: Staff, turn_id: int) -> Appointment:
    told = cases.take_back(case, staff, turn_id).payload["detail"]["appointment"]
    appointment = Appointment.objects.select_related("counter").get(case=case, number=told["number"])
    appointment.sequence, before = told["sequence"], told["before"]
    if before:
        # Counted on, not back: a calendar may have fetched the file meanwhile.
        _change(appointment, State.CANCELLED if "state" in before else State.STANDING, **before)
    else:
        _unmake(appointment)
    audit.note("case.appointment_undone", case.number, staff, appointment=told["number"])
    return appointment


def _check(wanted: Wanted) -> None:
    """Raises NoSuchPlace, NotThereThatDay or OutsideWorkingHours."""
    if wanted.counter is None and not VIDEO_LINK.current():
        raise NoSuchPlace
    now, end = timezone.now(), wanted.starts_at + LASTS
    is_ahead = now < wanted.starts_at <= now + FURTHEST
    if not is_ahead or working_clock().between(wanted.starts_at, end) != LASTS:
        raise OutsideWorkingHours
    day = timezone.localdate(wanted.starts_at)
    if wanted.counter and not existing(day, day).filter(pk=wanted.counter.pk).exists():
        raise NotThereThatDay(_NOT_THERE.format(counter=wanted.counter.name, day=day))


def _reminded(starts_at: datetime, now: datetime) -> datetime | None:
    """Who is told less than a day before needs no reminder."""
    return now if starts_at - now <= REMINDED_BEFORE else None


def to_remind(now: datetime) -> QuerySet[Appointment]:
    """Those of the day to come whose citizens were not reminded yet, the next first."""
    next_day = Appointment.objects.filter(
        state=State.STANDING, reminded_at=None, starts_at__gt=now, starts_at__lte=now + REMINDED_BEFORE
    )
    return next_day.select_related("case__conversation", "counter", "made_by").order_by("starts_at")


def mark_reminded(appointment: Appointment, now: datetime) -> bool:
    """False when another process, or a move, was quicker."""
    waiting = Appointment.objects.filter(
        pk=appointment.pk, state=State.STANDING, sequence=appointment.sequence, reminded_at=None
    )
    return bool(waiting.update(reminded_at=now))


def of_case(case: Case, staff: Staff, number: str) -> Appointment | None:
    """One of a case that this person sees."""
    if not visibility.sees_case(staff, case):
        return None
    found = Appointment.objects.filter(case=case, number=number)
    return found.select_related("counter", "case__conversation").first()


def forget(conversation: Conversation) -> None:
    """They name when and where a citizen comes whose data is erased."""
    Appointment.objects.filter(case__conversation=conversation).delete()
