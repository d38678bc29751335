"""Who is on duty, for how many conversations at once, for which topics, and when as planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from office import audit, live_settings
from office.lookups import Lookup, moment, number
from office.models import Duty, Shift, Staff
from office.opening_hours import read_hours, write_hours
from office.setting_kinds import WholeNumber
from office.shifts import Week
from office.working_hours import ZONE

GROUP = "Trực và giao hồ sơ"
LARGEST_CAPACITY = 50
#: Seen again within this time, nothing is written: open pages ask for their parts every few seconds.
SEEN_EVERY = timedelta(minutes=1)

CAPACITY = live_settings.declare(
    name="duty.capacity",
    group=GROUP,
    title="Mỗi cán bộ trực nhận tối đa",
    hint="Cho người chưa được ghi riêng ở trang Trực. Chỉ giới hạn việc giao tự động, không cản ai tự nhận.",
    kind=WholeNumber(lowest=1, highest=LARGEST_CAPACITY, unit="cuộc trò chuyện cùng lúc"),
    default=4,
    source="Chưa có nguồn: cơ quan cần quyết định. Vừa phục vụ ở quầy vừa trả lời thì khó theo quá bốn người",
    is_undecided=True,
)
PRESENT_MINUTES = live_settings.declare(
    name="duty.present_minutes",
    group=GROUP,
    title="Coi là có mặt nếu bàn làm việc còn mở trong",
    hint="Lâu hơn thì hồ sơ không được giao tự động cho người ấy, dù đang trực.",
    kind=WholeNumber(lowest=2, highest=60, unit="phút gần nhất"),
    default=5,
    source="Trang đang mở tự cập nhật ít nhất mỗi phút",
)


def duty_of(staff: Staff) -> Duty:
    """The person's part; one who never took part is not on duty."""
    return _OF_STAFF.first(staff=staff.pk) or Duty(staff=staff)


_OF_STAFF = Lookup(lambda: Duty.objects.filter(staff=number("staff")))


def is_on(duty: Duty, now: datetime) -> bool:
    """Whether the person is on duty: who forgot to leave it yesterday is not."""
    return duty.on_since is not None and duty.on_since >= _midnight(now)


def on_duty(now: datetime) -> Q:
    """As `is_on`, of duties."""
    return Q(on_since__gte=_midnight(now))


def is_present(duty: Duty, now: datetime, *, minutes: int) -> bool:
    """Whether the person's desk was open in the last minutes."""
    return duty.seen_at is not None and now - duty.seen_at <= timedelta(minutes=minutes)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


@transaction.atomic
def go_on(staff: Staff, now: datetime) -> None:
    """The person is on duty from now on; who is already, stays since then."""
    duty, _ = Duty.objects.get_or_create(staff=staff)
    off = Duty.objects.filter(pk=duty.pk).exclude(on_duty(now))
    if Duty.objects.filter(pk=duty.pk).update(seen_at=now) and off.update(on_since=now):
        audit.note("duty.on", subject_of(staff), staff)


@transaction.atomic
def go_off(staff: Staff, *, by: Staff | None) -> None:
    """The person is not on duty any more; what he or she has stays with the person.

    by: the person, who oversees, or None when nobody seemed to be at the desk.
    """
    if Duty.objects.filter(staff=staff, on_since__isnull=False).update(on_since=None):
        audit.note("duty.off", subject_of(staff), by)


def note_seen(staff: Staff, now: datetime) -> None:
    """The person's desk is open. Writes at most once in SEEN_EVERY, and only for who took part before."""
    unseen = _UNSEEN.first(staff=staff.pk, since=now - SEEN_EVERY)
    if unseen:  # a look is cheap; a write that changes nothing still takes SQLite's one pen
        Duty.objects.filter(pk=unseen).update(seen_at=now)


def _unseen() -> QuerySet[Duty, int]:
    long_ago = Q(seen_at=None) | Q(seen_at__lte=moment("since"))
    return Duty.objects.filter(long_ago, staff=number("staff")).values_list("pk", flat=True)


_UNSEEN = Lookup(_unseen)


@transaction.atomic
def set_part(
    staff: Staff, *, capacity: int | None, topics: Sequence[str], hours: Mapping[int, str], by: Staff
) -> None:
    """Say for how many conversations, for which topics and when a person is planned; audited.

    capacity: None as the setting says; hours: by weekday as people type them, "" for none. Raises
    WrongSettingValue for hours that do not read; then nothing has changed.
    """
    planned = {day: write_hours(read_hours(typed)) for day, typed in hours.items() if typed.strip()}
    Duty.objects.update_or_create(staff=staff, defaults={"capacity": capacity, "topics": sorted(topics)})
    Shift.objects.filter(staff=staff).delete()
    Shift.objects.bulk_create(
        Shift(staff=staff, weekday=day, hours=words) for day, words in sorted(planned.items())
    )
    audit.note(
        "duty.planned", subject_of(staff), by, capacity=capacity, topics=len(topics), days=len(planned)
    )


def week_of(shifts: Sequence[Shift]) -> Week:
    """The planned hours of one person."""
    return {shift.weekday: read_hours(shift.hours) for shift in shifts}


def subject_of(staff: Staff) -> str:
    """What the register calls a person's duty."""
    return f"duty:{staff.username}"[:120]
