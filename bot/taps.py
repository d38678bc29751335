"""What each button does. Payloads may be typed, or tapped long after: one that no longer fits is told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot import decided, moves, report_form
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.report_form import ReportForm, Said, Step
from bot.told_facts import fact_tapped
from casework.categories import CATEGORY_NAMES
from knowledge_base.article import ARTICLE_CODE
from knowledge_base.content import PartName


def tapped(now: Situation) -> Decided | None:
    """A button says exactly what is wanted."""
    choice = now.seen.tapped
    if choice is None:
        return None
    return _DOES[choice.verb](now, choice.arguments) or _out_of_date(now)


def _out_of_date(now: Situation) -> Decided:
    """The form in hand asks its question again; without one, the words for an old button."""
    if now.state.form:
        return decided.fill(now.state, now.state.form)
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
    reason = "guard" if arguments == ("guard",) else "asked"
    return decided.hand_off(now.state, reason=reason, summary="")


def _report(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """Begins a report; a form already in hand is gone on with, never begun anew."""
    state = now.state
    if state.form:
        return _form_button(now, state.form, arguments)
    if arguments:
        return None
    return decided.fill(state, report_form.start(decided.with_what_came_before(state, Said())))


def _form_button(now: Situation, form: ReportForm, arguments: tuple[str, ...]) -> Decided | None:
    state = now.state
    match arguments:
        case ("category", category) if category in CATEGORY_NAMES:
            return decided.fill(state, report_form.choose_category(form, category))
        case ("photo", "none"):
            return decided.fill(state, report_form.decline_photo(form))
        case ("edit", step) if step in list(Step):
            return decided.fill(state, report_form.ask_again(form, Step(step)))
        case ("send", "yes") if form.step is Step.REVIEW:
            return decided.file(state, form)
        case ("cancel", _):
            return decided.cancel(state)
    return None


def _rate(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    match arguments:
        case (number, score) if score in {"1", "2", "3", "4", "5"}:
            return Decided(move=moves.Rate(number=number, score=int(score)), state=now.state)
    return None


def _ward(now: Situation, arguments: tuple[str, ...]) -> Decided | None:
    """The ward for the procedure spoken of; a code that is no unit's is answered as if none was named."""
    state = now.state
    match arguments:
        case (code,) if state.procedure:
            move = moves.Answer(code=state.procedure, part=PartName.WHERE)
            return decided.answer(replace(state, ward=code), move)
    return None


def _back(now: Situation, _: tuple[str, ...]) -> Decided | None:
    if now.in_queue:
        return Decided(move=moves.LeaveQueue(), state=now.state)
    return decided.say(now.state, Phrase.NOTHING_TO_GO_BACK_TO)


def _none(now: Situation, _: tuple[str, ...]) -> Decided | None:
    return decided.not_understood(now.state, nearest=(), summary="")


_DOES: dict[str, Callable[[Situation, tuple[str, ...]], Decided | None]] = {
    "part": _part,
    "full": _full,
    "papers": _papers,
    "procedure": _procedure,
    "fact": fact_tapped,
    "staff": _staff,
    "report": _report,
    "rate": _rate,
    "ward": _ward,
    "back": _back,
    "none": _none,
}
