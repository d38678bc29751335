"""The second factor: set up by a code, asked with throttling, backed up by ten codes that work once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from office import live_settings, second_factor
from office.models import AuditEntry, Staff
from office.sign_ins import Whence
from tests.casework.people import official

pytestmark = pytest.mark.django_db


HERE = Whence(address="10.0.0.7", device="Chrome trên Windows")


def code_of(staff: Staff, *, later: int = 0) -> str:
    """What the telephone shows; later: so many half-minutes from now, as no code is taken twice."""
    device = TOTPDevice.objects.get(user=staff)
    return f"{totp(device.bin_key, t0=-30 * later):06d}"


def set_up(staff: Staff) -> None:
    second_factor.to_confirm(staff)
    assert second_factor.confirm(staff, code_of(staff)).device is not None


def test_it_is_on_once_the_telephone_has_shown_the_right_code() -> None:
    ha = official("ha")
    second_factor.to_confirm(ha)
    wrong = f"{(int(code_of(ha)) + 1) % 1_000_000:06d}"
    assert second_factor.confirm(ha, wrong).device is None
    assert not second_factor.is_set_up(ha)
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert second_factor.confirm(ha, code_of(ha)).device is not None
    assert second_factor.is_set_up(ha)
    assert AuditEntry.objects.filter(action="account.second_factor_on", actor=ha).count() == 1


def test_a_code_works_once() -> None:
    ha = official("ha")
    set_up(ha)
    code = code_of(ha, later=1)
    assert second_factor.check(ha, code, HERE).device is not None
    assert second_factor.check(ha, code, HERE).device is None


def test_a_wrong_code_makes_the_next_one_wait_even_the_right_one() -> None:
    ha = official("ha")
    set_up(ha)
    for _ in range(4):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        second_factor.check(ha, "000000", HERE)
    checked = second_factor.check(ha, code_of(ha, later=1), HERE)
    assert checked.device is None
    assert checked.until is not None
    assert 4 < checked.until.timestamp() - time.time() <= 8


def test_wrong_codes_are_in_the_register_once_a_wait_and_say_from_where() -> None:
    ha = official("ha")
    set_up(ha)
    second_factor.new_backup_codes(ha)
    for code in ("000000", "000000", "khong-dung", "khong-dung"):
        second_factor.check(ha, code, HERE)
    lines = AuditEntry.objects.filter(action="sign_in.wrong_code", subject="account:ha", actor=None)
    assert [line.detail for line in lines] == 2 * [{"address": "10.0.0.7", "device": "Chrome trên Windows"}]


def test_a_code_that_nothing_is_compared_with_is_in_no_register() -> None:
    ha = official("ha")
    set_up(ha)
    second_factor.check(ha, "khong-co-ma-du-phong", HERE)
    assert not AuditEntry.objects.filter(action="sign_in.wrong_code").exists()


def test_a_backup_code_works_once_and_is_kept_as_a_digest() -> None:
    ha = official("ha")
    set_up(ha)
    codes = second_factor.new_backup_codes(ha)
    assert len(set(codes)) == 10
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    assert second_factor.check(ha, codes[0].upper(), HERE).device is not None
    assert second_factor.check(ha, codes[0], HERE).device is None
    assert second_factor.backup_codes_left(ha) == 9


def test_new_backup_codes_end_the_old_ones() -> None:
    ha = official("ha")
    set_up(ha)
    old = second_factor.new_backup_codes(ha)
    second_factor.new_backup_codes(ha)
    assert second_factor.check(ha, old[0], HERE).device is None


def test_taking_it_away_takes_the_backup_codes_too() -> None:
    ha, anh = official("ha"), official("anh", role=Staff.Role.ADMINISTRATOR)
    set_up(ha)
    codes = second_factor.new_backup_codes(ha)
    assert second_factor.take_away(ha, by=anh)
    assert second_factor.check(ha, codes[0], HERE).device is None
    assert not second_factor.is_set_up(ha)
    assert not second_factor.take_away(ha, by=anh)


def test_the_demonstration_requires_it_of_nobody() -> None:
    assert not any(second_factor.is_required(Staff(role=role)) for role in Staff.Role)


def test_production_requires_it_of_supervisors_and_administrators(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "MOTCUA_HOME": str(tmp_path),
        "MOTCUA_MODE": "production",
        "MOTCUA_SECRET_KEY": "k" * 50,
        "MOTCUA_DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "motcua.cli", "settings", "list"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    assert "accounts.second_factor = supervisor,administrator\n" in said.stdout


@pytest.mark.parametrize("role", list(Staff.Role))
def test_who_must_have_it_is_said_by_role(role: Staff.Role) -> None:
    live_settings.put(
        "accounts.second_factor", "supervisor, administrator", source="Thử", by=None, operator="test"
    )
    overseers = {Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR}
    assert second_factor.is_required(Staff(role=role)) == (role in overseers)
