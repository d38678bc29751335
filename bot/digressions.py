"""Digressions: what a message says beside the report being filled. The form waits where it is."""

from __future__ import annotations

from bot.chosen import chosen_by_words, label_chosen
from bot.decided import Decided, Situation
from bot.follow_up import is_asking
from bot.how_far import dossier_named, report_looked_up
from bot.living_place import ward_named
from bot.matter import part_followed_up
from bot.report_form import ReportForm, Step
from bot.searched import is_question, search
from bot.small_talk import small_talk
from bot.told_facts import fact_told
from nlu.intents import SURE

#: Small talk inside a form must be this sure: what is told there is mostly for the form.
SURE_OF_SMALL_TALK = 0.8
#: A report that holds these may be about a dossier: its code belongs to the story.
_ABOUT_DOSSIERS = "hồ sơ"
#: Words up to which thanks and greetings are no story.
LONGEST_SMALL_TALK = 6
#: Steps at which a bare number may be what was asked for: a house, an alley.
_NUMBERS_TELL = frozenset({Step.TEXT, Step.PLACE})


def digression(now: Situation, form: ReportForm) -> Decided | None:
    """A button typed, an answer to what was asked beside the form, a question of its own, or small talk."""
    if now.seen.report_code:
        return report_looked_up(now)
    if dossier := _dossier_beside(now, form):
        return dossier
    if any(choice.payload.startswith("report:") for choice in now.choices):
        found = label_chosen(now) if form.step in _NUMBERS_TELL else chosen_by_words(now)
    else:
        found = _went_on(now)
    if found or form.step is Step.TEXT:
        return found or _small_talk(now)
    if is_question(now.seen):
        return search(now)
    return _part_beside(now) or _small_talk(now)


def _dossier_beside(now: Situation, form: ReportForm) -> Decided | None:
    """A dossier's code and little else is asked about, unless the report is about that dossier."""
    seen = now.seen
    if now.state.dossier and not seen.dossier_code:
        return dossier_named(now)
    asks = is_asking(seen.text) or seen.is_about("dossier_status", at_least=SURE)
    told_of_it = seen.dossier_code in form.text or (_ABOUT_DOSSIERS in form.text.lower() and not asks)
    return dossier_named(now) if seen.dossier_code and not told_of_it else None


def _part_beside(now: Situation) -> Decided | None:
    """ "Mà khai tử lệ phí bao nhiêu nhỉ" asks for a part of what was spoken of before the form."""
    asks = now.seen.part and is_asking(now.seen.text) and now.seen.is_about("ask_procedure")
    return part_followed_up(now) if asks else None


def _went_on(now: Situation) -> Decided | None:
    """The last reply was beside the form: what belongs to it goes on there."""
    rules = (ward_named, fact_told, chosen_by_words, part_followed_up)
    return next((found for rule in rules if (found := rule(now)) is not None), None)


def _small_talk(now: Situation) -> Decided | None:
    seen = now.seen
    is_brief = len(seen.text.split()) <= LONGEST_SMALL_TALK
    sure = seen.is_about("greet", "goodbye_thanks", "about_bot", at_least=SURE_OF_SMALL_TALK)
    return small_talk(now) if is_brief and sure else None
