"""Feedback on service, or khiếu nại, tố cáo? Where it is not certain the citizen says so by a button.

docs/developers/accusations.md specifies which messages are certain.
"""

from __future__ import annotations

from dataclasses import replace

from bot import decided, form_filling
from bot.decided import Decided, Situation
from bot.moves import AskIfAccusation, Signpost, Signposted, TakeAsFeedback
from bot.place_words import place_phrase
from bot.report_form import Said
from bot.state import State


def ask_if_accusation(now: Situation) -> Decided:
    """Keep the words only so that nothing has to be typed again, and ask. A form in hand stays."""
    said = "\n".join(part for part in (now.state.unsure, now.seen.text) if part)
    return Decided(move=AskIfAccusation(), state=replace(now.state, unsure=said))


def accusation_told(state: State) -> Decided:
    """Show the way. What may be part of it (photos, a form begun with its words) goes with it."""
    form = state.form if state.form and not _holds_what_was_unsure(state) else None
    after = replace(state, unsure="", form=form, media=(), position=None)
    return Decided(move=Signpost(kind=Signposted.ACCUSATION), state=after)


def unsure_tapped(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """What the citizen says it is. Without words kept, a report on service begins and asks for them."""
    match arguments:
        case ("accusation",):
            return accusation_told(now.state)
        case ("feedback",):
            return _taken_as_feedback(now.state)
    return None


def _taken_as_feedback(state: State) -> Decided:
    said = Said(text=state.unsure, place=place_phrase(state.unsure))
    form = form_filling.declared(state.form, decided.with_what_came_before(state, said))
    return Decided(move=TakeAsFeedback(form=form), state=replace(state.filling(form), unsure=""))


def _holds_what_was_unsure(state: State) -> bool:
    return bool(state.form and state.unsure and state.unsure in state.form.text)
