"""Changes to a report in the making: a field told anew, photos taken out, a place put right, a message it was
filled with corrected or deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot import contact
from bot.form_filling import fill, suggested, with_category, with_extras, with_problem
from bot.form_place import anew_alike, with_addition, with_position, with_ward
from bot.place_words import LONGEST_PLACE
from bot.report_form import PLACE_ASKED_AT_MOST, ReportForm, Said, Step, moved_on, next_step
from nlu.text import fold

#: A piece of an address with its number: "ngõ 30", "số nhà 12A".
_NUMBERED = re.compile(
    r"(?P<kind>so nha|nha so|ngo|ngach|hem|so|to dan pho|to|khu|toa|cum) (?P<number>\d[\w/.-]*)"
)


_NO_WARD: Mapping[str, Any] = MappingProxyType(
    {"ward": "", "ward_name": "", "former_ward": "", "ward_choices": (), "ward_unclear": False}
)


def edit(form: ReportForm, step: Step) -> ReportForm:
    """The form that asks for a field once more; until it is told anew, it keeps what it has."""
    return moved_on(replace(form, editing=None if step is Step.REVIEW else step))


def drop_photos(form: ReportForm, *, others_come: bool) -> ReportForm:
    return moved_on(replace(form, media=(), photo_done=not others_come, editing=None))


def keep(form: ReportForm) -> ReportForm:
    """The form when the field to be changed stays as it is after all."""
    return moved_on(replace(form, editing=None))


def leave_place_unclear(form: ReportForm) -> ReportForm:
    """The form of somebody who cannot say (more exactly) where it is: it is not asked for any more."""
    return moved_on(replace(form, editing=None, place_asked=PLACE_ASKED_AT_MOST))


def answered(form: ReportForm, said: Said) -> ReportForm:
    """The form after words for what it asks for: a field that is to be changed, or the next one."""
    return tell_anew(form, said) if form.editing else fill(form, said)


def told_and_sent(form: ReportForm, said: Said) -> ReportForm:
    """The form after words that tell something, or nothing, and order to send: a photo is not waited for."""
    if said.text or said.media or said.position:
        form = answered(form, said)
    return moved_on(replace(form, photo_done=True, editing=None))


def correct_place(form: ReportForm, said: Said, *, denied: str = "") -> ReportForm:
    """The form with the place put right: of "ngõ 20 phố Huế" only the alley, when only that is told anew.

    denied: what the citizen says it is not. A story that holds the wrong place gets the words added.
    """
    place = _put_right(form.place, said.place, denied)
    wrong = denied or form.place
    told = with_addition(form, said.text) if wrong in form.text else form
    if place:
        right = replace(anew_alike(told), place=place[:LONGEST_PLACE], editing=None)
        return moved_on(with_ward(right, said))
    return moved_on(_with_new_place(replace(told, editing=None), said))


def _put_right(place: str, told: str, denied: str) -> str:
    """The place with one number in it changed; "" where more than a number was told anew."""
    new = _NUMBERED.fullmatch(fold(told))
    if new is None or len(fold(place)) != len(place):
        return ""
    number = told[new.start("number") : new.end("number")]
    olds = [old for old in _NUMBERED.finditer(fold(place)) if old["kind"] == new["kind"]]
    same = [old for old in olds if old["number"] == fold(denied)] or olds
    if len(same) != 1:
        return ""
    return place[: same[0].start("number")] + number + place[same[0].end("number") :]


def tell_anew(form: ReportForm, said: Said) -> ReportForm:
    """The form with the field that was to be changed (form.editing) told anew; what says nothing of it
    changes nothing."""
    return moved_on(_told_anew(form, replace(form, editing=None), said))


def _told_anew(form: ReportForm, done: ReportForm, said: Said) -> ReportForm:
    match form.editing:
        case Step.TEXT if said.text:
            return replace(with_extras(done, said), text=said.text, urgent=form.urgent or said.urgent)
        case Step.CATEGORY if said.text:
            return with_category(done, said)
        case Step.PLACE if said.text or said.position:
            return _with_new_place(done, said)
        case Step.CONTACT if said.text:
            told = contact.told(form.contact, said.text)
            return form if told == form.contact else replace(done, contact=told)
        case Step.PHOTO if said.media:
            return replace(done, media=said.media, photo_done=True)
        case Step.PHOTO if said.text:
            return with_addition(done, said.text)
    return with_extras(form, said)


def _with_new_place(form: ReportForm, said: Said) -> ReportForm:
    """Nothing of where it was before stays."""
    place = (said.place or said.text)[:LONGEST_PLACE]
    bare = replace(anew_alike(form), place=place, position=None, **_NO_WARD)
    return with_position(with_ward(bare, said), said.position)


def without(form: ReportForm, text: str, references: frozenset[str]) -> ReportForm:
    """The form after a message it was filled with was deleted: what is missing now is asked for again."""
    media = tuple(medium for medium in form.media if medium.reference not in references)
    left = replace(form, media=media)
    if text:
        left = replace(left, text=_cut_out(form.text, text), place=_cut_out(form.place, text))
        if form.place and form.place in text:
            left = replace(left, place="", place_asked=0, **_NO_WARD)
    return replace(left, step=next_step(left))


def correct(form: ReportForm, before: str, said: Said) -> ReportForm:
    """The form after a message it was filled with was changed: its new words stand where the old ones did."""
    if before and before in form.text:
        kept = form.category if form.category != suggested(form.categories) else ""
        told = replace(said, text=form.text.replace(before, said.text))
        if form.place and form.place in before:
            form = replace(form, place="", place_asked=0, **_NO_WARD)
        return moved_on(with_problem(replace(form, category=kept), told))
    if before and before in form.place:
        place = form.place.replace(before, said.text)[:LONGEST_PLACE]
        return moved_on(with_ward(replace(anew_alike(form), place=place, **_NO_WARD), said))
    return fill(form, said)


def _cut_out(words: str, text: str) -> str:
    return words.replace(text, "").strip(" ;\n")
