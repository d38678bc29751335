"""Accounts to look around with: one for each kind of work, with passwords nobody knows beforehand."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from office.errors import NoDemonstrationHere
from office.models import Staff, Unit
from office.units import contact_team

WARD = "Phường Hoàn Kiếm"
OVERSEER_CODE = "ubnd-thanh-pho"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

Role = Staff.Role


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account made just now. password: exists nowhere else, so print it once. role: in Vietnamese."""

    username: str
    password: str
    role: str


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    username: str
    first_name: str
    last_name: str
    role: Role
    units: tuple[Unit, ...]


def create_demonstration_accounts() -> tuple[DemoAccount, ...]:
    """Make the accounts that do not exist yet, and only these: an existing one keeps its password and role.

    Raises NoDemonstrationHere in production.
    """
    if not settings.DEMONSTRATION:
        raise NoDemonstrationHere
    with transaction.atomic():
        Unit.objects.filter(name=WARD).update(takes_reports=True)
        return tuple(
            _make(wanted)
            for wanted in _wanted()
            if not Staff.objects.filter(username=wanted.username).exists()
        )


def _wanted() -> Iterable[_Wanted]:
    team = contact_team()
    ward = Unit.objects.filter(name=WARD).first()
    overseer = Unit.objects.filter(code=OVERSEER_CODE).first()
    people = (
        ("canbo", "Nguyễn Thu", "Hà", Role.AGENT, (team,)),
        ("canbo-phuong", "Trần Văn", "Minh", Role.AGENT, (ward,)),
        ("phutrach", "Lê Thị", "Ngọc", Role.SUPERVISOR, (team, overseer)),
        ("bientap", "Phạm Quang", "Huy", Role.EDITOR, ()),
        ("quantri", "Đỗ Minh", "Anh", Role.ADMINISTRATOR, (team,)),
    )
    for username, last_name, first_name, role, units in people:
        yield _Wanted(
            username=username,
            first_name=first_name,
            last_name=last_name,
            role=role,
            units=tuple(unit for unit in units if unit),
        )


def _make(wanted: _Wanted) -> DemoAccount:
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    staff = Staff.objects.create_user(
        wanted.username,
        password=password,
        first_name=wanted.first_name,
        last_name=wanted.last_name,
        role=wanted.role,
    )
    staff.units.set(wanted.units)
    return DemoAccount(username=staff.username, password=password, role=staff.get_role_display())
