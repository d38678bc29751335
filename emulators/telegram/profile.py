"""What a bot says of itself: commands, descriptions, the menu button; with the limits of the real server."""

from __future__ import annotations

from collections.abc import Mapping

from emulators.telegram import refusals
from emulators.telegram.methods import Method, Parameters
from emulators.telegram.refusals import bad_request
from emulators.telegram.world import Json, World

DESCRIPTION_UNITS = 512
SHORT_DESCRIPTION_UNITS = 120
MENU_BUTTONS = ("commands", "web_app", "default")


async def set_my_description(world: World, given: Parameters) -> bool:
    return _described(world, given, "description", DESCRIPTION_UNITS)


async def set_my_short_description(world: World, given: Parameters) -> bool:
    return _described(world, given, "short_description", SHORT_DESCRIPTION_UNITS)


def _described(world: World, given: Parameters, name: str, most: int) -> bool:
    if refusals.units(given.text(name)) > most:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    world.profile[name] = given.text(name)
    return True


async def get_my_description(world: World, _: Parameters) -> Json:
    return {"description": world.profile.get("description", "")}


async def get_my_short_description(world: World, _: Parameters) -> Json:
    return {"short_description": world.profile.get("short_description", "")}


async def set_chat_menu_button(world: World, given: Parameters) -> bool:
    button = given.object("menu_button") or {"type": "default"}
    if button.get("type") not in MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported menu button type")
    world.profile["menu_button"] = str(button["type"])
    return True


PROFILE_METHODS: Mapping[str, Method] = {
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
    "getmydescription": get_my_description,
    "getmyshortdescription": get_my_short_description,
    "setchatmenubutton": set_chat_menu_button,
}
