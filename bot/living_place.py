"""Which ward or commune the citizen names: "nộp ở đâu" is then answered with the counter there."""

from __future__ import annotations

from dataclasses import replace

from bot import decided, moves
from bot.decided import Decided, Situation
from bot.follow_up import ASKING
from bot.state import State
from bot.understanding import Understanding
from knowledge_base.content import PartName
from nlu.text import fold, syllables

#: Folded syllables that stand beside the name of a place.
_BESIDE_A_NAME = frozenset(
    [
        "phuong",
        "p",
        "xa",
        "x",
        "tt",
        "thi",
        "tran",
        "quan",
        "q",
        "huyen",
        "h",
        "tp",
        "thanh",
        "pho",
        "ha",
        "noi",
        "cu",
        "thuoc",
        "gan",
        "minh",
        "da",
        "vang",
        "thua",
        "chau",
        "con",
        "dang",
        "song",
        "tru",
    ]
)
#: What may be left of a message that names a ward and nothing else: a district ("quận Cầu Giấy").
_OTHER_NAME = 2


def remembered(now: Situation) -> Situation:
    """The situation with the ward just named in a question about where, or when it was asked for."""
    seen = now.seen
    answers = now.state.ward_asked and names_only_a_ward(seen)
    if seen.ward and (answers or seen.part is PartName.WHERE):
        return replace(now, state=replace(now.state, ward=seen.ward))
    return now


def ward_named(now: Situation) -> Decided | None:
    """ "Phường Láng" after "nộp ở đâu" answers it again, with the counter there."""
    state = now.state
    if not (state.ward_asked and state.procedure and names_only_a_ward(now.seen)):
        return None
    return ward_answered(now)


def ward_answered(now: Situation) -> Decided:
    """Where to go for the procedure spoken of in the ward just named, or which of its successors it is."""
    seen, state = now.seen, now.state
    if seen.ward:
        return counter_in(state, seen.ward)
    names = tuple(choice.name for choice in seen.ward_choices)
    codes = tuple(choice.code for choice in seen.ward_choices)
    return Decided(move=moves.AskWard(former=seen.former_ward, codes=codes, names=names), state=state)


def counter_in(state: State, ward: str) -> Decided:
    """Where to go for the procedure spoken of, in the ward of that code."""
    move = moves.Answer(code=state.procedure, part=PartName.WHERE)
    return decided.answer(replace(state, ward=ward), move)


def names_only_a_ward(seen: Understanding, *, besides: int = _OTHER_NAME) -> bool:
    """True when the message names a ward, or one of before, and hardly anything else: so many syllables."""
    named = " ".join((seen.ward_name, seen.former_ward, *(choice.name for choice in seen.ward_choices)))
    if not named.strip():
        return False
    names = set(syllables(fold(named)))
    rest = [word for word in syllables(fold(seen.words)) if word not in names | _BESIDE_A_NAME | ASKING]
    return len(rest) <= besides
