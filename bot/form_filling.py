"""What a message fills into a report form: the problem, its category, the place, photos, the contact.

Pure, like the form itself (bot/report_form.py).
"""

from __future__ import annotations

from dataclasses import replace

from bot import contact
from bot.form_place import anew_alike, placed, with_addition, with_place, with_position, with_ward
from bot.report_form import ReportForm, Said, Step, moved_on
from casework.categories import SERVICE

#: Words up to which an answer to "which category?" is its name alone, not more of the story.
LONGEST_CATEGORY = 4


def start(said: Said) -> ReportForm:
    """A form begun by a message that may already hold the problem, the place, photos or nothing at all."""
    return moved_on(with_problem(ReportForm(), said))


def fill(form: ReportForm, said: Said) -> ReportForm:
    """The form after a message that answers what was asked (form.step), of a form that changes nothing."""
    if not (said.text or said.media or said.position):
        return moved_on(form)
    form = with_extras(form, said)
    if form.step in (Step.WARD, Step.SIMILAR) and said.text and not said.ward:
        return fill(passed_by(form), said)
    return moved_on(_filled(form, said))


def _filled(form: ReportForm, said: Said) -> ReportForm:
    match form.step:
        case Step.TEXT:
            return with_problem(form, said)
        case Step.PLACE | Step.WARD | Step.SIMILAR:
            return with_place(form, said)
        case Step.PHOTO if said.is_a_place:
            return with_place(form, said)
        case Step.PHOTO:
            return replace(_with_more(form, said), photo_done=True)
        case Step.CATEGORY:
            return with_category(form, said)
        case Step.REVIEW if contact.is_all_of(said.text):
            return replace(form, contact=contact.told(form.contact, said.text))
        case Step.REVIEW:
            return _with_more(form, said)
    return form


def declared(form: ReportForm | None, said: Said) -> ReportForm:
    """The form, new or in hand, of what the citizen declared to be feedback on service."""
    begun = form or start(replace(said, text="", categories=()))
    words = with_addition(begun, said.text) if begun.text else replace(begun, text=said.text)
    there = replace(words, place=begun.place or said.place)
    service = there if begun.ward else with_ward(there, said)
    return moved_on(replace(service, category=SERVICE, is_declared=True))


def choose_category(form: ReportForm, category: str) -> ReportForm:
    chosen = replace(form, category=category, editing=None)
    return moved_on(chosen if category == form.category else anew_alike(chosen))


def passed_by(form: ReportForm) -> ReportForm:
    """The form where the ward is not known, or none of the similar reports is meant: not asked again."""
    if form.step is Step.WARD:
        return moved_on(replace(form, ward_unclear=True))
    return moved_on(replace(form, similar_done=True))


def use_known_phone(form: ReportForm) -> ReportForm:
    """With the number told before in the conversation, after a yes."""
    known = replace(form.contact, phone=form.contact.known_phone)
    return moved_on(replace(form, contact=known))


def without_contact(form: ReportForm) -> ReportForm:
    return replace(form, contact=contact.without(form.contact))


def decline_photo(form: ReportForm) -> ReportForm:
    return moved_on(replace(form, photo_done=True, editing=None))


def with_problem(form: ReportForm, said: Said) -> ReportForm:
    form = with_extras(form, said)
    if not said.text:
        return form
    told = replace(
        form,
        text=said.text,
        categories=said.categories,
        category=form.category or suggested(said.categories),
        urgent=form.urgent or said.urgent,
        place=form.place or said.place,
    )
    return told if form.ward else with_ward(told, said)


def suggested(categories: tuple[str, ...]) -> str:
    best = categories[0] if categories else ""
    return "" if best == "khac" else best


def with_category(form: ReportForm, said: Said) -> ReportForm:
    """A category told in words. One that is not understood is "other": it is never asked for in a circle."""
    if not said.text:
        return form
    names_it_only = len(said.text.split()) <= LONGEST_CATEGORY
    category = said.categories[0] if said.categories else "khac"
    return replace(form if names_it_only else with_addition(form, said.text), category=category)


def with_extras(form: ReportForm, said: Said) -> ReportForm:
    """With the pictures and the position of a message."""
    media = form.media + tuple(medium for medium in said.media if medium not in form.media)
    return with_position(replace(form, media=media), said.position)


def _with_more(form: ReportForm, said: Said) -> ReportForm:
    """With words told when all is filled: a place goes into the place; more of the story stays in its words,
    and gives a rough place, or none, the one it names."""
    if said.is_a_place:
        return with_place(form, said)
    told = with_addition(form, said.text)
    is_open = form.is_roughly_placed or not (form.place or form.position)
    return placed(told, said.place, said) if said.place and is_open else told
