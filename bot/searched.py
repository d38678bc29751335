"""What the search's decision makes of a message: an answer, a question back, or an honest "not known"."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import is_short
from bot.moves import Phrase
from bot.understanding import Understanding
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, NotFound
from knowledge_base.library import Hit
from knowledge_base.life_events import EventNamed
from knowledge_base.siblings import Question, Settled, as_told, decide_between, likely_siblings, side_by_side
from nlu.intents import SURE

OPTIONS = 4
#: Titles shown as examples of what to ask, and the chance of "none of them" up to which they are: beyond
#: four in five they have nothing to do with what was said. Stated, not tuned.
EXAMPLES = 3
UNLIKELY = 0.8


def is_question(seen: Understanding) -> bool:
    """True for a question that has an answer or a choice of them: it gets it, whatever else is under way."""
    held = isinstance(seen.decision, Answerable | Ambiguous)
    return held and seen.is_about("ask_procedure", at_least=SURE)


def search(now: Situation) -> Decided:
    """Answer, ask which one, or say that it is not known."""
    seen, state = now.seen, now.state
    match seen.decision:
        case Answerable() as found:
            return _found(now, found)
        case Ambiguous(hits=hits):
            return _of_the_needs(now, hits) or _as_told(now, hits) or by_fact(now, hits) or _listed(now, hits)
        case NotFound(nearest=nearest, probability=probability):
            alike = _codes(nearest)[:EXAMPLES] if probability <= UNLIKELY else ()
            return decided.not_understood(state, moves.AskAgain(nearest=_codes(nearest), alike=alike))
        case None:
            return decided.say(state, Phrase.EMPTY)


def _listed(now: Situation, hits: tuple[Hit, ...]) -> Decided:
    return which_one(now, _codes(side_by_side(hits, now.seen.text)))


def _as_told(now: Situation, hits: tuple[Hit, ...]) -> Decided | None:
    """ "Đính chính khai sinh, mẹ là người Lào": what says all that was told is offered, too."""
    variant, found = now.seen.as_told, _codes(hits)
    if not variant or variant in found:
        return None
    return which_one(now, (*_codes(side_by_side(hits, now.seen.text))[: OPTIONS - 1], variant))


def _found(now: Situation, found: Answerable) -> Decided:
    """The procedure found or, of a matter still spoken of, the variant that fits what was told before."""
    seen, code = now.seen, found.hit.code
    spoken_of = (now.state.procedure,) if code in seen.variants else ()
    state = now.state.told(seen.facts, (code, *spoken_of))
    if spoken_of:
        code = as_told(code, seen.variants, state.facts) or code
    event = seen.event if seen.event and code in seen.event.codes else None
    move = moves.Answer(
        code=code,
        part=_part_meant(seen.part, event),
        probability=found.probability,
        event=event.key if event else "",
    )
    return decided.answer(state.told({}, (found.hit.code, code)), move)


def _of_the_needs(now: Situation, hits: tuple[Hit, ...]) -> Decided | None:
    """ "Thế bằng lái?" after what a lost wallet needs: of licences, the one on that list."""
    needs = set(now.state.needs) - {now.state.procedure}
    needed = [hit.code for hit in hits if hit.code in needs]
    if len(needed) != 1 or not is_short(now.seen.words):
        return None
    return decided.answer(now.state, moves.Answer(code=needed[0], part=now.seen.part))


def _part_meant(part: PartName | None, event: EventNamed | None) -> PartName | None:
    """ "Bố tôi mất, khai tử phải làm gì" asks what there is to do, not for the steps alone: an overview."""
    return None if event and event.asks_for_all and part is PartName.STEPS else part


def by_fact(now: Situation, hits: tuple[Hit, ...]) -> Decided | None:
    """Among variants of one procedure: the one that what was told leaves, or the one fact that is missing."""
    seen = now.seen
    likely = likely_siblings(hits)
    if not likely:
        return None
    codes = _codes(hits)
    state = now.state.told(seen.facts, _codes(likely))
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
