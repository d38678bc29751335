"""When a report begins, and what is done with a message while it is being filled."""

from __future__ import annotations

from dataclasses import replace

from bot import (
    choices,
    contact,
    decided,
    draft_words,
    edit_words,
    form_changes,
    form_filling,
    form_words,
    moves,
)
from bot.chosen import tap
from bot.decided import Decided, Situation
from bot.digressions import digression
from bot.edit_words import Change, Edit
from bot.follow_up import asks_about_a_rule, is_asking
from bot.form_buttons import join
from bot.living_place import names_only_a_ward
from bot.moves import Phrase
from bot.person import person_wanted
from bot.place_words import place_phrase
from bot.report_form import ReportForm, Said, Step
from bot.searched import is_question, search
from bot.spoken_place import with_place_before
from bot.understanding import REPORTS, SURE_OF_A_REPORT
from bot.unread import UNREAD
from knowledge_base.decision import Ambiguous, Answerable
from nlu.categories import rank_categories
from nlu.intents import SURE


def report_begun(now: Situation) -> Decided | None:
    """A problem told in one's own words begins a report; one phrased as a question must be a sure one."""
    seen = now.seen
    if asks_about_a_rule(seen.text):
        return None
    if not seen.is_about(*REPORTS, at_least=SURE_OF_A_REPORT if is_asking(seen.text) else SURE):
        return None
    said = decided.with_what_came_before(now.state, with_place_before(now.state, seen.said))
    return decided.fill(now.state, form_filling.start(said))


def report_announced(now: Situation) -> Decided | None:
    """ "Tôi muốn phản ánh" and nothing more: what it is about is asked for."""
    if now.state.form or not form_words.announces(now.seen.typed):
        return None
    said, state = now.seen.said, now.state  # "tôi muốn phản ánh" may stand below a photo
    state = replace(state, media=state.media + said.media, position=said.position or state.position)
    return tap(replace(now, state=state), choices.REPORT)


#: Where words that order to send are looked for; before it there is nothing to send.
_SENT_FROM = (Step.PLACE, Step.WARD, Step.SIMILAR, Step.PHOTO, Step.REVIEW)


def form_in_hand(now: Situation) -> Decided | None:
    """A form is in hand: a command to it, a person, a correction, a digression, or what was asked for."""
    form = now.state.form
    if form is None:
        return None
    done = _asked_instead(now, form) or _dropped_or_sent(now, form) or _commanded(now, form)
    done = done or person_wanted(now)
    done = done or _place_corrected(now, form) or digression(now, form)
    return done or _told(now, form)


def place_told(now: Situation) -> Decided | None:
    """The place or ward that a report waits for, and nothing else: "ngõ 30 phố Vọng, phường Bạch Mai"."""
    form, said = now.state.form, now.seen.said
    if form is None or form.step not in (Step.PLACE, Step.WARD) or said.tells or not said.names_a_place:
        return None
    if not (said.is_a_place or names_only_a_ward(now.seen, besides=0)):
        return None
    return form_in_hand(now)


def _dropped_or_sent(now: Situation, form: ReportForm) -> Decided | None:
    """What is ordered at any step, whatever was asked for: show it, drop it, send it."""
    if form_words.asks_what_it_is(now.seen.text):
        shown = moves.FillReport(form=replace(form, asked=1), summed_up=True)
        return Decided(move=shown, state=now.state)
    if form_words.drops_report(now.seen.text):
        return decided.cancel(now.state)
    return _sent(now, form)


def _commanded(now: Situation, form: ReportForm) -> Decided | None:
    """What the words order: drop it, change a field or leave it, go on without a photo, send it."""
    text, state = now.seen.text, now.state
    stays = edit_words.keeps(text) or (form_words.cancels(text) and not form_words.cancels_outright(text))
    if form.editing and (stays or _leaves_no_contact(form, text)):
        return decided.fill(state, form_changes.keep(form))
    if beside := _answered_beside(now, form):
        return beside
    if form.step is Step.PHOTO and form_words.declines_photo(text):
        return decided.fill(state, form_filling.decline_photo(form))
    if form_words.has_no_photo(text):
        return _asked_again(now, replace(form, photo_done=True))
    if form_words.cancels(text):
        return decided.cancel(state)
    if form.step is Step.PHOTO and form_words.puts_off(text):
        return decided.ask_again(now, form)
    if draft_words.goes_on(text) or (form.step is not Step.REVIEW and form_words.only_agrees(text)):
        return _asked_again(now, form)
    edit = edit_words.edit_asked(text)
    if edit and form.text:
        return decided.fill(state, _edited(now, form, edit))
    return _reviewed(now, form) if form.step is Step.REVIEW else None


def _leaves_no_contact(form: ReportForm, text: str) -> bool:
    """ "Không", "thôi khỏi" where name and number were to be told."""
    return form.editing is Step.CONTACT and (form_words.declines_photo(text) or form_words.cancels(text))


def _answered_beside(now: Situation, form: ReportForm) -> Decided | None:
    """ "Không rõ" for the ward; "đúng rồi" or "không phải" for a similar report."""
    text = now.seen.text
    if form.step is Step.WARD and (form_words.does_not_know(text) or form_words.declines_photo(text)):
        return decided.fill(now.state, form_filling.passed_by(form))
    if form.step is not Step.SIMILAR:
        return None
    if form_words.says_another(text):
        return decided.fill(now.state, form_filling.passed_by(form))
    if form_words.only_agrees(text) and len(form.similar) == 1:
        return join(now.state, form, form.similar[0].code)
    return None


def _sent(now: Situation, form: ReportForm) -> Decided | None:
    """ "Số 5 phố Huế, gửi luôn": sent at once where the citizen saw the rest or said it; else shown first.

    A position is sent only from the review, by a yes of its own; so is what lacks the contact it asks for.
    """
    added = form_words.beside_the_order(now.seen.text)
    if added is None or not (form.editing or form.step in _SENT_FROM):
        return None
    if added and (now.seen.correction or edit_words.edit_asked(added)):
        return None
    said = _said_besides(now, added)
    told = _told_with_the_order(form, said)
    if _may_be_sent(now, form, told, said):
        return decided.file(now.state, told, unseen=bool(said.text) or not form.reviewed)
    return decided.fill(now.state, told)


def _may_be_sent(now: Situation, form: ReportForm, told: ReportForm, said: Said) -> bool:
    """Nothing is in it that was neither said nor seen. The category stood where the place was asked."""
    saw_or_said = form.reviewed or form.place or said.names_a_place
    is_done = told.step is Step.REVIEW and told.category == form.category
    is_reviewed = form.step is Step.REVIEW and not form.editing and told.position == form.position
    needs_review = told.position or told.contact.missing or now.is_back
    return bool(is_done and saw_or_said and (is_reviewed or not needs_review))


def _told_with_the_order(form: ReportForm, said: Said) -> ReportForm:
    """The form to be sent: a question about its ward or a similar report is passed by.

    Where a place was asked for, "nhanh lên, gửi đi" names none.
    """
    if form.step in (Step.WARD, Step.SIMILAR) and not form.editing:
        form = form_filling.passed_by(form_filling.passed_by(form))
    if form.step is Step.PLACE and not said.names_a_place:
        if form_words.does_not_know(said.text):
            form, said = form_changes.leave_place_unclear(form), replace(said, text="")
        if form_words.tells_nothing(said.text):
            said = replace(said, text="")
    return form_changes.told_and_sent(form, said)


def _said_besides(now: Situation, added: str) -> Said:
    """What the message gives the form but for the order to send."""
    said = replace(now.seen.said, text=added, place=place_phrase(added))
    return with_place_before(now.state, said)


def _edited(now: Situation, form: ReportForm, edit: Edit) -> ReportForm:
    if edit.step is Step.PHOTO and edit.change is not Change.MORE:
        return form_changes.drop_photos(form, others_come=edit.change is Change.ANEW)
    asked = form_changes.edit(form, edit.step)
    if not edit.value:
        return asked
    place, categories = place_phrase(edit.value), rank_categories(edit.value)
    said = replace(now.seen.said, text=edit.value, place=place, categories=categories)
    return form_changes.tell_anew(asked, said)


def _reviewed(now: Situation, form: ReportForm) -> Decided | None:
    text = now.seen.text
    if form_words.puts_off(text):
        return decided.ask_again(now, form)
    if not form_words.agrees_to_send(text):
        return None
    added = "" if form_words.only_agrees(text) else text
    told = form_filling.fill(form, replace(now.seen.said, text=added))
    return decided.file(now.state, told, unseen=bool(added))


def _asked_instead(now: Situation, form: ReportForm) -> Decided | None:
    """ "Em không phản ánh, em hỏi thủ tục" drops the report, with a notice, and answers what is asked."""
    text = now.seen.text
    asks = form_words.drops_report_first(text) and is_question(now.seen)
    if not (asks or form_words.asks_instead(text)):
        return None
    state = replace(now.state.filling(None), cancelled=form)
    if isinstance(now.seen.decision, Answerable | Ambiguous):
        found = search(replace(now, state=state))
    else:
        found = decided.not_understood(state, moves.AskAgain(nearest=(), denied=True))
    return replace(found, also=(moves.TellDropped(form=form),))


def _place_corrected(now: Situation, form: ReportForm) -> Decided | None:
    """ "À không, ở ngõ 30 chứ không phải 20" replaces the place; the words stay for the official."""
    said = now.seen.said
    if not (now.seen.correction and form.place and (said.place or said.ward)):
        return None
    denied = now.seen.correction.denied
    return decided.fill(now.state, form_changes.correct_place(form, said, denied=denied))


def _told(now: Situation, form: ReportForm) -> Decided:
    """What was said goes into the form; a sticker gets the question again, a voice message its reason."""
    said = with_place_before(now.state, now.seen.said)
    if not (now.seen.has_words or said.media or said.position):
        elsewhere = Phrase.POSITION_ELSEWHERE if now.seen.position_elsewhere else None
        unread = elsewhere or UNREAD.get(now.seen.kind)
        return decided.say(now.state, unread) if unread else decided.ask_again(now, form)
    if form.step is Step.CONTACT and _leaves_contact_open(form, said):
        return _asked_for_contact_again(now, form)
    if form.step is Step.PLACE and not (said.names_a_place or said.media):
        if form_words.does_not_know(said.text):
            return decided.fill(now.state, form_changes.leave_place_unclear(form))
        if form_words.tells_nothing(said.text) or (form_words.asks_something(said.text) and not said.tells):
            return _asked_again(now, form)
    if now.seen.replaces:
        return decided.fill(now.state, form_changes.correct(form, now.seen.replaces, said))
    return decided.fill(now.state, form_changes.answered(form, said))


def _leaves_contact_open(form: ReportForm, said: Said) -> bool:
    nothing_else = not (said.media or said.position)
    return nothing_else and contact.told(form.contact, said.text) == form.contact


def _asked_for_contact_again(now: Situation, form: ReportForm) -> Decided:
    """Once in other words; then the review says what comes of it: nobody is pressed for a name."""
    if form.asked > 1:
        return decided.fill(now.state, form_changes.keep(form))
    return decided.ask_again(now, form)


def _asked_again(now: Situation, form: ReportForm) -> Decided:
    """What was asked for once more; of a place that is told, if only roughly, no more is asked."""
    if form.step in (Step.WARD, Step.SIMILAR) and form.photo_done and not form.editing:
        return decided.fill(now.state, form_filling.passed_by(form))
    if form.step is Step.PLACE and form.place and not form.editing:
        return decided.fill(now.state, form_changes.leave_place_unclear(form))
    return decided.ask_again(now, form)
