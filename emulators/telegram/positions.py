"""Positions that a bot sends: a point, or a place with a name."""

from __future__ import annotations

from collections.abc import Mapping

from emulators.telegram.methods import Method, Parameters, below
from emulators.telegram.refusals import bad_request
from emulators.telegram.world import Json, World

FARTHEST = {"latitude": 90, "longitude": 180}


async def send_location(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content = {"location": _point(given), **below(world, chat, given)}
    return world.record_sent("sendLocation", world.new_message(chat, world.bot, content))


async def send_venue(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    for name in ("title", "address"):
        if not given.text(name).strip():
            raise bad_request(f"{name} must be non-empty")
    venue = {"location": _point(given), "title": given.text("title"), "address": given.text("address")}
    content = {"location": venue["location"], "venue": venue, **below(world, chat, given)}
    return world.record_sent("sendVenue", world.new_message(chat, world.bot, content))


def _point(given: Parameters) -> Json:
    return {name: _degrees(given, name, most) for name, most in FARTHEST.items()}


def _degrees(given: Parameters, name: str, most: int) -> float:
    try:
        value = float(given.text(name))
    except ValueError:
        raise bad_request(f"{name} is empty" if not given.text(name) else f"bad {name}") from None
    if not abs(value) <= most:
        raise bad_request("wrong location specified")
    return value


POSITION_METHODS: Mapping[str, Method] = {"sendlocation": send_location, "sendvenue": send_venue}
