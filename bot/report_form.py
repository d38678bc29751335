"""The report form and what it asks for next: the problem, its category, the place and its ward, whether
somebody has reported the same, a photo or none, the review.

Pure. What is known is not asked for; a filled field that is to be changed keeps its value until it is told
anew. bot/form_filling.py fills it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.contact import ToldContact
from bot.place_words import is_only_a_place, is_vague
from bot.similar_reports import SimilarReport
from bot.ward_choices import WardChoice
from casework.categories import kind_of
from conversations.messages import MediaReference, Position

#: Times the place is asked for; then the report goes on with what there is, for the official.
PLACE_ASKED_AT_MOST = 2
#: Times in a row the same is asked for, each time in other words; then the report is laid aside.
ASKED_AT_MOST = 3


class Step(StrEnum):
    """What the form asks for next, in this order; the contact only when the citizen wants to leave it."""

    TEXT = "text"
    CATEGORY = "category"
    PLACE = "place"
    WARD = "ward"
    SIMILAR = "similar"
    PHOTO = "photo"
    REVIEW = "review"
    CONTACT = "contact"


@dataclass(frozen=True, kw_only=True)
class ReportForm:
    """A report in the making.

    category: chosen or suggested; categories: what the classifier suggests, best first.
    ward: unit code, "" when unknown; ward_choices: those the place may be in, former_ward: the name they
    share, "" for a position; ward_unclear: the citizen cannot say. photo_done: a photo was sent, or declined.
    similar: published reports that may be of the same thing; similar_done: looked for, and none is meant.
    procedure: what a report on a rule is about, with its code; "" for none, procedure_denied: it is not.
    pointed_to: who settles it and takes no reports here, and where to turn; "" when it can be sent there.
    editing: the filled field that the citizen wants to change. asked: times in a row `step` was asked for.
    is_declared: the citizen said by a button that this is feedback on service, no khiếu nại or tố cáo.
    reviewed: what it holds was shown to the citizen, but for what was only just told.
    """

    text: str = ""
    category: str = ""
    categories: tuple[str, ...] = ()
    place: str = ""
    place_asked: int = 0
    ward: str = ""
    ward_name: str = ""
    former_ward: str = ""
    ward_choices: tuple[WardChoice, ...] = ()
    ward_unclear: bool = False
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()
    photo_done: bool = False
    similar: tuple[SimilarReport, ...] = ()
    similar_done: bool = False
    contact: ToldContact = field(default_factory=ToldContact)
    procedure: str = ""
    procedure_denied: bool = False
    pointed_to: str = ""
    urgent: bool = False
    is_declared: bool = False
    reviewed: bool = False
    step: Step = Step.TEXT
    editing: Step | None = None
    asked: int = 0

    @property
    def kind(self) -> str:
        return kind_of(self.category)

    @property
    def is_roughly_placed(self) -> bool:
        """A landmark is all that is told: asked once for more, then taken as it is."""
        is_exact = self.position or self.ward or self.kind != "field"
        return bool(self.place) and not is_exact and is_vague(self.place)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one message gives the form: its words, and what the rest of the assistant read in them.

    ward_name: of ward. former_ward, ward_choices: a ward of before that went to several, and these.
    tells: the words surely tell of a problem, whatever was asked for.
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    urgent: bool = False
    tells: bool = False
    place: str = ""
    ward: str = ""
    ward_name: str = ""
    former_ward: str = ""
    ward_choices: tuple[WardChoice, ...] = ()
    position: Position | None = None
    media: tuple[MediaReference, ...] = ()

    @property
    def names_a_place(self) -> bool:
        return bool(self.place or self.ward or self.former_ward or self.position)

    @property
    def is_a_place(self) -> bool:
        """True when the words name a place and nothing else: "ngõ 5 phố Huế nhé"."""
        return is_only_a_place(self.text, self.place)


def again(form: ReportForm) -> ReportForm:
    """The form after a message that told it nothing: it asks the same once more."""
    return replace(form, asked=form.asked + 1)


def is_worn_out(form: ReportForm) -> bool:
    """True when the same was asked for often enough: asking on would only wear the citizen out."""
    return form.asked >= ASKED_AT_MOST


def moved_on(form: ReportForm) -> ReportForm:
    step = next_step(form)
    shown = step is Step.REVIEW or (step is Step.PHOTO and not (form.editing or form.position))
    asked = replace(form, step=step, place_asked=_place_asked(form, step), asked=1)
    return replace(asked, reviewed=form.reviewed or shown)


def _place_asked(form: ReportForm, step: Step) -> int:
    """How often, once `step` is asked for; a rough place is asked about once and not again."""
    if step is not Step.PLACE or form.editing:
        return form.place_asked
    return PLACE_ASKED_AT_MOST if form.place else form.place_asked + 1


def next_step(form: ReportForm) -> Step:
    if form.editing:
        return form.editing
    if not form.text:
        return Step.TEXT
    if not form.category:
        return Step.CATEGORY
    if _place_is_open(form):
        return Step.PLACE
    if _ward_is_open(form):
        return Step.WARD
    if form.similar and not form.similar_done:
        return Step.SIMILAR
    if not form.media and not form.photo_done and form.kind == "field":
        return Step.PHOTO
    return Step.REVIEW


def _ward_is_open(form: ReportForm) -> bool:
    return bool(form.ward_choices) and not (form.ward or form.ward_unclear or form.kind == "regulation")


def _place_is_open(form: ReportForm) -> bool:
    known = form.place or form.position or form.kind == "regulation"
    return (form.is_roughly_placed or not known) and form.place_asked < PLACE_ASKED_AT_MOST
