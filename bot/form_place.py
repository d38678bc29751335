"""Where a report's matter is: in words, by a position, and in which ward, asked where that is not sure."""

from __future__ import annotations

from dataclasses import replace

from bot.place_words import LONGEST_PLACE, sounds_like_a_place, without_tail
from bot.report_form import ReportForm, Said, moved_on
from bot.ward_choices import to_ask
from conversations.messages import Position


def choose_ward(form: ReportForm, code: str) -> ReportForm | None:
    """With one of the wards asked about; None for any other."""
    chosen = next((choice for choice in form.ward_choices if choice.code == code), None)
    if chosen is None:
        return None
    return moved_on(replace(form, ward=chosen.code, ward_name=chosen.name, ward_unclear=False))


def anew_alike(form: ReportForm) -> ReportForm:
    """The form whose matter or place is another now: similar reports are to be looked for once more."""
    return replace(form, similar=(), similar_done=False)


def with_position(form: ReportForm, position: Position | None) -> ReportForm:
    """A position that comes new asks which of the wards near it; a ward that was told stays."""
    if position is None or position == form.position:
        return form
    there = replace(anew_alike(form), position=position)
    return there if form.ward else _asking_ward(there)


def with_ward(form: ReportForm, said: Said) -> ReportForm:
    """With the ward the words name; of one that was split it is asked which: never chosen for the citizen."""
    if said.ward:
        known = replace(form, ward=said.ward, ward_name=said.ward_name)
        return replace(known, former_ward="", ward_choices=())
    if not said.former_ward:
        return form
    return _asking_ward(replace(form, former_ward=said.former_ward, ward_choices=said.ward_choices, ward=""))


def _asking_ward(form: ReportForm) -> ReportForm:
    named = form.ward_choices if form.former_ward else ()
    return replace(form, ward_choices=to_ask(named, form.position), ward_unclear=False)


def with_place(form: ReportForm, said: Said) -> ReportForm:
    if not said.text:
        return form
    if said.tells and not (said.place or said.ward or said.former_ward or sounds_like_a_place(said.text)):
        return with_addition(form, said.text)
    words = said.text if said.place in said.text else said.place
    return replace(placed(form, words, said), urgent=form.urgent or said.urgent)


def placed(form: ReportForm, words: str, said: Said) -> ReportForm:
    """With the place told more exactly: what was told of it before stays."""
    told = without_tail(words)
    place = told if form.place in told else form.place
    place = place if told in place else f"{place}; {told}"
    return with_ward(replace(anew_alike(form), place=place[:LONGEST_PLACE]), said)


def with_addition(form: ReportForm, text: str) -> ReportForm:
    return replace(form, text=f"{form.text}\n{text}") if text else form
