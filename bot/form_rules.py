"""What is done with a message while a report is being filled."""

from __future__ import annotations

from bot import decided, form_words, report_form
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.report_form import ReportForm, Step
from bot.searched import is_question, search
from conversations.messages import MessageKind
from nlu.intents import SURE

#: What cannot be read here, and is told so wherever it comes.
UNREAD = {
    MessageKind.VOICE: Phrase.VOICE,
    MessageKind.VIDEO: Phrase.FILE,
    MessageKind.FILE: Phrase.FILE,
    MessageKind.CONTACT: Phrase.CONTACT,
}


def form_in_hand(now: Situation) -> Decided | None:
    """A form is in hand: drop it, send it, a question in between, a person, or what was asked for."""
    form, seen, state = now.state.form, now.seen, now.state
    if form is None:
        return None
    if form.step is Step.PHOTO and form_words.declines_photo(seen.text):
        return decided.fill(state, report_form.decline_photo(form))
    if form_words.cancels(seen.text):
        return decided.cancel(state)
    if form.step is not Step.TEXT and is_question(seen):
        return search(now)
    if seen.is_about("talk_to_staff", at_least=SURE):
        return None
    if form.step is Step.REVIEW:
        return _reviewed(now, form)
    return _told(now, form)


def _reviewed(now: Situation, form: ReportForm) -> Decided:
    text = now.seen.text
    if form_words.puts_off(text):
        return decided.fill(now.state, form)
    if not form_words.agrees_to_send(text):
        return _told(now, form)
    if not form_words.only_agrees(text):
        form = report_form.fill(form, now.seen.said)
    return decided.file(now.state, form)


def _told(now: Situation, form: ReportForm) -> Decided:
    """What was said goes into the form; a sticker gets the question again, a voice message its reason."""
    said = now.seen.said
    if not (now.seen.has_words or said.media or said.position):
        unread = UNREAD.get(now.seen.kind)
        return decided.say(now.state, unread) if unread else decided.fill(now.state, form)
    return decided.fill(now.state, report_form.fill(form, said))
