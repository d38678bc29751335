"""Demonstration accounts: made once, told once, never in production."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory, override_settings

from office.demo import create_demonstration_accounts
from office.errors import NoDemonstrationHere
from office.models import Staff

pytestmark = pytest.mark.django_db


def test_there_is_an_account_for_each_kind_of_work_and_its_password_opens_it() -> None:
    accounts = create_demonstration_accounts()
    assert len(accounts) == 5
    assert {account.role for account in accounts} == {"Cán bộ trực", "Phụ trách", "Biên tập", "Quản trị"}
    one = accounts[0]
    assert authenticate(RequestFactory().post("/"), username=one.username, password=one.password) is not None


def test_passwords_differ_and_are_long_enough() -> None:
    passwords = {account.password for account in create_demonstration_accounts()}
    assert len(passwords) == 5
    assert all(len(password) >= 12 for password in passwords)


def test_a_second_start_leaves_accounts_alone_and_tells_nothing() -> None:
    create_demonstration_accounts()
    before = list(Staff.objects.values("username", "password", "role"))
    assert create_demonstration_accounts() == ()
    assert list(Staff.objects.values("username", "password", "role")) == before


def test_production_has_none() -> None:
    with override_settings(DEMONSTRATION=False), pytest.raises(NoDemonstrationHere):
        create_demonstration_accounts()
    assert not Staff.objects.exists()
