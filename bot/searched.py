"""What the search's decision makes of a message: an answer, a question back, or an honest "not known"."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.understanding import SURE, Understanding
from knowledge_base.decision import Ambiguous, Answerable, NotFound

OPTIONS = 4


def is_question(seen: Understanding) -> bool:
    """True for a question that has an answer or a choice of them: it gets it, whatever else is under way."""
    held = isinstance(seen.decision, Answerable | Ambiguous)
    return held and seen.is_about("ask_procedure", at_least=SURE)


def search(now: Situation) -> Decided:
    """Answer, ask which one, or say that it is not known."""
    seen, state = now.seen, now.state
    match seen.decision:
        case Answerable(hit=hit, probability=probability):
            move = moves.Answer(code=hit.code, part=seen.part, probability=probability)
            return decided.answer(state, move)
        case Ambiguous(hits=hits):
            return which_one(now, tuple(hit.code for hit in hits[:OPTIONS]))
        case NotFound(nearest=nearest):
            codes = tuple(hit.code for hit in nearest[:OPTIONS])
            return decided.not_understood(state, nearest=codes, summary=seen.text)
        case None:
            return decided.say(state, Phrase.EMPTY)


def which_one(now: Situation, codes: tuple[str, ...]) -> Decided:
    """Offer these procedures; the part asked for, now or when they were first offered, stays in mind."""
    asked_before = now.state.offered_part if codes == now.state.offered else None
    part = now.seen.part or asked_before
    remembered = replace(now.state, offered=codes, offered_part=part, failures=0)
    return Decided(move=moves.Clarify(codes=codes, part=part), state=remembered)
