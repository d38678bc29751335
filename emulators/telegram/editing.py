"""What a bot does with messages that are already there: new words, another keyboard, away with it."""

from __future__ import annotations

import time
from collections.abc import Mapping

from emulators.telegram import refusals
from emulators.telegram.methods import Method, Parameters, markup_of
from emulators.telegram.refusals import bad_request
from emulators.telegram.world import Chat, Json, World

#: Seconds after which a message can be deleted no more.
DELETABLE = 48 * 3600


async def edit_message_text(world: World, given: Parameters) -> Json:
    message = _own(world, given)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    text = refusals.check_text(given.text("text"), given.text("parse_mode"))
    return _changed(message, {"text": text, **markup_of(given)})


async def edit_message_caption(world: World, given: Parameters) -> Json:
    message = _own(world, given)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    caption = refusals.check_caption(given.text("caption"), given.text("parse_mode"))
    return _changed(message, {**({"caption": caption} if caption else {}), **markup_of(given)})


async def edit_message_reply_markup(world: World, given: Parameters) -> Json:
    return _changed(_own(world, given), markup_of(given), keeps=("text", "caption"))


def _own(world: World, given: Parameters) -> Json:
    """The bot's own message that is meant."""
    chat = world.chat(given.chat_id())
    message = world.messages.get((chat.id, given.number("message_id")))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _changed(message: Json, parts: Json, *, keeps: tuple[str, ...] = ()) -> Json:
    """The message with these parts instead of its old ones; a keyboard that is not given goes."""
    wanted = {name: message[name] for name in keeps if name in message} | parts
    if wanted == {name: message[name] for name in ("text", "caption", "reply_markup") if name in message}:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are the same"
        )
    for name in ("text", "caption", "reply_markup"):
        message.pop(name, None)
    message.update(wanted, edit_date=int(time.time()))
    return message


async def delete_message(world: World, given: Parameters) -> bool:
    chat = world.chat(given.chat_id())
    _delete(world, chat, given.number("message_id"))
    return True


async def delete_messages(world: World, given: Parameters) -> bool:
    """Those that are not there are passed over."""
    chat = world.chat(given.chat_id())
    for message_id in given.array("message_ids") or []:
        if isinstance(message_id, int) and (chat.id, message_id) in world.messages:
            _delete(world, chat, message_id)
    return True


def _delete(world: World, chat: Chat, message_id: int) -> None:
    message = world.messages.get((chat.id, message_id))
    if message is None:
        raise bad_request("message to delete not found")
    if time.time() - message["date"] > DELETABLE:
        raise bad_request("message can't be deleted")
    del world.messages[chat.id, message_id]
    world.sent[:] = [(method, each) for method, each in world.sent if each is not message]


EDITING_METHODS: Mapping[str, Method] = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
}
