"""A decision on calendar, hours or levels moves what is due to citizens who wait now, and says so before."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from casework import level_recount, service_levels, term_recount
from casework.models import Case
from conversations.models import Conversation
from office import live_settings
from office.models import AuditEntry
from office.opening_hours import Decision, working_clock
from office.units import contact_team
from tests.casework.people import citizen, official
from tests.casework.test_terms import at

pytestmark = pytest.mark.django_db

#: Seconds of CPU for 2,000 cases.
GOAL = 1.0
FRIDAY = at("2026-11-27 16:00")
MONDAY_OFF = Decision(first=date(2026, 11, 30), last=date(2026, 11, 30), is_working=False, source="CV 1")


def waiting(number: int = 1, *, since: datetime = FRIDAY, **more: object) -> Case:
    case = Case(number=f"HT-2026-{number:06}", conversation=citizen(), unit=contact_team(), reason="asked")
    for name, value in {**service_levels.owed(case, since), **more}.items():
        setattr(case, name, value)
    case.save()
    return case


def test_what_moves_is_told_before_anything_is_saved() -> None:
    case = waiting()
    waiting(2, since=at("2026-11-25 09:00"))  # due on that day
    [move] = term_recount.moves(working_clock(MONDAY_OFF)).cases
    assert (move.case, move.before, move.after) == (case, at("2026-11-30 09:00"), at("2026-12-01 09:00"))
    case.refresh_from_db()
    assert case.due_at == at("2026-11-30 09:00")


def test_a_day_off_moves_reply_warning_and_the_next_step_with_a_line_in_the_register() -> None:
    case, by = waiting(), official("minh")
    assert term_recount.decide(MONDAY_OFF, by=by).words == "1 hồ sơ"
    case.refresh_from_db()
    assert (case.due_at, case.warn_at) == (at("2026-12-01 09:00"), at("2026-12-01 08:30"))
    assert case.escalate_at == case.due_at
    line = AuditEntry.objects.get(action="case.due_moved")
    assert (line.subject, line.actor) == (case.number, by)
    assert line.detail == {
        "before": "09:00 thứ Hai 30/11",
        "after": "09:00 thứ Ba 1/12",
        "because": "Lịch làm việc đổi: CV 1",
    }
    assert term_recount.take_back(MONDAY_OFF.first, by=by).cases == 1
    case.refresh_from_db()
    assert case.due_at == at("2026-11-30 09:00")


def test_another_level_is_tried_then_moves_the_replies_that_are_due() -> None:
    case = waiting()
    [move] = term_recount.moves_by_setting("levels.first_asked", "60").cases
    assert (move.case, move.after) == (case, at("2026-11-27 17:00"))
    stands, moved = term_recount.put_setting("levels.first_asked", "60", source="QĐ 1", by=None)
    assert (stands.value, moved.cases) == (60, 1)
    case.refresh_from_db()
    assert case.due_at == at("2026-11-27 17:00")


def test_what_was_told_already_is_not_told_again_for_the_same_term() -> None:
    case = waiting(escalation_step=Case.Step.SUPERVISORS)
    live_settings.put("levels.first_asked", "240", source="QĐ 1", by=None)
    assert level_recount.recount("QĐ 1", None) == 1
    case.refresh_from_db()
    assert (case.escalation_step, case.escalate_at) == (Case.Step.SUPERVISORS, at("2026-11-30 16:00"))


@pytest.mark.parametrize("state", [Case.State.CLOSED, Case.State.QUEUED])
def test_where_nothing_is_owed_nothing_moves(state: str) -> None:
    case = waiting(state=state)
    Case.objects.update(**({} if state == Case.State.CLOSED else service_levels.NOTHING_OWED))
    assert term_recount.decide(MONDAY_OFF, by=None).cases == 0
    assert not AuditEntry.objects.filter(subject=case.number).exists()


def test_who_waited_before_there_were_levels_gets_a_term_from_the_beginning_of_the_wait() -> None:
    case = waiting(due_at=None, warn_at=None, escalate_at=None)
    assert [level_recount.begin_terms(), level_recount.begin_terms()] == [1, 0]
    case.refresh_from_db()
    assert (case.owed_since, case.due_at) == (FRIDAY, at("2026-11-30 09:00"))


def test_two_thousand_are_counted_anew_within_a_second_of_this_process() -> None:
    many = [Conversation(channel="webchat", account="site", chat=f"many-{number}") for number in range(2_000)]
    term, team = service_levels.owed(Case(reason="asked"), FRIDAY), contact_team()
    Case.objects.bulk_create(
        Case(number=f"HT-{number}", conversation=one, unit=team, reason="asked", **term)
        for number, one in enumerate(Conversation.objects.bulk_create(many))
    )
    before = time.process_time()
    assert term_recount.decide(MONDAY_OFF, by=None).cases == 2_000
    assert time.process_time() - before < GOAL
