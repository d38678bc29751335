"""What a rule looks at and what it decides; the outcomes that several rules share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import moves, report_form
from bot.drafts import PAUSE, Draft, afresh, holds_something
from bot.moves import Move, Phrase, Say
from bot.report_form import ReportForm, Said
from bot.state import State
from bot.understanding import Understanding
from conversations.messages import Choice
from knowledge_base.content import PartName


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Answers here are stopped. may_be_appealed: by a person, and the citizen has not asked to look again."""

    may_be_appealed: bool


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All a rule may look at: who speaks next, what is remembered, what was said, and when.

    at: when this message was recorded; heard_before: when the citizen's one before it was, None for the
    first; both aware. choices: the buttons to tap of the last reply that had any, in their order, whoever
    wrote it; the number n, typed, is the n-th of them. asks: that reply asked to choose one.
    block: that answers are stopped, None when they are not. pace: messages in the last minute, this too.
    titles: of the release, by code. drafts_kept: how long a report laid aside is kept.
    """

    in_queue: bool
    state: State
    seen: Understanding
    at: datetime
    heard_before: datetime | None = None
    choices: tuple[Choice, ...] = ()
    asks: bool = False
    block: Stopped | None = None
    pace: int = 1
    titles: Mapping[str, str] = field(default_factory=dict)
    drafts_kept: timedelta = timedelta(days=1)

    @property
    def is_back(self) -> bool:
        """True when the citizen writes again after having been away."""
        return self.heard_before is not None and self.at - self.heard_before >= PAUSE


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A move, what the assistant remembers after it, and moves that only tell something more after it."""

    move: Move
    state: State
    also: tuple[Move, ...] = ()


Rule = Callable[[Situation], Decided | None]


def answer(state: State, move: moves.Answer | moves.ListPapers) -> Decided:
    part = move.part if isinstance(move, moves.Answer) else PartName.DOCUMENTS
    after = replace(state.speaking_of(move.code), part=part, ward_asked=part is PartName.WHERE)
    return Decided(move=move, state=after)


def say(state: State, phrase: Phrase) -> Decided:
    return Decided(move=Say(phrase=phrase), state=state)


def fill(state: State, form: ReportForm) -> Decided:
    return Decided(move=moves.FillReport(form=form), state=state.filling(form))


def file(state: State, form: ReportForm, *, unseen: bool = False) -> Decided:
    """Send the report. unseen: it holds what was only told with the order, so that the receipt shows it."""
    after = replace(state.filling(None), report="", asks_report=True)
    return Decided(move=moves.FileReport(form=form, unseen=unseen), state=after)


def cancel(state: State) -> Decided:
    """Drop the report in hand, or else the one laid aside; with the next message it can be had back.

    Photos sent since a report was laid aside are for something else: they stay.
    """
    if state.form:
        after = replace(state.filling(None), cancelled=state.form)
    else:
        kept = replace(state.filling(None), media=state.media, position=state.position)
        after = replace(kept, draft=None, cancelled=state.laid_aside)
    return say(after, Phrase.REPORT_CANCELLED)


def lay_aside(state: State, *, since: datetime) -> State:
    """The state with the report in hand laid aside; an older one that lay there can be had back for now."""
    if state.form is None or not holds_something(state.form):
        return state.filling(None)
    draft = Draft(form=state.form, since=since)
    return replace(state.filling(None), draft=draft, cancelled=state.laid_aside)


def take_up(state: State, form: ReportForm, *, at: datetime) -> Decided:
    """Go on with a report that was laid aside or dropped; another one in hand is laid aside instead."""
    laid_aside = lay_aside(replace(state, draft=None), since=at) if state.form else replace(state, draft=None)
    return fill(replace(laid_aside, cancelled=None), _with_what_came_since(state, afresh(form)))


def _with_what_came_since(state: State, form: ReportForm) -> ReportForm:
    return replace(form, media=form.media + state.media, position=form.position or state.position)


def ask_again(now: Situation, form: ReportForm) -> Decided:
    """The form's question once more, in other words; asked often enough, the report is laid aside."""
    if report_form.is_worn_out(form):
        return say(lay_aside(now.state, since=now.at), Phrase.DRAFT_LAID_ASIDE)
    return fill(now.state, report_form.again(form))


def hand_off(now: Situation, *, reason: str, summary: str) -> Decided:
    """To the queue. What is written from now on is for the official: a report in hand is laid aside."""
    state = lay_aside(now.state, since=now.at) if now.state.form else now.state
    if state.draft:
        state = replace(state, draft=replace(state.draft, due=True))
    form = now.state.form or now.state.laid_aside
    move = moves.HandOff(
        reason=reason,
        summary=summary,
        procedure=now.state.procedure,
        category=form.category if form else "",
    )
    return Decided(move=move, state=replace(state, failures=0))


def person_asked_for(now: Situation, *, summary: str) -> Decided:
    """Hand over; the desk is told when the citizen was not understood before."""
    gave_up = now.state.failures >= moves.FAILURES_BEFORE_HELP
    return hand_off(now, reason="not_understood" if gave_up else "asked", summary=summary)


def not_understood(state: State, asked: moves.AskAgain) -> Decided:
    """Ask for other words; from the second time in a row offer other ways, and queue nobody unasked."""
    failures = state.failures + 1
    remembered = replace(state, failures=failures, offered=(), fact_asked=())
    if failures >= moves.FAILURES_BEFORE_HELP:
        return Decided(move=moves.OfferHelp(nearest=asked.nearest, failures=failures), state=remembered)
    return Decided(move=asked, state=remembered)


def with_what_came_before(state: State, said: Said) -> Said:
    """What a new form starts from: these words, and the photos or the position sent before them."""
    return replace(said, media=state.media + said.media, position=said.position or state.position)
