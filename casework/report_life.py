"""The life of a report: which act leads from which state to which. Pure.

new → taken in → classified → with a unit → in progress → answered; refused and merged on the way; reopened by
its author. Publishing and rating are rows beside it. docs/developers/reports.md has it as a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from casework.errors import NoSuchStep, ReopenedTooOften, TooLateToReopen
from casework.models import Report, ReportStep

State = Report.State
Act = ReportStep.Act

#: Taken in, and not answered yet.
ANSWER_OWED = (State.TAKEN_IN, State.CLASSIFIED, State.WITH_UNIT, State.IN_PROGRESS)
#: Somebody still has to act. An answered or refused one can be reopened, a merged one split off.
OPEN = (State.NEW, *ANSWER_OWED)
DONE = (State.ANSWERED, State.REFUSED, State.MERGED)

_CLASSIFIED = (State.CLASSIFIED, State.WITH_UNIT, State.IN_PROGRESS)

#: In the order in which the desk offers them.
_LEADS: Mapping[Act, Mapping[State, State]] = MappingProxyType(
    {
        Act.TAKEN_IN: {State.NEW: State.TAKEN_IN},
        Act.STARTED: {State.CLASSIFIED: State.IN_PROGRESS, State.WITH_UNIT: State.IN_PROGRESS},
        Act.ANSWERED: dict.fromkeys(_CLASSIFIED, State.ANSWERED),
        Act.CLASSIFIED: {State.TAKEN_IN: State.CLASSIFIED, **{state: state for state in _CLASSIFIED}},
        Act.FORWARDED: {
            # Whoever got it by mistake passes it on as it is: the right unit takes it in.
            State.NEW: State.NEW,
            State.TAKEN_IN: State.TAKEN_IN,
            **dict.fromkeys(_CLASSIFIED, State.WITH_UNIT),
        },
        Act.REFUSED: dict.fromkeys(OPEN, State.REFUSED),
        Act.MERGED: dict.fromkeys(OPEN, State.MERGED),
        Act.REOPENED: {State.ANSWERED: State.IN_PROGRESS, State.REFUSED: State.IN_PROGRESS},
    }
)


@dataclass(frozen=True, kw_only=True)
class ReopenLimits:
    """How often an author may reopen one report, and how long after its answer or refusal."""

    times: int
    within: timedelta


def after(act: Act, state: str) -> State:
    """The state that the act leads to. Raises NoSuchStep where a report cannot take it."""
    try:
        return _LEADS[act][State(state)]
    except KeyError as problem:
        raise NoSuchStep from problem


def acts_for(state: str) -> tuple[Act, ...]:
    """What an official may do with a report in this state, the usual next act first."""
    return tuple(act for act, leads in _LEADS.items() if state in leads and act is not Act.REOPENED)


def check_may_reopen(
    state: str, *, closed_at: datetime, reopenings: int, limits: ReopenLimits, now: datetime
) -> None:
    """Raises NoSuchStep for one that is not done, ReopenedTooOften, or TooLateToReopen."""
    after(Act.REOPENED, state)
    if reopenings >= limits.times:
        raise ReopenedTooOften
    if now > closed_at + limits.within:
        raise TooLateToReopen
