"""What came with a citizen's message on Zalo: pictures, files, positions, cards. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.channels.zalo.values import listed, nested, word
from conversations.messages import MediaReference, MessageKind, Position

#: By the last word of the event's name. Audio is a recorded voice (.amr).
KINDS = {
    "image": MessageKind.PHOTO,
    "gif": MessageKind.VIDEO,
    "audio": MessageKind.VOICE,
    "video": MessageKind.VIDEO,
    "sticker": MessageKind.STICKER,
    "file": MessageKind.FILE,
}
#: Types of a file that is a picture sent "as a file", with their media types.
PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
#: What stands in the transcript for what an official sent without words.
WITHOUT_WORDS = {
    "image": "[Ảnh]",
    "gif": "[Ảnh động]",
    "file": "[Tệp]",
    "sticker": "[Nhãn dán]",
    "video": "[Video]",
    "audio": "[Tin thoại]",
}


def content(what: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Kind, words, position and media of an InboundMessage. what: "text", "image", … after `user_send_`."""
    text = word(message.get("text"))
    match what:
        case "text":
            return {"kind": MessageKind.TEXT, "text": text}
        case "link":
            return _link(message, text)
        case "business_card":  # a third person's number: we have no use for it, so it is not kept
            return {"kind": MessageKind.CONTACT}
        case "location":
            return _place(message, text)
        case _ if what in KINDS:
            return _media(KINDS[what], message, text)
    return {"kind": MessageKind.OTHER, "text": text}


def described(message: Mapping[str, Any]) -> str:
    """The words of a message, or what it is when it has none."""
    text = word(message.get("text"))
    kinds = [word(one.get("type")) for one in listed(message, "attachments")]
    return text or " ".join(WITHOUT_WORDS.get(kind, "[Nội dung khác]") for kind in kinds)


def _media(kind: MessageKind, message: Mapping[str, Any], text: str) -> dict[str, Any]:
    media = tuple(
        _reference(payload)
        for one in listed(message, "attachments")
        if word((payload := nested(one, "payload")).get("url"))
    )
    if kind is MessageKind.FILE and media and all(one.media_type in PICTURES.values() for one in media):
        kind = MessageKind.PHOTO
    return {"kind": kind, "text": text, "media": media}


def _reference(payload: Mapping[str, Any]) -> MediaReference:
    """Zalo gives out the address itself."""
    size = word(payload.get("size"))
    return MediaReference(
        reference=word(payload.get("url")),
        media_type=PICTURES.get(word(payload.get("type")).lower(), ""),
        name=word(payload.get("name")),
        size=int(size) if size.isdecimal() and len(size) < 16 else None,
    )


def _link(message: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A business card may also come as a link."""
    payload = next((nested(one, "payload") for one in listed(message, "attachments")), {})
    description = word(payload.get("description"))
    if _is_card(description):
        return {"kind": MessageKind.CONTACT}
    said = dict.fromkeys(part for part in (text, description, word(payload.get("url"))) if part)
    return {"kind": MessageKind.TEXT, "text": "\n".join(said)}


def _is_card(description: str) -> bool:
    try:
        card = json.loads(description)
    except (ValueError, RecursionError):
        return False
    return isinstance(card, dict) and "phone" in card


def _place(message: Mapping[str, Any], text: str) -> dict[str, Any]:
    """As an attachment; one page of Zalo's shows it as `message.location`."""
    payload = next((nested(one, "payload") for one in listed(message, "attachments")), {})
    point = _point(nested(payload, "coordinates")) or _point(nested(message, "location"))
    if point is None:
        return {"kind": MessageKind.OTHER, "text": text}
    return {"kind": MessageKind.POSITION, "position": point, "text": text}


def _point(coordinates: Mapping[str, Any]) -> Position | None:
    """Degrees, which Zalo writes as texts."""
    try:
        latitude = float(str(coordinates.get("latitude")))
        longitude = float(str(coordinates.get("longitude")))
    except ValueError:
        return None
    fits = math.isfinite(latitude) and math.isfinite(longitude)
    fits = fits and abs(latitude) <= 90 and abs(longitude) <= 180
    return Position(latitude=latitude, longitude=longitude) if fits else None
