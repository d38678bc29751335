"""Where people are signed in: seen now and then, listed, ended at once or by the office's limits."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import Signal, receiver
from django.utils import timezone

from office import live_settings
from office.lookups import Lookup, word
from office.models import SignedIn, Staff
from office.setting_kinds import WholeNumber
from office.sign_ins import GROUP, SOURCE

#: A session in use writes when it was seen no more often than this.
NOTED_EVERY = timedelta(minutes=1)
LONGEST_DEVICE = 300

IDLE_HOURS = live_settings.declare(
    name="accounts.session_idle",
    group=GROUP,
    title="Không dùng bao lâu thì phải đăng nhập lại",
    kind=WholeNumber(lowest=1, highest=168, unit="giờ"),
    default=12,
    source=SOURCE,
    hint="Trang để mở mà không ai bấm hay gõ thì không tính là đang dùng. Có hiệu lực ngay với mọi phiên.",
)
LONGEST_HOURS = live_settings.declare(
    name="accounts.session_longest",
    group=GROUP,
    title="Sau bao lâu thì ai cũng phải đăng nhập lại",
    # No longer than SESSION_COOKIE_AGE, with which the browser forgets it by itself.
    kind=WholeNumber(lowest=1, highest=336, unit="giờ"),
    default=168,
    source=SOURCE,
    hint="Tính từ lúc đăng nhập, dù vẫn đang dùng.",
)

#: Sent once it is committed that a person may see less or more than before: staff_id. A session ended, or
#: the account was changed. Who keeps something open for that person asks again whether it may stay open.
access_changed = Signal()


@dataclass(frozen=True, kw_only=True)
class Limits:
    """After how long a session ends: without its person doing anything, and in any case."""

    idle: timedelta
    longest: timedelta

    def ended(self, *, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
        return seen_at < now - self.idle or began_at < now - self.longest

    def rows_ended(self, now: datetime) -> Q:
        """`ended`, of rows of SignedIn."""
        return Q(seen_at__lt=now - self.idle) | Q(began_at__lt=now - self.longest)


def limits() -> Limits:
    """As they hold now. Two queries."""
    return Limits(
        idle=timedelta(hours=IDLE_HOURS.current()), longest=timedelta(hours=LONGEST_HOURS.current())
    )


@dataclass(frozen=True, kw_only=True)
class Use:
    """A session asks for a page. is_by_itself: a page that lies open asks, so nobody may be there."""

    staff: Staff
    key: str
    device: str
    address: str | None
    is_by_itself: bool = False


def note_use(use: Use, now: datetime) -> bool:
    """Write that it is in use; False once the limits ended it, and it is gone.

    One query; two more and a write at most once a minute, two more for a page that asks by itself.
    """
    times = _TIMES.first(key=use.key)
    if times is None:
        _begin(use, now)
        return True
    began_at, seen_at = times
    if seen_at >= now - NOTED_EVERY:
        return True
    if limits().ended(began_at=began_at, seen_at=seen_at, now=now):
        _end(Session.objects.filter(pk=use.key))
        return False
    if not use.is_by_itself:
        rows = SignedIn.objects.filter(session_id=use.key)
        rows.update(seen_at=now, address=use.address, device=use.device[:LONGEST_DEVICE])
    return True


_TIMES = Lookup(lambda: SignedIn.objects.filter(session_id=word("key")).values_list("began_at", "seen_at"))


def _begin(use: Use, now: datetime) -> None:
    """Two pages of a browser may open at once, and the session may have been ended meanwhile."""
    with suppress(IntegrityError), transaction.atomic():
        SignedIn.objects.create(
            staff=use.staff,
            session_id=use.key,
            device=use.device[:LONGEST_DEVICE],
            address=use.address,
            seen_at=now,
        )


def of(staff: Staff) -> QuerySet[SignedIn]:
    """The person's sessions that still open something, the last seen first."""
    now = timezone.now()
    rows = SignedIn.objects.filter(staff=staff, session__expire_date__gt=now)
    return rows.exclude(limits().rows_ended(now))


Standing = frozenset[tuple[str, int | None]]


def standing(staff: Staff, key: str) -> Standing:
    """What a session may open things as: its person's role, with each unit. Empty once it has ended.

    Three queries.
    """
    rows = of(staff).filter(session_id=key, staff__is_active=True)
    return frozenset(rows.order_by().values_list("staff__role", "staff__units"))


def end(staff: Staff, number: int) -> bool:
    """End one session of the person at once. False when it has ended already."""
    return _end(Session.objects.filter(signed_in__staff=staff, signed_in__pk=number)) > 0


def end_all(staff: Staff, *, but: str = "") -> int:
    """End the person's sessions at once, how many. but: the key of one that goes on."""
    return _end(Session.objects.filter(signed_in__staff=staff).exclude(pk=but))


def let_go_expired(now: datetime) -> int:
    """Forget sessions that open nothing any more, and where they were; how many."""
    ended = SignedIn.objects.filter(limits().rows_ended(now))
    return _end(Session.objects.filter(Q(expire_date__lt=now) | Q(pk__in=ended.values("session"))))


def tell_changed(staff: Staff) -> None:
    """The account has another role, or other units."""
    _tell(staff.pk)


def _end(which: QuerySet[Session]) -> int:
    _, by_model = which.delete()
    return by_model.get("sessions.Session", 0)


@receiver(post_delete, sender=SignedIn)
def _tell_ended(instance: SignedIn, **_more: object) -> None:
    """However it ended: signed out, ended from another machine, run out."""
    _tell(instance.staff_id)


def _tell(staff_id: int) -> None:
    transaction.on_commit(lambda: access_changed.send(sender=None, staff_id=staff_id), robust=True)
