"""Digests: to those who do not sit at the desk, how much waits there. Numbers and a link, never content.

Each goes out once for a person and a time, however many processes look: whoever makes the row sends it. What
the mail server refuses is tried again some times and stays visible; a process that is killed while it sends
leaves a row nobody takes up, so that nobody is written to twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from casework import queues
from casework.digest_times import TIMES, slot_at, slot_before
from casework.models import DigestSent
from casework.queues import Desk
from office.models import SignedIn, Staff
from office.opening_hours import working_clock

log = structlog.get_logger(__name__)

#: After the first try, and after each that failed; then it is given up.
TRIED_AGAIN_AFTER = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45))


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What one person is written at one time. mine: held by him or her, late of them overdue; unassigned: of
    his or her units, held by nobody."""

    staff: Staff
    slot: datetime
    mine: int
    late: int
    unassigned: int

    @property
    def subject(self) -> str:
        return f"Một Cửa: {self.mine + self.unassigned} việc đang chờ"

    @property
    def text(self) -> str:
        late = f", {self.late} việc đã quá hạn" if self.late else ""
        mine = f"Anh/chị đang giữ {self.mine} việc{late}.\n" if self.mine else ""
        unassigned = (
            f"Đơn vị của anh/chị còn {self.unassigned} việc chưa ai nhận.\n" if self.unassigned else ""
        )
        link = f"\nMở bàn làm việc: {settings.PUBLIC_URL}/desk/\n" if settings.PUBLIC_URL else ""
        return (
            f"Chào {self.staff.display_name},\n\n{mine}{unassigned}{link}\n"
            "Thư này chỉ có số, không có nội dung của người dân. "
            "Không muốn nhận nữa: vào Tài khoản của tôi, mục Thư tóm tắt.\n"
        )


def is_on() -> bool:
    """Whether the operator named a mail server."""
    return bool(settings.EMAIL_HOST)


def due(now: datetime) -> Iterator[Digest]:
    """Who is still to be written at this time: has work, and was not at the desk since the last time."""
    times, clock = TIMES.current(), working_clock()
    slot = slot_at(now, times, clock)
    if slot is None:
        return
    for staff in _readers(slot, away_since=slot_before(slot, times, clock)):
        digest = digest_of(staff, slot, now=now)
        if digest.mine or digest.unassigned:
            yield digest


def _readers(slot: datetime, *, away_since: datetime) -> Iterator[Staff]:
    seen = SignedIn.objects.filter(staff=OuterRef("pk"), seen_at__gte=away_since)
    written = DigestSent.objects.filter(staff=OuterRef("pk"), slot=slot)
    wanting = Staff.objects.filter(is_active=True, wants_digest=True, role__in=Staff.DESK_ROLES)
    away = wanting.exclude(email="").exclude(Exists(seen)).exclude(last_login__gte=away_since)
    yield from away.exclude(Exists(written)).order_by("pk")


def digest_of(staff: Staff, slot: datetime, *, now: datetime) -> Digest:
    """Counted from the very queues the desk shows."""
    desk = Desk(staff=staff, now=now)
    return Digest(
        staff=staff,
        slot=slot,
        mine=queues.count(desk, queues.MINE),
        late=queues.count(desk, queues.MINE, queues.OVERDUE),
        unassigned=queues.count(desk, queues.UNASSIGNED, queues.UNIT),
    )


def send_due(now: datetime) -> int:
    """Write to everybody who is due now, and again where it failed before; how many were sent."""
    if not is_on():
        return 0
    sent = sum(_send(digest, row) for digest in due(now) if (row := _made(digest)))
    return sent + sum(_send(digest_of(row.staff, row.slot, now=now), row) for row in _to_try_again(now))


def _made(digest: Digest) -> DigestSent | None:
    """The row of this digest; None when another process was quicker."""
    try:
        with transaction.atomic():
            return DigestSent.objects.create(staff=digest.staff, slot=digest.slot)
    except IntegrityError:
        return None


def _to_try_again(now: datetime) -> Iterator[DigestSent]:
    wanted = DigestSent.objects.filter(staff__is_active=True, staff__wants_digest=True)
    for row in wanted.filter(sent_at=None, again_at__lte=now).select_related("staff"):
        waiting = DigestSent.objects.filter(pk=row.pk, again_at=row.again_at)
        if waiting.update(again_at=None, tries=F("tries") + 1):
            row.refresh_from_db()
            yield row


def _send(digest: Digest, row: DigestSent) -> bool:
    try:
        EmailMessage(digest.subject, digest.text, to=[digest.staff.email]).send()
    except (OSError, SMTPException) as problem:
        _keep_problem(row, str(problem))
        return False
    DigestSent.objects.filter(pk=row.pk).update(sent_at=timezone.now(), problem="")
    return True


def _keep_problem(row: DigestSent, problem: str) -> None:
    log.warning("digest_not_sent", tries=row.tries, problem=problem)
    left = row.tries <= len(TRIED_AGAIN_AFTER)
    again = timezone.now() + TRIED_AGAIN_AFTER[row.tries - 1] if left else None
    DigestSent.objects.filter(pk=row.pk).update(problem=problem[:300], again_at=again)
