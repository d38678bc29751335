"""What the search's decision makes of a message: an answer, a question back, or an honest "not known"."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.moves import Phrase
from bot.understanding import Understanding
from knowledge_base.decision import Ambiguous, Answerable, NotFound
from knowledge_base.library import Hit
from knowledge_base.siblings import Question, Settled, decide_between, likely_siblings, side_by_side
from knowledge_base.variations import told
from nlu.intents import SURE

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
            event = seen.event.key if seen.event and hit.code in seen.event.codes else ""
            move = moves.Answer(code=hit.code, part=seen.part, probability=probability, event=event)
            return decided.answer(state.told(told(seen.text), (hit.code,)), move)
        case Ambiguous(hits=hits):
            return by_fact(now, hits) or which_one(now, _codes(side_by_side(hits, seen.text)))
        case NotFound(nearest=nearest):
            return decided.not_understood(state, nearest=_codes(nearest[:OPTIONS]), summary=seen.text)
        case None:
            return decided.say(state, Phrase.EMPTY)


def by_fact(now: Situation, hits: tuple[Hit, ...]) -> Decided | None:
    """Among variants of one procedure: the one that what was told leaves, or the one fact that is missing."""
    seen = now.seen
    likely = likely_siblings(hits)
    if not likely:
        return None
    codes = _codes(hits)
    state = now.state.told(told(seen.text), _codes(likely))
    match decide_between(likely, state.facts):
        case Settled(code=code):
            return decided.answer(state, moves.Answer(code=code, part=seen.part))
        case Question(fact=fact, sides=sides, codes=asked):
            keys = tuple(side.key for side in sides)
            rest = tuple(code for code in codes if code not in asked)
            offered = replace(state, offered=(*asked, *rest), offered_part=seen.part, failures=0)
            move = moves.AskFact(fact=fact.key, sides=keys, codes=asked, part=seen.part)
            return Decided(move=move, state=replace(offered, fact_asked=(fact.key, *keys)))
    return None


def _codes(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    return tuple(hit.code for hit in hits[:OPTIONS])


def which_one(now: Situation, codes: tuple[str, ...]) -> Decided:
    """Offer these procedures; the part asked for, now or when they were first offered, stays in mind."""
    asked_before = now.state.offered_part if codes == now.state.offered else None
    part = now.seen.part or asked_before
    remembered = replace(now.state, offered=codes, offered_part=part, fact_asked=(), failures=0)
    return Decided(move=moves.Clarify(codes=codes, part=part), state=remembered)
