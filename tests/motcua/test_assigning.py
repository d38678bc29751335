"""The round that assigns: a case that begins to wait reaches who is on duty at once, not at the next look."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.utils import timezone

from casework import cases
from casework.models import Case
from motcua import assigning
from office import duties, live_settings
from office.calendar_days import decide_day
from office.opening_hours import WORKING_HOURS
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db(transaction=True)


def open_all_day(day: date) -> None:
    """So that the test runs by the wall's clock, whatever it shows."""
    live_settings.put(WORKING_HOURS.name, "00:00-23:59", source="thử", by=None, operator="test")
    decide_day(day, is_working=True, source="thử", by=None)


def test_a_case_that_opens_is_assigned_at_once_and_the_round_ends_when_told() -> None:
    open_all_day(timezone.localdate())
    ha = official("ha")
    duties.go_on(ha, timezone.now())
    stop = threading.Event()
    thread = threading.Thread(target=assigning.assign_until, args=(stop,), daemon=True)
    thread.start()
    stop.wait(0.5)
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")
    for _ in range(int(assigning.LOOK_EVERY) * 5):
        case.refresh_from_db()
        if case.claimed_by_id:
            break
        stop.wait(0.1)
    stop.set()
    thread.join(20)
    assert (case.claimed_by, thread.is_alive()) == (ha, False)
