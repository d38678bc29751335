"""Numbers are given once, without gaps, however many ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casework.numbers import next_number

pytestmark = pytest.mark.django_db


def test_numbers_count_up_within_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 1, tzinfo=UTC))
    assert [next_number("HT"), next_number("HT"), next_number("PA")] == [
        "HT-2026-000001",
        "HT-2026-000002",
        "PA-2026-000001",
    ]


def test_the_year_is_that_of_ha_noi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 31, 17, 30, tzinfo=UTC))
    assert next_number("PA") == "PA-2027-000001"


@pytest.mark.django_db(transaction=True)
def test_a_number_of_an_act_that_failed_is_given_again() -> None:
    with transaction.atomic():
        lost = next_number("PA")
        transaction.set_rollback(True)
    assert next_number("PA") == lost


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers_without_gaps() -> None:
    together = threading.Barrier(8)

    def take(_: int) -> list[str]:
        try:
            together.wait(timeout=10)
            return [next_number("PA") for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(number for taken in pool.map(take, range(8)) for number in taken)
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, 41))
