"""The round that watches deadlines: escalates and warns on its own, until told to stop."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Report, ReportStep
from motcua.deadlines import _watch_once, watch_deadlines_until
from tests.casework.test_term_recount import filed

pytestmark = pytest.mark.django_db(transaction=True)

A_YEAR = timedelta(days=365)


def test_the_round_acts_on_what_is_due_and_ends_when_told() -> None:
    report = filed(Report.State.IN_PROGRESS)
    Report.objects.update(due_at=timezone.now() - A_YEAR)
    stop = threading.Event()
    thread = threading.Thread(target=watch_deadlines_until, args=(stop,), daemon=True)
    thread.start()
    for _ in range(100):
        if report.steps.exists():
            break
        stop.wait(0.1)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert report.steps.get().act == ReportStep.Act.ESCALATED


def test_a_look_that_finds_nothing_is_over_at_once() -> None:
    filed(Report.State.ANSWERED)
    assert _watch_once() is False
