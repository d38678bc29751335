"""Which act leads where, as docs/developers/reports.md tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NoSuchStep, ReopenedTooOften, TooLateToReopen
from casework.report_life import DONE, OPEN, Act, ReopenLimits, State, acts_for, after, check_may_reopen

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TWICE = ReopenLimits(times=2, within=timedelta(days=15))


def test_the_usual_life_leads_from_new_to_answered() -> None:
    state = State.NEW
    for act, leads_to in [
        (Act.TAKEN_IN, State.TAKEN_IN),
        (Act.CLASSIFIED, State.CLASSIFIED),
        (Act.FORWARDED, State.WITH_UNIT),
        (Act.STARTED, State.IN_PROGRESS),
        (Act.ANSWERED, State.ANSWERED),
        (Act.REOPENED, State.IN_PROGRESS),
    ]:
        state = after(act, state)
        assert state == leads_to


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.ANSWERED, State.NEW),
        (Act.ANSWERED, State.TAKEN_IN),
        (Act.STARTED, State.NEW),
        (Act.CLASSIFIED, State.NEW),
        (Act.TAKEN_IN, State.TAKEN_IN),
        (Act.REFUSED, State.ANSWERED),
        (Act.MERGED, State.REFUSED),
        (Act.FORWARDED, State.ANSWERED),
        (Act.REOPENED, State.IN_PROGRESS),
        (Act.REOPENED, State.MERGED),
    ],
)
def test_a_report_does_not_jump(act: Act, state: State) -> None:
    with pytest.raises(NoSuchStep):
        after(act, state)


@given(state=st.sampled_from(State), act=st.sampled_from(Act))
def test_what_is_done_stays_done_but_for_its_author(state: State, act: Act) -> None:
    if state in DONE and act is not Act.REOPENED:
        with pytest.raises(NoSuchStep):
            after(act, state)


@given(state=st.sampled_from(State))
def test_the_desk_offers_an_act_exactly_where_somebody_has_to_act(state: State) -> None:
    offered = acts_for(state)
    assert bool(offered) == (state in OPEN)
    assert all(after(act, state) for act in offered)
    assert Act.REOPENED not in offered


@pytest.mark.parametrize(
    ("state", "usual"),
    [
        (State.NEW, Act.TAKEN_IN),
        (State.TAKEN_IN, Act.CLASSIFIED),
        (State.CLASSIFIED, Act.STARTED),
        (State.WITH_UNIT, Act.STARTED),
        (State.IN_PROGRESS, Act.ANSWERED),
    ],
)
def test_the_usual_next_act_is_offered_first(state: State, usual: Act) -> None:
    assert acts_for(state)[0] == usual


def test_a_report_is_reopened_within_its_days_and_so_often_only() -> None:
    def check(days: int, reopenings: int) -> None:
        check_may_reopen(
            State.ANSWERED,
            closed_at=NOON - timedelta(days=days),
            reopenings=reopenings,
            limits=TWICE,
            now=NOON,
        )

    check(days=15, reopenings=1)
    with pytest.raises(TooLateToReopen):
        check(days=16, reopenings=0)
    with pytest.raises(ReopenedTooOften):
        check(days=1, reopenings=2)
