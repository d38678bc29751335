"""What each button does. Payloads may be typed, or tapped long after: one that no longer fits is told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot import decided, form_changes, form_filling, moves
from bot.answer_rating import satisfied_tapped
from bot.decided import Decided, Situation
from bot.form_buttons import WAYS, form_button_beside
from bot.how_far import last_asked
from bot.living_place import counter_in
from bot.moves import Phrase
from bot.own_data import own_data_tapped
from bot.reopening import reopen_tapped
from bot.report_form import ReportForm, Said, Step
from bot.state import State
from bot.told_facts import fact_tapped
from bot.unsure import unsure_tapped
from casework.categories import CATEGORY_NAMES
from knowledge_base.article import ARTICLE_CODE
from knowledge_base.content import PartName
from nlu.entities import report_code


def tapped(now: Situation) -> Decided | None:
    """A button says exactly what is wanted."""
    choice = now.seen.tapped
    if choice is None:
        return None
    return _DOES[choice.verb](now, choice.arguments) or _out_of_date(now)


def _out_of_date(now: Situation) -> Decided:
    """The form in hand asks its question again; without one, the words for an old button."""
    if now.state.form:
        return decided.ask_again(now, now.state.form)
    return decided.say(now.state, Phrase.BUTTON_OUT_OF_DATE)


def _part(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code, key) if code.startswith(ARTICLE_CODE) and key not in list(PartName):
            return decided.answer(now.state, moves.Answer(code=code, section=key))
        case (code, name) if name in list(PartName):
            return decided.answer(now.state, moves.Answer(code=code, part=PartName(name)))
    return None


def _full(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code, *key) if code.startswith(ARTICLE_CODE) and len(key) <= 1:
            return decided.answer(now.state, moves.Answer(code=code, section="".join(key), in_full=True))
        case (code, name) if name in list(PartName):
            return decided.answer(now.state, moves.Answer(code=code, part=PartName(name), in_full=True))
    return None


def _papers(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code,):
            return decided.answer(now.state, moves.ListPapers(code=code))
    return None


def _procedure(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (code,):
            return decided.answer(now.state, moves.Answer(code=code))
    return _part(now, arguments)


def _staff(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    if arguments == ("guard",):
        return decided.hand_off(now, reason="guard", summary="")
    return decided.person_asked_for(now, summary="")


def _report(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """Begins a report; one already in hand or laid aside is gone on with, never begun anew unasked."""
    state, draft = now.state, now.state.laid_aside
    match arguments:
        case ("restore", _) if state.cancelled:
            return decided.take_up(state, state.cancelled, at=now.at)
        case ("resume", _) if draft:
            return decided.take_up(state, draft, at=now.at)
        case ("drop", _) if draft and not state.form:
            return decided.cancel(state)
        case ("new", _) if not state.form:
            return _begun(state)
    if state.form:
        return _form_button(now, state.form, arguments)
    if state.draft and not arguments:
        return Decided(move=moves.OfferDraft(draft=state.draft, anew=True), state=state)
    if draft:
        return _form_button(
            replace(now, state=decided.take_up(state, draft, at=now.at).state), draft, arguments
        )
    return None if arguments else _begun(state)


def _begun(state: State) -> Decided:
    return decided.fill(state, form_filling.start(decided.with_what_came_before(state, Said())))


def _form_button(now: Situation, form: ReportForm, arguments: tuple[str, ...]) -> Decided | None:
    state = now.state
    match arguments:
        case ("category", category) if category in CATEGORY_NAMES:
            return decided.fill(state, form_filling.choose_category(form, category))
        case ("photo", "none"):
            return decided.fill(state, form_filling.decline_photo(form))
        case ("edit", step) if step in list(Step):
            return decided.fill(state, form_changes.edit(form, Step(step)))
        case ("send", how):
            return _sent(state, form, how)
        case ("cancel", _):
            return decided.cancel(state)
    return form_button_beside(now, form, arguments)


def _sent(state: State, form: ReportForm, how: str) -> Decided | None:
    """What of the form goes along is what its button said, even one tapped long after."""
    if how not in WAYS or not (form.step is Step.REVIEW or _can_be_sent_without_photo(form)):
        return None
    way = WAYS[how]
    kept = form if way.with_contact else form_filling.without_contact(form)
    return decided.file(state, kept if way.with_position else replace(kept, position=None))


def _can_be_sent_without_photo(form: ReportForm) -> bool:
    """At the photo the rest was shown; a position needs the yes of the review."""
    return form.step is Step.PHOTO and form.reviewed and not form.position


def _rate(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (number, score) if score in {"1", "2", "3", "4", "5"}:
            return Decided(move=moves.Rate(number=number, score=int(score)), state=now.state)
    return None


def _ward(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """The ward for the procedure spoken of; a code that is no unit's is answered as if none was named."""
    match arguments:
        case (code,) if now.state.procedure:
            return counter_in(now.state, code)
    return None


def _start(now: Situation, arguments: tuple[str, ...]) -> Decided:
    """Whoever comes in by a code is where it leads; one we do not know (any more) is greeted as all are.

    The code of a report is that of the public page on which "Tôi cũng gặp việc này" was tapped.
    """
    entered, state = now.seen.entered, now.state
    if code := report_code("".join(arguments)):
        after = replace(state.filling(None), cancelled=state.form, report=code, asks_report=True)
        return Decided(move=moves.JoinReport(code=code, text=""), state=after)
    if entered is None:
        return decided.say(state, Phrase.GREETING)
    if entered.procedure:
        return decided.answer(state, moves.Answer(code=entered.procedure))
    return Decided(move=moves.Welcome(ward_name=entered.ward_name), state=replace(state, ward=entered.ward))


def _help(now: Situation, _: tuple[str, ...]) -> Decided:
    return decided.say(now.state, Phrase.HELP)


def _how_far(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    return None if arguments else last_asked(now)


def _back(now: Situation, _: tuple[str, ...]) -> Decided | None:
    if now.in_queue:
        return Decided(move=moves.LeaveQueue(), state=now.state)
    return decided.say(now.state, Phrase.NOTHING_TO_GO_BACK_TO)


def _none(now: Situation, _: tuple[str, ...]) -> Decided | None:
    return decided.not_understood(now.state, moves.AskAgain(nearest=(), denied=True))


def _appeal(now: Situation, _: tuple[str, ...]) -> Decided | None:
    """Nothing is blocked (any more), or bot/blocked.py would have taken it."""
    return decided.say(now.state, Phrase.BUTTON_OUT_OF_DATE)


_DOES: dict[str, Callable[[Situation, tuple[str, ...]], Decided | None]] = {
    "part": _part,
    "full": _full,
    "papers": _papers,
    "procedure": _procedure,
    "fact": fact_tapped,
    "staff": _staff,
    "report": _report,
    "rate": _rate,
    "satisfied": satisfied_tapped,
    "reopen": reopen_tapped,
    "ward": _ward,
    "data": own_data_tapped,
    "back": _back,
    "none": _none,
    "unsure": unsure_tapped,
    "appeal": _appeal,
    "start": _start,
    "help": _help,
    "how_far": _how_far,
}
