"""What a kill -9 may not do: lose a message, or answer it twice."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import OpenOffice
from tests.journeys.processes import Citizen, Office
from tests.serving import until

pytestmark = pytest.mark.journey

QUESTION = "làm giấy khai sinh cho con cần giấy tờ gì"


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
    until(lambda: office.is_stalled, seconds=20)
    if point == "delivery":
        until(lambda: len(office.statuses("out")) == 1, seconds=20)
    citizen = restarted(open_office, office, citizen)
    until(lambda: bool(citizen.replies()), seconds=60)
    citizen.seen = 1
    citizen.asks("cảm ơn", "Cảm ơn")
    assert len(citizen.replies()) == 2
    assert citizen.replies()[0]["citation"]["code"] == "1.001193"
