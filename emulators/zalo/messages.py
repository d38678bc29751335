"""The bodies of consulting messages: what the service takes, and what it makes of it for the chat.

Shapes: the official SDKs, the pages "Tin tư vấn" of docs.zaloplatforms.com, and for buttons a reseller who
passes the payload through (developers.esms.vn, "Zalo message Consulting button"). What is not described there
is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from emulators.zalo import refusals
from emulators.zalo.refusals import Refusal, invalid, length, too_much
from emulators.zalo.world import Json, World

FIELDS = frozenset({"text", "attachment", "quote_message_id"})


def composed(world: World, message: Any) -> Json:
    """The message as it will stand in the chat: kind, text, what hangs on it. Refuses what must not go."""
    if not isinstance(message, dict) or not message or message.keys() - FIELDS:
        raise invalid("message")
    made: Json = {"kind": "text"}
    if "text" in message:
        made["text"] = _text(message["text"])
    if "quote_message_id" in message:
        made["quote_message_id"] = _quoted(world, message["quote_message_id"])
    if "attachment" in message:
        return made | _attached(world, message["attachment"], has_text="text" in message)
    if "text" not in made:
        raise invalid("text")
    return made


def _text(given: Any) -> str:
    if not isinstance(given, str) or not given.strip():
        raise invalid("text")
    if length(given) > refusals.TEXT:
        raise too_much()
    return given


def _quoted(world: World, given: Any) -> str:
    known = (message["msg_id"] for person in world.people.values() for message in person.chat)
    if not isinstance(given, str) or given not in known:
        raise invalid("quote_message_id")
    return given


def _attached(world: World, attachment: Any, *, has_text: bool) -> Json:
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if not isinstance(payload, dict):
        raise invalid("attachment")
    if attachment.get("type") == "file" and not has_text:
        file = world.upload(payload.get("token"), "file", "token")
        return {"kind": "file", "size": len(file.content), "token": payload["token"]}
    if attachment.get("type") != "template":
        raise invalid("attachment")
    if "buttons" in payload and "template_type" not in payload:
        if not has_text:
            raise invalid("text")
        return {"buttons": _buttons(payload["buttons"])}
    read = TEMPLATE_TYPES.get(str(payload.get("template_type")))
    if read is None:
        raise Refusal(-233)
    return read(world, _only_element(payload), has_text=has_text)


def _only_element(payload: Mapping[str, Any]) -> Json:
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1 or not isinstance(elements[0], dict):
        raise invalid("elements")
    return elements[0]


def _media(world: World, element: Mapping[str, Any], *, has_text: bool) -> Json:  # noqa: ARG001 -- may have one
    kind = element.get("media_type")
    if kind not in ("image", "gif", "sticker"):
        raise invalid("media_type")
    if ("url" in element) == ("attachment_id" in element):
        raise invalid("attachment_id")
    if "url" in element:
        return {"kind": kind, "url": _address(element["url"], "url")}
    if kind != "sticker":
        world.upload(element["attachment_id"], kind, "attachment_id")
    return {"kind": kind, "attachment_id": element["attachment_id"]}


def _request_user_info(world: World, element: Mapping[str, Any], *, has_text: bool) -> Json:  # noqa: ARG001
    if has_text:
        raise invalid("text")
    card = {
        "title": _limited(element.get("title"), refusals.CARD_TITLE, "title"),
        "subtitle": _limited(element.get("subtitle"), refusals.CARD_SUBTITLE, "subtitle"),
        "image_url": _address(element.get("image_url"), "image_url"),
    }
    if not urlsplit(card["image_url"]).path.lower().endswith((".png", ".jpg", ".jpeg")):
        raise invalid("image_url")
    return {"kind": "request_user_info", **card}


TemplateType = Callable[..., Json]
#: `list` is built by an official SDK, but nobody has said that v3 takes it: refused.
TEMPLATE_TYPES: Mapping[str, TemplateType] = {"media": _media, "request_user_info": _request_user_info}


def _limited(given: Any, most: int, name: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise invalid(name)
    if length(given) > most:
        raise too_much()
    return given


def _address(given: Any, name: str) -> str:
    if not isinstance(given, str) or urlsplit(given).scheme not in {"http", "https"}:
        raise invalid(name)
    return given


def _buttons(given: Any) -> list[Json]:
    if not isinstance(given, list) or not given:
        raise invalid("buttons")
    if len(given) > refusals.BUTTONS:
        raise too_much()
    return [_button(button) for button in given]


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise invalid("buttons")
    title = _limited(button.get("title"), refusals.BUTTON_TITLE, "title")
    kind, payload = button.get("type"), button.get("payload")
    match kind:
        case "oa.query.show" | "oa.query.hide":
            return {
                "title": title,
                "type": kind,
                "payload": _limited(payload, refusals.BUTTON_PAYLOAD, "payload"),
            }
        case "oa.open.url" | "oa.open.sms" | "oa.open.phone":
            return {"title": title, "type": kind, "payload": _opened(kind, payload)}
    raise invalid("type")


def _opened(kind: str, payload: Any) -> Json:
    """What a button that leaves the chat needs."""
    if not isinstance(payload, dict):
        raise invalid("payload")
    if kind == "oa.open.url":
        return {"url": _address(payload.get("url"), "url")}
    needed = {"phone_code": payload.get("phone_code")}
    if kind == "oa.open.sms":
        needed["content"] = payload.get("content")
    for name, value in needed.items():
        _limited(value, refusals.BUTTON_PAYLOAD, name)
    return needed
