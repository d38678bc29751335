"""Signing in: who came in from where is in the register, and guessing is limited for a while.

django-axes counts wrong passwords, by name and address and by these figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from axes.utils import reset
from django.db.models import Max, Sum
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from office import audit, live_settings
from office.models import Staff
from office.setting_kinds import WholeNumber

GROUP = "Tài khoản"
SOURCE = "Mặc định của phần mềm; cơ quan quyết định theo quy chế an toàn thông tin của mình"

TRIES = live_settings.declare(
    name="accounts.sign_in_tries",
    group=GROUP,
    title="Nhập sai mấy lần thì tạm khoá đăng nhập",
    kind=WholeNumber(lowest=3, highest=50, unit="lần"),
    default=10,
    source=SOURCE,
    hint="Tính theo tên đăng nhập và địa chỉ mạng, nên người ngoài không khoá được cán bộ từ nơi khác.",
)
WAIT_MINUTES = live_settings.declare(
    name="accounts.sign_in_wait",
    group=GROUP,
    title="Tạm khoá đăng nhập trong",
    kind=WholeNumber(lowest=1, highest=1440, unit="phút"),
    default=15,
    source=SOURCE,
    hint="Quản trị viên mở khoá sớm hơn được ở trang Cán bộ.",
)


@dataclass(frozen=True, kw_only=True)
class Whence:
    """From where somebody signs in. address: None behind a socket; device: browser and system in words."""

    address: str | None
    device: str


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A name that may not sign in from an address until a moment."""

    address: str
    until: datetime


def failure_limit(_request: HttpRequest, _credentials: dict[str, Any] | None) -> int:
    """For django-axes (AXES_FAILURE_LIMIT)."""
    return TRIES.current()


def cool_off(_request: HttpRequest | None) -> timedelta:
    """For django-axes (AXES_COOLOFF_TIME)."""
    return timedelta(minutes=WAIT_MINUTES.current())


def locks_of(username: str) -> list[Lock]:
    """From which addresses this name may not sign in now."""
    wait = cool_off(None)
    recent = AccessAttempt.objects.filter(username=username, attempt_time__gt=timezone.now() - wait)
    by_address = (
        recent.order_by()
        .values("ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    )
    limit = TRIES.current()
    return [
        Lock(address=row["ip_address"] or "", until=row["last"] + wait)
        for row in by_address
        if row["failures"] >= limit
    ]


def locked_until(request: HttpRequest) -> datetime | None:
    """Until when the name this form carries may not sign in from its address."""
    locks = locks_of(get_client_username(request) or "")
    here = [lock.until for lock in locks if lock.address == get_client_ip_address(request)]
    return max(here, default=None)


def lift(staff: Staff, *, by: Staff) -> bool:
    """Let the person try again at once, from everywhere. False when nothing was locked."""
    if not reset(username=staff.get_username()):
        return False
    audit.note("account.unlocked", audit.subject_of(staff), by)
    return True


def note_done(staff: Staff, whence: Whence) -> None:
    """The person is signed in, with both factors where there are two."""
    audit.note("sign_in.done", audit.subject_of(staff), staff, address=whence.address, device=whence.device)


def note_wrong_code(staff: Staff, whence: Whence) -> None:
    """Somebody who knows the password gave a code that does not fit: perhaps not this person."""
    audit.note(
        "sign_in.wrong_code", audit.subject_of(staff), None, address=whence.address, device=whence.device
    )


@receiver(user_locked_out)
def _note_lock(request: HttpRequest, username: str, ip_address: str, **_more: object) -> None:
    """Once a lock: of whom the lock turns away nothing is counted."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        audit.note("sign_in.locked", f"account:{username}"[:120], None, address=ip_address)
