"""While answers to somebody are stopped, and when the assistant itself stops them for some minutes.

Whoever is in danger, or asks for his or her own data, is answered all the same.
"""

from __future__ import annotations

from dataclasses import replace

from bot.decided import Decided, Situation
from bot.guarded import INSULTS_BORNE, danger_meant
from bot.moves import AskForAppeal, CoolDown, PassOver, TakeAppeal
from bot.own_data import own_data
from nlu.guards import GuardKind

#: Messages in a minute from which on it is no conversation: nobody types one a second.
FLOOD = 60


def blocked(now: Situation) -> Decided | None:
    """While a block holds, danger and one's own data are answered and one appeal taken; the rest is kept."""
    if now.block is None or _is_answered_always(now):
        return None
    if now.block.may_be_appealed:
        if now.seen.tapped and now.seen.tapped.verb == "appeal":
            return Decided(move=AskForAppeal(), state=replace(now.state, appealing=True))
        if now.state.appealing and now.seen.has_words:
            return Decided(move=TakeAppeal(), state=replace(now.state, appealing=False))
    return Decided(move=PassOver(), state=now.state)


def too_much(now: Situation) -> Decided | None:
    """A flood of messages, or nothing but insults again and again: a pause of some minutes, told once."""
    reason = _too_much_of(now)
    if not reason or _is_answered_always(now):
        return None
    return Decided(move=CoolDown(reason=reason), state=now.state)


def _too_much_of(now: Situation) -> str:
    if now.pace > FLOOD:
        return "flood"
    insulted = now.seen.guard is GuardKind.ABUSE and now.state.insults + 1 >= INSULTS_BORNE
    return "insults" if insulted else ""


def _is_answered_always(now: Situation) -> bool:
    in_danger = now.seen.guard in {GuardKind.EMERGENCY, GuardKind.SELF_HARM} or danger_meant(now) is not None
    tapped = now.seen.tapped
    asks_for_data = own_data(now) is not None or (tapped is not None and tapped.verb == "data")
    return in_danger or asks_for_data
