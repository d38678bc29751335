"""A correction: what was wrong is dropped, what still holds (the part asked for) is kept."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import names_no_matter
from bot.living_place import names_only_a_ward, ward_answered
from bot.searched import search
from bot.told_facts import variant_told
from knowledge_base.decision import Ambiguous, Answerable, NotFound


def corrected(now: Situation) -> Decided | None:
    """ "À không, bố cháu là người nước ngoài cơ": another ward, side of a fact, part or matter."""
    if now.seen.correction is None:
        return None
    state = now.state
    if not (state.procedure or state.offered):
        return None
    return _other_ward(now) or variant_told(now) or _other_part(now) or _other_matter(now)


def _other_ward(now: Situation) -> Decided | None:
    """A ward alone answers once more where to go."""
    return ward_answered(now) if now.state.procedure and names_only_a_ward(now.seen) else None


def _other_part(now: Situation) -> Decided | None:
    """ "Ý tôi hỏi giấy tờ" is about the procedure spoken of."""
    seen, state = now.seen, now.state
    if not (seen.part and state.procedure and names_no_matter(seen.words)):
        return None
    return decided.answer(state, moves.Answer(code=state.procedure, part=seen.part))


def _other_matter(now: Situation) -> Decided | None:
    """What stands instead is answered with the part asked before; where nothing is found: what is it for?"""
    part = now.seen.part or now.state.part
    state = replace(now.state.without(now.state.procedure), facts={}, facts_of=())
    meant = replace(now, seen=replace(now.seen, part=part), state=state)
    match now.seen.decision:
        case Answerable() | Ambiguous():
            return search(meant)
        case NotFound(nearest=nearest):
            codes = tuple(hit.code for hit in nearest)
            return decided.not_understood(now.state, moves.AskAgain(nearest=codes, denied=True))
    return None
