"""What a citizen does, turned into the update the real server would send."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

from emulators.telegram.methods import photo_sizes
from emulators.telegram.refusals import bad_request, units
from emulators.telegram.world import Chat, Json, World

# The smallest picture that every reader of JPEG accepts: one grey pixel.
ONE_PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx"
    "NDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
    "AQEAAD8AVN//2Q=="
)


def perform(world: World, order: Mapping[str, Any]) -> list[int]:
    """Carry out one act and return the ids of the updates it made, as in

    {"act": "text", "chat": 1001, "name": "Chị Lan", "text": "làm khai sinh"}
    """
    act = str(order.get("act", ""))
    if act == "repeat":
        world.repeat(int(order["update_id"]))
        return [int(order["update_id"])]
    if act not in ACTS:
        raise bad_request(f"no act {act!r}; known: {', '.join(sorted(ACTS))}, repeat")
    made = ACTS[act](world, _chat(world, order), order)
    return [update_id for update_id in made if update_id is not None]


def _chat(world: World, order: Mapping[str, Any]) -> Chat:
    chat_id = int(order["chat"])
    kind = str(order.get("chat_type", "private"))
    chat = Chat(id=chat_id, kind=kind, name=str(order.get("name", "Công dân")))
    return world.chats.setdefault(chat_id, chat)


def _sender(chat: Chat, order: Mapping[str, Any]) -> Json:
    number = chat.id if chat.kind == "private" else int(order.get("sender", 5_001))
    return {
        "id": number,
        "is_bot": False,
        "first_name": str(order.get("name", chat.name)),
        "language_code": "vi",
    }


def _message(world: World, chat: Chat, order: Mapping[str, Any], content: Json) -> int | None:
    message = world.new_message(chat, _sender(chat, order), content)
    world.messages[chat.id, message["message_id"]] = message
    return world.arrive("message", message)


def _captioned(order: Mapping[str, Any], content: Json) -> Json:
    return content | ({"caption": order["caption"]} if order.get("caption") else {})


def _file(world: World, order: Mapping[str, Any], default: bytes) -> Json:
    content = base64.b64decode(order["content"]) if order.get("content") else default
    file_id = world.keep_file(content)
    return {"file_id": file_id, "file_unique_id": f"U{file_id}", "file_size": len(content)}


def text(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    words = str(order["text"])
    content: Json = {"text": words}
    if words.startswith("/"):
        length = units(words.split(maxsplit=1)[0])
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return [_message(world, chat, order, content)]


def tap(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Tap the button with this label (or this data) on the newest message that has one."""
    message, button = _button(world, chat, order)
    callback_id = f"CB{world.next_id():06d}"
    world.callbacks[callback_id] = {"answered": False, "text": ""}
    query = {
        "id": callback_id,
        "from": _sender(chat, order),
        "message": message,
        "chat_instance": str(chat.id),
        "data": button["callback_data"],
    }
    return [world.arrive("callback_query", query)]


def _button(world: World, chat: Chat, order: Mapping[str, Any]) -> tuple[Json, Json]:
    for _, message in reversed(world.sent):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            wanted = order.get("label") == button["text"] or order.get("data") == button.get("callback_data")
            if message["chat"]["id"] == chat.id and wanted and "callback_data" in button:
                return message, button
    raise bad_request(f"no such button in chat {chat.id}: {order.get('label') or order.get('data')!r}")


def photo(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    content = base64.b64decode(order["content"]) if order.get("content") else ONE_PIXEL
    return [_message(world, chat, order, _captioned(order, {"photo": photo_sizes(world, content)}))]


def album(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Telegram sends each photo of an album as an update of its own; only the first bears the caption."""
    group = {"media_group_id": str(world.next_id())}
    pictures = [group | {"photo": photo_sizes(world, ONE_PIXEL)} for _ in range(int(order.get("count", 3)))]
    pictures[0] = _captioned(order, pictures[0])
    return [_message(world, chat, order, picture) for picture in pictures]


def location(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    point = {"latitude": float(order["latitude"]), "longitude": float(order["longitude"])}
    content: Json = {"location": point}
    if order.get("title"):
        content["venue"] = {"location": point, "title": order["title"], "address": order.get("address", "")}
    return [_message(world, chat, order, content)]


def voice(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    record = _file(world, order, b"OggS") | {"duration": 3, "mime_type": "audio/ogg"}
    return [_message(world, chat, order, {"voice": record})]


def video(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    film = {"width": 640, "height": 480, "duration": 5, "mime_type": "video/mp4"}
    return [_message(world, chat, order, _captioned(order, {"video": _file(world, order, b"ftyp") | film}))]


def document(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    about = {
        "file_name": order.get("file_name", "don.pdf"),
        "mime_type": order.get("mime_type", "application/pdf"),
    }
    paper = _file(world, order, b"%PDF-1.4") | about
    return [_message(world, chat, order, _captioned(order, {"document": paper}))]


def sticker(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    picture = _file(world, order, b"RIFF") | kind | {"emoji": order.get("emoji", "👍")}
    return [_message(world, chat, order, {"sticker": picture})]


def contact(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    card = {"phone_number": order.get("phone", "0900000000"), "first_name": order.get("first_name", "Lan")}
    return [_message(world, chat, order, {"contact": card})]


def dice(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """A kind of message no office has use for."""
    return [_message(world, chat, order, {"dice": {"emoji": "🎲", "value": 4}})]


def edit(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Change the words of the citizen's newest text."""
    own = [m for (chat_id, _), m in world.messages.items() if chat_id == chat.id and not m["from"]["is_bot"]]
    message = next((m for m in reversed(own) if "text" in m), None)
    if message is None:
        raise bad_request("no text to edit in this chat")
    message.update(text=str(order["text"]), edit_date=int(time.time()))
    return [world.arrive("edited_message", message)]


def block(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:  # noqa: ARG001
    chat.blocked = True
    return []


def unblock(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:  # noqa: ARG001
    chat.blocked = False
    return []


Act = Callable[[World, Chat, Mapping[str, Any]], list[int | None]]
ACTS: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        *(text, tap, edit, photo, album, location, voice, video, document, sticker, contact, dice),
        *(block, unblock),
    )
}
