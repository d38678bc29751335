"""Buttons of the report form beside its fields: ways to send it, the ward, a number known, one to join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot import decided, form_filling, form_place, moves, report_form
from bot.decided import Decided, Situation
from bot.report_form import ReportForm, Step
from bot.state import State


@dataclass(frozen=True, kw_only=True)
class Way:
    """What goes along with a report."""

    with_position: bool
    with_contact: bool


#: By the word in the button's payload.
WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "yes": Way(with_position=True, with_contact=True),
        "bare": Way(with_position=False, with_contact=True),
        "unnamed": Way(with_position=True, with_contact=False),
        "nameless": Way(with_position=False, with_contact=False),
    }
)


def form_button_beside(now: Situation, form: ReportForm, arguments: tuple[str, ...]) -> Decided | None:
    """None for a button that does not fit the form (any more)."""
    state = now.state
    match arguments:
        case ("ward", "unclear") if form.step is Step.WARD:
            return decided.fill(state, form_filling.passed_by(form))
        case ("ward", code):
            placed = form_place.choose_ward(form, code)
            return decided.fill(state, placed) if placed else None
        case ("phone", "yes") if form.contact.known_phone:
            return decided.fill(state, form_filling.use_known_phone(replace(form, editing=None)))
        case ("procedure", "none") if form.procedure:
            denied = replace(form, procedure="", procedure_denied=True)
            return decided.fill(state, report_form.moved_on(denied))
        case ("join", "none") if form.step is Step.SIMILAR:
            return decided.fill(state, form_filling.passed_by(form))
        case ("join", code) if any(report.code == code for report in form.similar):
            return join(state, form, code)
    return None


def join(state: State, form: ReportForm, code: str) -> Decided:
    """Follow that report; the one begun here can be had back with the next message."""
    after = replace(state.filling(None), cancelled=form, report=code, asks_report=True)
    return Decided(move=moves.JoinReport(code=code, text=form.text), state=after)
