"""The methods of the Bot API, each a function of the world and its parameters."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile

from emulators.telegram import refusals
from emulators.telegram.refusals import bad_request
from emulators.telegram.world import Chat, Json, World


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Parameters as they came: from the address, a form or JSON; nested objects may be JSON in a text."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """As text, whatever it came as; "" when it is not there."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError, OverflowError):
            raise bad_request(f'parameter "{name}" must be of type Number') from None

    def object(self, name: str) -> Json | None:
        """A nested object; None when it is not there."""
        value = self._parsed(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f'can\'t parse "{name}": object expected')
        return value

    def array(self, name: str) -> list[Any] | None:
        """A nested list; None when it is not there."""
        value = self._parsed(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f'can\'t parse "{name}": array expected')
        return value

    def _parsed(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except (ValueError, RecursionError):
            raise bad_request(f'can\'t parse "{name}" JSON object') from None

    def chat_id(self) -> int:
        if not self.values.get("chat_id"):
            raise bad_request("chat_id is empty")
        try:
            return int(self.values["chat_id"])
        except (TypeError, ValueError, OverflowError):
            raise bad_request("chat not found") from None


async def get_me(world: World, _: Parameters) -> Json:
    return {
        **world.bot,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def send_message(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content: Json = {"text": refusals.check_text(given.text("text"), given.text("parse_mode"))}
    preview = given.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return world.record_sent(
        "sendMessage", world.new_message(chat, world.bot, content | below(world, chat, given))
    )


async def send_photo(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content: Json = {"photo": photo_sizes(world, await photo_of(world, given, given.values.get("photo")))}
    caption = refusals.check_caption(given.text("caption"), given.text("parse_mode"))
    if caption:
        content["caption"] = caption
    return world.record_sent(
        "sendPhoto", world.new_message(chat, world.bot, content | below(world, chat, given))
    )


async def send_chat_action(world: World, given: Parameters) -> bool:
    world.chat(given.chat_id())
    if given.text("action") not in refusals.CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


async def answer_callback_query(world: World, given: Parameters) -> bool:
    """Each tap is answered once; the real server knows an answered or old one no more."""
    if refusals.units(given.text("text")) > refusals.CALLBACK_ANSWER_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    callback = world.callbacks.get(given.text("callback_query_id"))
    if callback is None or callback["answered"]:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    callback.update(answered=True, text=given.text("text"))
    return True


async def get_file(world: World, given: Parameters) -> Json:
    file_id = given.text("file_id")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    size = len(world.files[file_id])
    if size > 20_000_000:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_size": size,
        "file_path": f"files/{file_id}",
    }


async def get_chat(world: World, given: Parameters) -> Json:
    """Also of somebody who blocked the bot."""
    chat = world.chats.get(given.chat_id())
    if chat is None:
        raise bad_request("chat not found")
    return {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11}


async def get_my_commands(world: World, _: Parameters) -> list[Json]:
    return world.commands


async def delete_my_commands(world: World, _: Parameters) -> bool:
    world.commands = []
    return True


async def set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.array("commands") or []
    refusals.check_commands(commands)
    world.commands = list(commands)
    return True


def photo_sizes(world: World, content: bytes) -> list[Json]:
    """Three sizes of one picture, the largest last, each under an id of its own, as Telegram gives them."""
    return [
        {
            "file_id": (file_id := world.keep_file(content)),
            "file_unique_id": f"U{file_id}",
            "width": width,
            "height": width * 3 // 4,
            "file_size": len(content),
        }
        for width in (90, 320, 1280)
    ]


def below(world: World, chat: Chat, given: Parameters) -> Json:
    """What hangs on a message of any kind: its keyboard, and the message it replies to."""
    return {**markup_of(given), **_replied(world, chat, given)}


def _replied(world: World, chat: Chat, given: Parameters) -> Json:
    wanted = given.object("reply_parameters")
    if wanted is None:
        return {}
    message_id = wanted.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request('can\'t parse reply parameters: field "message_id" must be of type Number')
    found = world.messages.get((chat.id, message_id))
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": found} if found else {}


def markup_of(given: Parameters) -> Json:
    markup = given.object("reply_markup")
    refusals.check_markup(markup)
    return {"reply_markup": markup} if markup and markup["inline_keyboard"] else {}


async def photo_of(world: World, given: Parameters, photo: Any) -> bytes:
    """The picture a parameter means: a file of the request, or one the server knows by its id."""
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = given.values.get(photo.removeprefix("attach://"))
    if isinstance(photo, UploadFile):
        return refusals.check_photo(await photo.read())
    if isinstance(photo, str) and photo in world.files:
        return world.files[photo]
    raise bad_request("there is no photo in the request" if not photo else "wrong file identifier specified")


Method = Callable[[World, Parameters], Awaitable[Any]]
METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "getchat": get_chat,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
}
