"""Accounts under two hands at once: a link is used once, and an administrator stays."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from office import accounts, password_links
from office.errors import AccountProblem
from office.models import PasswordLink, Staff
from tests.casework.people import official

pytestmark = [pytest.mark.django_db(transaction=True)]

PASSWORD = "sáng nào cũng tưới cây"


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, all begun together: "done" or the name of its problem."""
    ready = Barrier(len(acts))

    def begun(act: Callable[[], object]) -> str:
        ready.wait()
        try:
            act()
        except AccountProblem as problem:
            return type(problem).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(begun, acts))


def administrator(name: str) -> Staff:
    staff = official(name, role=Staff.Role.ADMINISTRATOR)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def test_of_two_who_open_the_same_link_one_sets_the_password() -> None:
    made = password_links.make(official("ha"), kind=PasswordLink.Kind.RESET, by=None)
    acts = [lambda: password_links.use(made.words, password=PASSWORD)] * 2
    assert at_once(*acts) == ["LinkGone", "done"]


def test_of_two_administrators_who_switch_each_other_off_one_stays() -> None:
    anh, binh = administrator("anh"), administrator("binh")
    outcomes = at_once(
        lambda: accounts.switch_off(binh, reason="Thử", by=anh),
        lambda: accounts.switch_off(anh, reason="Thử", by=binh),
    )
    assert outcomes == ["LastAdministrator", "done"]
    assert Staff.objects.filter(role=Staff.Role.ADMINISTRATOR, is_active=True).count() == 1
