"""What a citizen sends: each kind of message as the real server puts it into an update."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

from emulators.telegram.methods import photo_sizes
from emulators.telegram.refusals import units
from emulators.telegram.world import Chat, Json, World

# The smallest picture that every reader of JPEG accepts: one grey pixel.
ONE_PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx"
    "NDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
    "AQEAAD8AVN//2Q=="
)


def sender_of(chat: Chat, order: Mapping[str, Any]) -> Json:
    number = chat.id if chat.kind == "private" else int(order.get("sender", 5_001))
    return {
        "id": number,
        "is_bot": False,
        "first_name": str(order.get("name", chat.name)),
        "language_code": "vi",
    }


def arrived(world: World, chat: Chat, order: Mapping[str, Any], content: Json) -> int | None:
    message = world.new_message(chat, sender_of(chat, order), content | _forward(order))
    world.messages[chat.id, message["message_id"]] = message
    return world.arrive("message", message)


def _forward(order: Mapping[str, Any]) -> Json:
    """Any act with `forwarded_from` passes on what somebody of that name wrote, hidden as most are."""
    name = order.get("forwarded_from")
    if not name:
        return {}
    origin = {"type": "hidden_user", "date": int(time.time()) - 60, "sender_user_name": str(name)}
    return {"forward_origin": origin}


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
    return [arrived(world, chat, order, content)]


def photo(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    content = base64.b64decode(order["content"]) if order.get("content") else ONE_PIXEL
    return [arrived(world, chat, order, _captioned(order, {"photo": photo_sizes(world, content)}))]


def album(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Telegram sends each photo of an album as an update of its own; only the first bears the caption."""
    group = {"media_group_id": str(world.next_id())}
    pictures = [group | {"photo": photo_sizes(world, ONE_PIXEL)} for _ in range(int(order.get("count", 3)))]
    pictures[0] = _captioned(order, pictures[0])
    return [arrived(world, chat, order, picture) for picture in pictures]


def location(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    point = {"latitude": float(order["latitude"]), "longitude": float(order["longitude"])}
    if "horizontal_accuracy" in order:  # metres, 0 to 1,500 (core.telegram.org/bots/api#location)
        point["horizontal_accuracy"] = min(float(order["horizontal_accuracy"]), 1500.0)
    content: Json = {"location": point}
    if order.get("title"):
        content["venue"] = {"location": point, "title": order["title"], "address": order.get("address", "")}
    return [arrived(world, chat, order, content)]


def voice(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    record = _file(world, order, b"OggS") | {"duration": 3, "mime_type": "audio/ogg"}
    return [arrived(world, chat, order, {"voice": record})]


def video(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    film = {"width": 640, "height": 480, "duration": 5, "mime_type": "video/mp4"}
    return [arrived(world, chat, order, _captioned(order, {"video": _file(world, order, b"ftyp") | film}))]


def document(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    about = {
        "file_name": order.get("file_name", "don.pdf"),
        "mime_type": order.get("mime_type", "application/pdf"),
    }
    paper = _file(world, order, b"%PDF-1.4") | about
    return [arrived(world, chat, order, _captioned(order, {"document": paper}))]


def sticker(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    picture = _file(world, order, b"RIFF") | kind | {"emoji": order.get("emoji", "👍")}
    return [arrived(world, chat, order, {"sticker": picture})]


def contact(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    card = {"phone_number": order.get("phone", "0900000000"), "first_name": order.get("first_name", "Lan")}
    return [arrived(world, chat, order, {"contact": card})]


def dice(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """A kind of message no office has use for."""
    return [arrived(world, chat, order, {"dice": {"emoji": "🎲", "value": 4}})]


def audio(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    tune = _file(world, order, b"ID3") | {"duration": 60, "mime_type": "audio/mpeg", "title": "Ghi âm"}
    return [arrived(world, chat, order, _captioned(order, {"audio": tune}))]


def video_note(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    film = _file(world, order, b"ftyp") | {"length": 240, "duration": 5}
    return [arrived(world, chat, order, {"video_note": film})]


def animation(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """A GIF; for old bots the real server fills `document`, too."""
    film = _file(world, order, b"ftyp")
    moving = film | {"width": 320, "height": 240, "duration": 2, "mime_type": "video/mp4"}
    paper = film | {"file_name": "vui.mp4", "mime_type": "video/mp4"}
    return [arrived(world, chat, order, _captioned(order, {"animation": moving, "document": paper}))]


def poll(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    options = [
        {"text": str(option), "voter_count": 0, "persistent_id": str(number)}
        for number, option in enumerate(order.get("options", ("Có", "Không")))
    ]
    asked = {
        "id": str(world.next_id()),
        "question": order.get("question", "Mai họp tổ dân phố?"),
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return [arrived(world, chat, order, {"poll": asked})]


def game(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    played = {"title": "Trò chơi", "description": "Vui", "photo": photo_sizes(world, ONE_PIXEL)}
    return [arrived(world, chat, order, {"game": played})]


def invoice(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    bill = {"title": "Phí", "description": "Chuyển khoản", "start_parameter": "x"}
    return [arrived(world, chat, order, {"invoice": bill | {"currency": "VND", "total_amount": 50_000}})]


def story(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    return [arrived(world, chat, order, {"story": {"id": world.next_id(), "chat": chat.as_json()}})]


def live_location(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """A live position: one message, and an edit of it each time the citizen has moved."""
    point = {"latitude": float(order["latitude"]), "longitude": float(order["longitude"]), "live_period": 900}
    made = [arrived(world, chat, order, {"location": point})]
    message = list(world.messages.values())[-1]
    for step in range(1, int(order.get("moves", 2)) + 1):
        moved = point | {"latitude": point["latitude"] + step / 1_000}
        message.update(location=moved, edit_date=int(time.time()))
        made.append(world.arrive("edited_message", message))
    return made


Sending = Callable[[World, Chat, Mapping[str, Any]], list[int | None]]
KINDS: Mapping[str, Sending] = {
    sending.__name__: sending
    for sending in (
        *(text, photo, album, location, live_location, voice, video, video_note, audio, animation),
        *(document, sticker, contact, dice, poll, game, invoice, story),
    )
}
