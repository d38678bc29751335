"""The second factor: six digits from the person's telephone, or a backup code. django-otp checks them."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp import login
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from office import audit, live_settings, sign_ins
from office.lookups import Lookup, number
from office.models import Staff
from office.setting_kinds import SomeOf
from office.sign_ins import GROUP, Whence

BACKUP_CODES = 10
#: What a telephone shows; a backup code is longer.
DIGITS = 6
#: Letters and digits that nobody confuses on paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
#: django-otp keeps at most so much of a backup code: the start of its SHA-256.
KEPT = 16

REQUIRED_ROLES = live_settings.declare(
    name="accounts.second_factor",
    group=GROUP,
    title="Vai trò phải xác thực hai bước",
    kind=SomeOf(choices=dict(Staff.Role.choices)),
    default=() if settings.DEMONSTRATION else (str(Staff.Role.SUPERVISOR), str(Staff.Role.ADMINISTRATOR)),
    source="Mặc định của phần mềm: người xem được của nhiều đơn vị; bản dùng thử không yêu cầu ai",
    hint="Ai có vai trò này mà chưa cài thì phải cài ngay khi đăng nhập. Người khác tự cài được.",
    is_undecided=True,
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What became of a code. device: None when it was wrong or came too early; until: when to try again.

    is_wrong: it was compared and does not fit, so that the next one has to wait.
    """

    device: Device | None = None
    until: datetime | None = None
    is_wrong: bool = False


def devices() -> QuerySet[TOTPDevice]:
    """Every telephone that was set up and confirmed."""
    confirmed: QuerySet[TOTPDevice] = TOTPDevice.objects.filter(confirmed=True)
    return confirmed


def device_of(staff: Staff) -> TOTPDevice | None:
    """The telephone that was set up and confirmed, if any."""
    return devices().filter(user=staff).first()


def is_verified(staff: Staff) -> bool:
    """Whether this person, as a request brought him, gave the code in this session."""
    return getattr(staff, "otp_device", None) is not None


def remember(request: HttpRequest, device: Device) -> None:
    """From now on the session is one in which the code was given."""
    login(request, device)


def is_set_up(staff: Staff) -> bool:
    return _DEVICE.first(staff=staff.pk) is not None


_DEVICE = Lookup(lambda: devices().filter(user=number("staff")).values_list("pk", flat=True)[:1])


def is_required(staff: Staff) -> bool:
    return staff.role in REQUIRED_ROLES.current()


def to_confirm(staff: Staff) -> TOTPDevice:
    """The telephone about to be set up: the same one until it is confirmed, so a page may be read again."""
    waiting = TOTPDevice.objects.filter(user=staff, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=staff, name="Điện thoại", confirmed=False)


def key_words(device: TOTPDevice) -> str:
    """The key for who cannot scan: Base32 in groups of four, as applications ask for it (RFC 6238)."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def confirm(staff: Staff, code: str) -> Checked:
    """Set the telephone up once it shows the right code."""
    waiting = to_confirm(staff)
    with transaction.atomic():
        checked = _checked(waiting, code)
        if checked.device is not None:
            TOTPDevice.objects.filter(user=staff, confirmed=True).delete()
            TOTPDevice.objects.filter(pk=waiting.pk).update(confirmed=True)
            audit.note("account.second_factor_on", audit.subject_of(staff), staff)
    return checked


@transaction.atomic
def check(staff: Staff, typed: str, whence: Whence) -> Checked:
    """Six digits of the telephone, or a backup code, which then is used up. Wrong ones make the next wait.

    A wrong one leaves a line in the register; one that came too early leaves none, so nobody fills it.
    """
    code = "".join(typed.lower().split()).replace("-", "")
    if code.isdecimal() and len(code) == DIGITS:
        checked = _checked(device_of(staff), code)
    else:
        checked = _checked(StaticDevice.objects.filter(user=staff).first(), _kept(code))
    if checked.is_wrong:
        sign_ins.note_wrong_code(staff, whence)
    return checked


def new_backup_codes(staff: Staff) -> Sequence[str]:
    """Ten codes, each for one time; those before no longer work. They exist nowhere else: show them now."""
    codes = [_backup_code() for _ in range(BACKUP_CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=staff, defaults={"name": "Mã dự phòng"})
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=_kept(code.replace("-", "")))
        audit.note("account.backup_codes_made", audit.subject_of(staff), staff)
    return codes


def backup_codes_left(staff: Staff) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=staff))


@transaction.atomic
def take_away(staff: Staff, *, by: Staff | None) -> bool:
    """Forget the telephone and the backup codes. False when there was none."""
    gone, _ = TOTPDevice.objects.filter(user=staff).delete()
    StaticDevice.objects.filter(user=staff).delete()
    if gone:
        audit.note("account.second_factor_off", audit.subject_of(staff), by)
    return bool(gone)


def _checked(device: Device | None, code: str) -> Checked:
    """The device is held meanwhile: of many codes at once all but one came too early."""
    held = device and Device.from_persistent_id(device.persistent_id, for_verify=True)
    if held is None:
        return Checked()
    may_try, why = held.verify_is_allowed()
    if not may_try:
        return Checked(until=why["locked_until"])
    fits = held.verify_token(code)
    return Checked(device=held if fits else None, is_wrong=not fits)


def _backup_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2))


def _kept(code: str) -> str:
    return sha256(code.encode()).hexdigest()[:KEPT]
