"""The report form, step by step: the problem, its category, the place, a photo or none, the review.

Pure: a message comes in as plain values, a new form comes out. Nothing is asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from conversations.messages import MediaReference, Position

#: Times the place is asked for; after that the report goes on, marked "place unclear" for the official.
PLACE_ASKED_AT_MOST = 2
#: Words up to which an answer to "which category?" is its name alone, not more of the story.
LONGEST_CATEGORY = 4
KIND_OF_CATEGORY = {"thu_tuc_quy_dinh": "regulation", "thai_do_phuc_vu": "service"}


class Step(StrEnum):
    """What the form asks for next; the fields of the form in the order in which they are asked."""

    TEXT = "text"
    CATEGORY = "category"
    PLACE = "place"
    PHOTO = "photo"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class ReportForm:
    """A report in the making.

    category: chosen or suggested; categories: what the classifier suggests, best first.
    ward: unit code, "" when unknown; photo_done: a photo was sent, or declined.
    """

    text: str = ""
    category: str = ""
    categories: tuple[str, ...] = ()
    place: str = ""
    place_asked: int = 0
    ward: str = ""
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()
    photo_done: bool = False
    urgent: bool = False
    step: Step = Step.TEXT

    @property
    def kind(self) -> str:
        return KIND_OF_CATEGORY.get(self.category, "field")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one message gives the form: its words, and what the rest of the assistant read in them."""

    text: str = ""
    categories: tuple[str, ...] = ()
    urgent: bool = False
    place: str = ""
    ward: str = ""
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()


def start(said: Said) -> ReportForm:
    """A form begun by a message that may already hold the problem, the place, photos or nothing at all."""
    return _moved_on(_with_problem(ReportForm(), said))


def fill(form: ReportForm, said: Said) -> ReportForm:
    """The form after a message that answers what was asked (form.step)."""
    form = _with_extras(form, said)
    match form.step:
        case Step.TEXT:
            form = _with_problem(form, said)
        case Step.PLACE:
            form = _with_place(form, said)
        case Step.PHOTO:
            form = replace(_with_addition(form, said.text), photo_done=True)
        case Step.CATEGORY:
            form = _with_category(form, said)
        case Step.REVIEW:
            form = _with_addition(form, said.text)
    return _moved_on(form)


def choose_category(form: ReportForm, category: str) -> ReportForm:
    return _moved_on(replace(form, category=category))


def decline_photo(form: ReportForm) -> ReportForm:
    return _moved_on(replace(form, photo_done=True))


def ask_again(form: ReportForm, step: Step) -> ReportForm:
    """The form with one field emptied, to be asked for once more."""
    emptied = {
        Step.TEXT: {"text": ""},
        Step.CATEGORY: {"category": ""},
        Step.PLACE: {"place": "", "ward": "", "position": None, "place_asked": 0},
        Step.PHOTO: {"media": (), "photo_done": False},
        Step.REVIEW: {},
    }[step]
    return _moved_on(replace(form, **emptied))  # type: ignore[arg-type]  # the keys are the form's own fields


def _with_problem(form: ReportForm, said: Said) -> ReportForm:
    form = _with_extras(form, said)
    if not said.text:
        return form
    return replace(
        form,
        text=said.text,
        categories=said.categories,
        category=form.category or _suggested(said.categories),
        urgent=form.urgent or said.urgent,
        place=form.place or said.place,
        ward=form.ward or said.ward,
    )


def _suggested(categories: tuple[str, ...]) -> str:
    best = categories[0] if categories else ""
    return "" if best == "khac" else best


def _with_category(form: ReportForm, said: Said) -> ReportForm:
    """A category told in words. One that is not understood is "other": it is never asked for in a circle."""
    if not said.text:
        return form
    names_it_only = len(said.text.split()) <= LONGEST_CATEGORY
    category = said.categories[0] if said.categories else "khac"
    return replace(form if names_it_only else _with_addition(form, said.text), category=category)


def _with_extras(form: ReportForm, said: Said) -> ReportForm:
    return replace(
        form,
        position=said.position or form.position,
        media=form.media + tuple(medium for medium in said.media if medium not in form.media),
    )


def _with_place(form: ReportForm, said: Said) -> ReportForm:
    if not said.text:
        return form
    place = f"{form.place}; {said.text}" if form.place else said.text
    return replace(form, place=place[:300], ward=said.ward or form.ward, urgent=form.urgent or said.urgent)


def _with_addition(form: ReportForm, text: str) -> ReportForm:
    return replace(form, text=f"{form.text}\n{text}") if text else form


def _moved_on(form: ReportForm) -> ReportForm:
    step = _next_step(form)
    asked = form.place_asked + 1 if step is Step.PLACE else form.place_asked
    return replace(form, step=step, place_asked=asked)


def _next_step(form: ReportForm) -> Step:
    if not form.text:
        return Step.TEXT
    if not form.category:
        return Step.CATEGORY
    if _place_is_open(form):
        return Step.PLACE
    if not form.media and not form.photo_done and form.kind == "field":
        return Step.PHOTO
    return Step.REVIEW


def _place_is_open(form: ReportForm) -> bool:
    known = form.place or form.position or form.kind == "regulation"
    return not known and form.place_asked < PLACE_ASKED_AT_MOST
