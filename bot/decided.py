"""What a rule looks at and what it decides; the outcomes that several rules share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import moves
from bot.moves import Move, Phrase, Say
from bot.report_form import ReportForm, Said
from bot.state import State
from bot.understanding import Understanding
from knowledge_base.content import PartName

#: Failures in a row after which a person takes over.
FAILURES_BEFORE_HAND_OVER = 2


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All a rule may look at: who speaks next, what is remembered, what was said."""

    in_queue: bool
    state: State
    seen: Understanding


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A move, and what the assistant remembers after it."""

    move: Move
    state: State


Rule = Callable[[Situation], Decided | None]


def answer(state: State, move: moves.Answer | moves.ListPapers) -> Decided:
    asks_where = isinstance(move, moves.Answer) and move.part is PartName.WHERE
    return Decided(move=move, state=replace(state.speaking_of(move.code), ward_asked=asks_where))


def say(state: State, phrase: Phrase) -> Decided:
    return Decided(move=Say(phrase=phrase), state=state)


def fill(state: State, form: ReportForm) -> Decided:
    return Decided(move=moves.FillReport(form=form), state=state.filling(form))


def file(state: State, form: ReportForm) -> Decided:
    return Decided(move=moves.FileReport(form=form), state=state.filling(None))


def cancel(state: State) -> Decided:
    return say(state.filling(None), Phrase.REPORT_CANCELLED)


def hand_off(state: State, *, reason: str, summary: str) -> Decided:
    return Decided(move=moves.HandOff(reason=reason, summary=summary), state=replace(state, failures=0))


def not_understood(state: State, *, nearest: tuple[str, ...], summary: str) -> Decided:
    """Ask for other words; the second time in a row a person takes over."""
    failures = state.failures + 1
    if failures >= FAILURES_BEFORE_HAND_OVER:
        return hand_off(state, reason="not_understood", summary=summary)
    remembered = replace(state, failures=failures, offered=(), fact_asked=())
    return Decided(move=moves.AskAgain(nearest=nearest), state=remembered)


def with_what_came_before(state: State, said: Said) -> Said:
    """What a new form starts from: these words, and the photos or the position sent before them."""
    return replace(said, media=state.media + said.media, position=said.position or state.position)
