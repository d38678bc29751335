"""Which matter is spoken of: named by its code or its life event, or the one before."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import (
    asks_again,
    asks_for_a_list,
    asks_for_a_paper_told,
    goes_on,
    is_asking,
    is_short,
    names_no_matter,
)
from bot.moves import Phrase
from bot.searched import OPTIONS, which_one
from bot.understanding import SURE_OF_A_REPORT
from knowledge_base.content import PartName
from knowledge_base.decision import Ambiguous, Answerable, NotFound
from knowledge_base.life_events import EventNamed
from knowledge_base.siblings import as_told

#: A list of one is no list: the search has its say instead.
FEWEST_NEEDS = 2


def code_named(now: Situation) -> Decided | None:
    """A procedure named by its code is that procedure, whatever its digits resemble."""
    if not now.seen.procedure:
        return None
    return decided.answer(now.state, moves.Answer(code=now.seen.procedure, part=now.seen.part))


def bereaved(now: Situation) -> Decided | None:
    """A death is told and no one matter named: sympathy and what there is to do, however it is said.

    Whoever is surely after something else (a rude clerk, a person to talk to) gets that.
    """
    seen = now.seen
    event = seen.event
    if event is None or not event.is_mourned or now.in_queue or seen.dossier_code or seen.report_code:
        return None
    if event.is_in_general:
        return life_event(now)
    unsure = seen.intent is None or seen.intent.confidence < SURE_OF_A_REPORT
    asks_nothing_else = unsure or seen.is_about("ask_procedure", "emergency")
    return _list_needs(now, event) if asks_nothing_else and isinstance(seen.decision, NotFound) else None


def life_event(now: Situation) -> Decided | None:
    """ "Mới sinh con cần làm những gì" is about no one procedure: list what is usually needed, in order."""
    event = now.seen.event
    if event is None or not event.is_in_general:
        return None
    if isinstance(now.seen.decision, Answerable) and not event.asks_for_all:
        return None
    return _list_needs(now, event)


def _list_needs(now: Situation, event: EventNamed) -> Decided | None:
    if len(event.codes) < FEWEST_NEEDS:
        return None
    state = replace(now.state, offered=event.codes, offered_part=None, fact_asked=(), failures=0)
    state = replace(state, needs=event.codes)
    return Decided(move=moves.ListNeeds(event=event.key, codes=event.codes), state=state)


def asked_again(now: Situation) -> Decided | None:
    """ "Nhắc lại giấy tờ", "gửi lại cái danh sách": the part named or the same, of the one spoken of."""
    seen, state = now.seen, now.state
    if not asks_again(seen.words):
        return None
    if state.offered and not seen.part:
        return which_one(now, state.offered)
    if not state.procedure:
        return None
    part = seen.part or (PartName.DOCUMENTS if asks_for_a_list(seen.words) else state.part)
    return decided.answer(state, moves.Answer(code=state.procedure, part=part))


def paper_pointed_at(now: Situation) -> Decided | None:
    """ "Giấy đó xin ở đâu" after a list of papers: which one is asked, it is a matter of its own."""
    told_papers = now.state.procedure and now.state.part is PartName.DOCUMENTS
    if not (told_papers and asks_for_a_paper_told(now.seen.words)):
        return None
    return decided.say(now.state, Phrase.WHICH_PAPER)


def part_followed_up(now: Situation) -> Decided | None:
    """ "Còn lệ phí thì sao?" is about the procedure spoken of; "tạm trú mất bao lâu" names another matter."""
    seen, state = now.seen, now.state
    if not seen.part:
        return None
    if state.offered and names_no_matter(seen.words):
        return _of_the_offered(now)
    if not state.procedure:
        return None
    leads_nowhere = isinstance(seen.decision, NotFound)
    likely_follows = is_short(seen.words) and not state.failures
    if names_no_matter(seen.words) or (_is_nearest(now) and (likely_follows or not leads_nowhere)):
        return decided.answer(state, moves.Answer(code=state.procedure, part=seen.part))
    return which_one(now, (state.procedure,)) if leads_nowhere and likely_follows else None


def case_changed(now: Situation) -> Decided | None:
    """ "Nếu mất thì sao?" leans on what was said: what both together lead to, else the matter spoken of is
    offered first, then its variant that what was told leads to. "Thế kết hôn?" names another matter.
    """
    seen, state = now.seen, now.state
    if not (state.procedure and seen.may_lean):
        return None
    asked_already = state.offered or state.failures
    return _moved_on(now) or (None if asked_already else _stayed(now))


def _moved_on(now: Situation) -> Decided | None:
    """Another procedure than the one spoken of, near to the words alone and the likeliest beside it."""
    own = now.seen.nearest
    match now.seen.moved:
        case Answerable(hit=hit, probability=probability) if hit.code in own:
            move = moves.Answer(code=hit.code, part=now.seen.part, probability=probability)
            return decided.answer(now.state, move)
        case Ambiguous(hits=hits) if hits[0].code in own:
            return which_one(now, tuple(hit.code for hit in hits))
    return None


def _stayed(now: Situation) -> Decided | None:
    """The matter spoken of, offered once more and not asked about for ever."""
    seen, state = now.seen, now.state
    if not is_short(seen.words):
        return None
    found = seen.nearest if isinstance(seen.decision, Ambiguous) else ()
    if found and seen.variants.keys().isdisjoint(found):
        return None
    if not goes_on(seen.words) and not (is_asking(seen.words) and _is_nearest(now)):
        return None
    variant = as_told(state.procedure, seen.variants, seen.facts) if seen.variants and seen.facts else None
    codes = dict.fromkeys((state.procedure, *([variant] if variant else ()), *found))
    return which_one(now, tuple(codes)[:OPTIONS])


def _is_nearest(now: Situation) -> bool:
    """Of all that is held the procedure spoken of comes closest to the words."""
    return now.state.procedure in now.seen.nearest[:1]


def _of_the_offered(now: Situation) -> Decided:
    """The part of the one procedure just asked about, or of the first thing to do after a life event; of
    several, which one is asked once more.
    """
    state = now.state
    if len(state.offered) > 1 and state.offered != state.needs:
        return which_one(now, state.offered)
    return decided.answer(state, moves.Answer(code=state.offered[0], part=now.seen.part))
