"""Which ward a report's place is in, where that must be asked: a former ward that was split, a position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.messages import Position
from office.ward_positions import is_in_the_city, wards_near


@dataclass(frozen=True, kw_only=True)
class WardChoice:
    """A unit of today that a named place or a shared position may be in."""

    code: str
    name: str


def near(position: Position | None) -> tuple[WardChoice, ...]:
    """The units the position is likely in, likeliest first; () for none and outside the city."""
    if position is None:
        return ()
    found = wards_near(position.latitude, position.longitude)
    return tuple(WardChoice(code=ward.code, name=ward.name) for ward in found)


def is_elsewhere(position: Position) -> bool:
    """True for a position that is surely outside the city."""
    return not is_in_the_city(position.latitude, position.longitude, accuracy=position.accuracy)


def to_ask(named: Sequence[WardChoice], position: Position | None) -> tuple[WardChoice, ...]:
    """Those a former ward went to, of these those near the position if any; without a name all near it."""
    around = near(position)
    if not named:
        return around
    codes = {choice.code for choice in around}
    return tuple(choice for choice in named if choice.code in codes) or tuple(named)
