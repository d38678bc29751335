"""The place spoken of last: "ở đó", "chỗ ấy" in the next report is that place."""

from __future__ import annotations

from dataclasses import replace

from bot import moves
from bot.decided import Situation
from bot.moves import Signposted
from bot.place_words import place_phrase
from bot.report_form import Said
from bot.state import State
from nlu.guards import GuardKind
from nlu.word_rules import Said as Heard
from nlu.word_rules import Words

_THERE = Words.listed(
    "ở đó | ở đấy | tại đó | chỗ đó | chỗ đấy | chỗ ấy | nơi đó | nơi ấy | đằng ấy | đằng đó"
    "| chỗ vừa nói | chỗ vừa kể | chỗ tôi vừa nói | chỗ em vừa nói | chỗ lúc nãy | chỗ hồi nãy"
)


def with_place_before(state: State, said: Said) -> Said:
    """What a message gives a report; "ở đó", with no place of its own, is the place spoken of last."""
    points_back = not said.names_a_place and _THERE.stand_in(Heard.of(said.text))
    return replace(said, place=state.place) if points_back else said


def place_remembered(now: Situation, move: moves.Move, after: State) -> State:
    """The state with the place this message names; one that names none leaves it as it was.

    Only words that were kept: nothing of what may be an accusation, a secret, somebody's despair.
    """
    seen = now.seen
    if seen.tapped or seen.guard not in (None, GuardKind.EMERGENCY) or _is_not_kept(move):
        return after
    place = seen.place or (place_phrase(seen.text) if seen.guard else "")
    return replace(after, place=place) if place else after


def _is_not_kept(move: moves.Move) -> bool:
    if isinstance(move, moves.Signpost):
        return move.kind is not Signposted.EMERGENCY
    return isinstance(move, moves.AskIfAccusation | moves.TakeAsFeedback)
