"""When a person's words are due: by reason and priority, in working hours, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework import cases, service_levels
from casework.models import Case
from casework.service_levels import SETTINGS, ServiceLevels
from office import live_settings
from office.opening_hours import Decision, working_clock
from office.working_hours import ZONE, WorkingClock
from tests.casework.people import citizen, official
from tests.casework.test_terms import at

Priority, Reason, Step = Case.Priority, Case.Reason, Case.Step

#: As shipped, on the usual clock, without a database.
LEVELS = ServiceLevels(clock=WorkingClock(), figures={one.name: one.default for one in SETTINGS})


def case_of(priority: str = Priority.NORMAL, reason: str = Reason.ASKED, *, replied: bool = False) -> Case:
    return Case(priority=priority, reason=reason, first_reply_at=at("2026-11-20 09:00") if replied else None)


def due(since: str, case: Case | None = None) -> datetime:
    return LEVELS.owed(case or case_of(), at(since))["due_at"]


@pytest.mark.parametrize(
    ("since", "ends"),
    [
        ("2026-11-25 09:00", "2026-11-25 11:00"),
        ("2026-11-25 11:00", "2026-11-25 14:00"),  # over lunch
        ("2026-11-25 12:20", "2026-11-25 15:00"),  # written at lunch
        ("2026-11-27 16:00", "2026-11-30 09:00"),  # over a weekend
        ("2026-11-28 10:00", "2026-11-30 10:00"),  # written on a Saturday
        ("2026-11-25 22:00", "2026-11-26 10:00"),  # at night
        ("2026-02-13 16:30", "2026-02-23 09:30"),  # Tết 2026: off from 14 to 22 February
        ("2027-02-03 16:30", "2027-02-11 09:30"),  # Tết 2027: off from 4 to 10 February
    ],
)
def test_a_first_reply_is_due_within_two_working_hours(since: str, ends: str) -> None:
    assert due(since) == at(ends)


@pytest.mark.parametrize(
    ("case", "minutes"),
    [
        (case_of(Priority.URGENT), 30),
        (case_of(Priority.URGENT, Reason.NOT_UNDERSTOOD), 30),
        (case_of(Priority.URGENT, replied=True), 60),
        (case_of(), 120),
        (case_of(reason=Reason.GUARD), 60),
        (case_of(reason=Reason.NOT_UNDERSTOOD), 240),
        (case_of(reason=Reason.UNANSWERED), 120),
        (case_of(replied=True), 240),
        (case_of(reason=Reason.GUARD, replied=True), 240),
    ],
)
def test_reason_priority_and_whether_it_is_the_first_reply_set_the_limit(case: Case, minutes: int) -> None:
    assert LEVELS.limit(case) == timedelta(minutes=minutes)


def test_every_reason_has_its_level() -> None:
    assert set(service_levels.FIRST_REPLY) == set(Reason)


def test_the_chain_goes_up_after_a_share_of_the_limit_each() -> None:
    limit, since = timedelta(hours=2), at("2026-11-25 09:00")
    told = [
        LEVELS.told_at(limit, since, step=step) for step in (Step.HOLDER, Step.SUPERVISORS, Step.ABOVE, 4)
    ]
    assert told == [at("2026-11-25 11:00"), at("2026-11-25 12:00"), at("2026-11-25 14:00"), None]


@pytest.mark.django_db
def test_a_saturday_worked_by_decision_counts() -> None:
    saturday = date(2026, 11, 28)
    worked = Decision(first=saturday, last=saturday, is_working=True, source="CV 1", hours="08:00-12:00")
    levels = service_levels.service_levels(working_clock(worked))
    assert levels.owed(case_of(), at("2026-11-27 16:00"))["due_at"] == at("2026-11-28 09:00")


@pytest.mark.django_db
def test_the_office_sets_the_figures() -> None:
    live_settings.put("levels.first_asked", "60", source="QĐ 1", by=None)
    live_settings.put("levels.warn_at", "50", source="QĐ 1", by=None)
    live_settings.put("levels.step", "100", source="QĐ 1", by=None)
    fields = service_levels.owed(case_of(), at("2026-11-25 09:00"))
    assert (fields["due_at"], fields["warn_at"]) == (at("2026-11-25 10:00"), at("2026-11-25 09:30"))
    assert service_levels.service_levels().ends(case_of(), at("2026-11-25 09:00"), step=1)[
        "escalate_at"
    ] == at("2026-11-25 11:00")


def moments() -> Iterator[datetime]:
    first, last = datetime(2026, 1, 1), datetime(2027, 6, 30)  # noqa: DTZ001 -- hypothesis gives the zone
    return st.datetimes(first, last, timezones=st.just(ZONE))


@given(since=moments(), priority=st.sampled_from(list(Priority)), replied=st.booleans())
def test_a_term_is_warned_of_before_it_ends_and_exactly_as_long_as_its_limit(
    since, priority, replied
) -> None:
    case = case_of(priority, replied=replied)
    term = LEVELS.owed(case, since)
    assert since < term["warn_at"] < term["due_at"] == term["escalate_at"]
    assert LEVELS.clock.between(since, term["due_at"]) == LEVELS.limit(case)
    assert LEVELS.clock.is_open(term["due_at"])


@given(earlier=moments(), later=moments())
def test_who_waits_longer_is_never_due_later(earlier, later) -> None:
    first, second = sorted((earlier, later))
    assert LEVELS.owed(case_of(), first)["due_at"] <= LEVELS.owed(case_of(), second)["due_at"]


@given(since=moments())
def test_the_urgent_are_due_first_and_each_step_up_is_later(since) -> None:
    urgent, normal = (LEVELS.owed(case_of(priority), since)["due_at"] for priority in Priority)
    assert urgent < normal
    limit = LEVELS.limit(case_of())
    told = [LEVELS.told_at(limit, since, step=step) for step in (1, 2, 3)]
    assert told == sorted(set(told))


# In the rows


@pytest.mark.django_db
def test_an_opened_case_owes_a_first_reply_and_a_reply_clears_it() -> None:
    case, ha = cases.open_case(citizen(), reason=Reason.ASKED, summary=""), official("ha")
    assert case.owed_since is not None
    assert case.owed_since < case.warn_at < case.due_at == case.escalate_at
    cases.claim(case, ha)
    cases.reply(case, ha, "Chào chị, tôi xem ngay.")
    case.refresh_from_db()
    assert (case.owed_since, case.due_at, case.warn_at, case.escalate_at) == (None, None, None, None)
    assert case.first_reply_at is not None
    assert (case.first_reply_minutes, case.first_in_time) == (0, True)


@pytest.mark.django_db
def test_the_first_reply_is_kept_once_and_was_late_after_its_time() -> None:
    case, ha = cases.open_case(citizen(), reason=Reason.ASKED, summary=""), official("ha")
    Case.objects.update(due_at=timezone.now() - timedelta(days=3))
    case.refresh_from_db()
    cases.claim(case, ha)
    cases.reply(case, ha, "Xin lỗi đã để chị chờ.")
    case.refresh_from_db()
    first = case.first_reply_at
    cases.reply(case, ha, "Chị cần gì thêm không?")
    case.refresh_from_db()
    assert (case.first_reply_at, case.first_in_time) == (first, False)


@pytest.mark.django_db
def test_a_closed_case_owes_nothing_and_keeps_how_long_it_took() -> None:
    case, ha = cases.open_case(citizen(), reason=Reason.ASKED, summary=""), official("ha")
    cases.claim(case, ha)
    cases.close(case, ha, "Đã trả lời xong")
    assert (case.owed_since, case.due_at, case.handling_minutes) == (None, None, 0)
