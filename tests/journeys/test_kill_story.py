"""What a kill -9 may not do: lose a message, or answer it twice."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

import pytest

from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Citizen, Office

pytestmark = pytest.mark.journey

QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def stalled(open_office: OpenOffice, point: str) -> tuple[Office, Citizen]:
    office = open_office(stall=point)
    return office, Citizen(office=office)


def restarted(open_office: OpenOffice, office: Office, citizen: Citizen) -> Citizen:
    """The same citizen, at the office after it was started again without a stall."""
    office.kill()
    return Citizen(office=open_office(port=office.port), client=citizen.client)


@pytest.mark.parametrize("point", ["understanding", "delivery"])
def test_after_a_kill_the_answer_comes_once(open_office: OpenOffice, point: str) -> None:
    """understanding: killed between receiving and answering; delivery: between answering and sending."""
    office, citizen = stalled(open_office, point)
    citizen.say(QUESTION)
    wait_for(lambda: office.is_stalled)
    if point == "delivery":
        wait_for(lambda: len(office_replies(office)) == 1)
    citizen = restarted(open_office, office, citizen)
    wait_for(lambda: bool(citizen.replies()), seconds=60)
    citizen.seen = 1
    citizen.asks("cảm ơn", "Cảm ơn")
    assert len(citizen.replies()) == 2
    assert citizen.replies()[0]["citation"]["code"] == "1.001193"


def office_replies(office: Office) -> list[tuple[str]]:
    """The outbox rows of a running office, read beside it."""
    with sqlite3.connect(f"file:{office.home}/motcua.sqlite3?mode=ro", uri=True) as rows:
        return rows.execute("SELECT status FROM conversations_turn WHERE direction = 'out'").fetchall()
