"""The methods of the Bot API, each a function of the world and its parameters."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile

from emulators.telegram import refusals
from emulators.telegram.refusals import Refusal, bad_request
from emulators.telegram.world import Json, World


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Parameters as they came: from the address, a form or JSON; nested objects may be JSON in a text."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            raise bad_request(f'parameter "{name}" must be of type Number') from None

    def object(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f'can\'t parse "{name}" JSON object') from None

    def chat_id(self) -> int:
        if not self.values.get("chat_id"):
            raise bad_request("chat_id is empty")
        try:
            return int(self.values["chat_id"])
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None


async def get_me(world: World, _: Parameters) -> Json:
    return {
        **world.bot,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(world: World, given: Parameters) -> list[Json]:
    """Long polling: `offset` confirms everything before it; what is not confirmed is given again."""
    if world.webhook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    allowed = given.object("allowed_updates")
    if allowed is not None:
        world.allowed = frozenset(allowed) or None
    world.confirm(given.number("offset"))
    limit = min(max(given.number("limit", 100), 1), 100)
    return await world.updates(limit, min(given.number("timeout"), 50))


async def set_webhook(world: World, given: Parameters) -> bool:
    if given.text("url") and not given.text("url").startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.webhook = given.text("url")
    return True


async def delete_webhook(world: World, given: Parameters) -> bool:
    world.webhook = ""
    if given.text("drop_pending_updates").lower() == "true":
        world.pending.clear()
    return True


async def send_message(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content: Json = {"text": refusals.check_text(given.text("text"), given.text("parse_mode"))}
    preview = given.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return world.record_sent("sendMessage", world.new_message(chat, world.bot, content | _markup(given)))


async def send_photo(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content: Json = {"photo": photo_sizes(world, await _uploaded(world, given))}
    caption = refusals.check_caption(given.text("caption"), given.text("parse_mode"))
    if caption:
        content["caption"] = caption
    return world.record_sent("sendPhoto", world.new_message(chat, world.bot, content | _markup(given)))


async def send_chat_action(world: World, given: Parameters) -> bool:
    world.chat(given.chat_id())
    if given.text("action") not in {"typing", "upload_photo", "upload_document", "find_location"}:
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


async def edit_message_reply_markup(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    message = world.messages.get((chat.id, given.number("message_id")))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    markup = _markup(given).get("reply_markup")
    if markup == message.get("reply_markup"):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are the same"
        )
    message.pop("reply_markup", None)
    if markup:
        message["reply_markup"] = markup
    return message


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


async def set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.object("commands") or []
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


def _markup(given: Parameters) -> Json:
    markup = given.object("reply_markup")
    refusals.check_markup(markup)
    return {"reply_markup": markup} if markup and markup["inline_keyboard"] else {}


async def _uploaded(world: World, given: Parameters) -> bytes:
    photo = given.values.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = given.values.get(photo.removeprefix("attach://"))
    if isinstance(photo, UploadFile):
        return await photo.read()
    if isinstance(photo, str) and photo in world.files:
        return world.files[photo]
    raise bad_request("there is no photo in the request" if not photo else "wrong file identifier specified")


Method = Callable[[World, Parameters], Awaitable[Any]]
METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "editmessagereplymarkup": edit_message_reply_markup,
    "getfile": get_file,
    "setmycommands": set_my_commands,
}
