"""The events Zalo sends: their envelope, and what is written down in the chat with them."""

from __future__ import annotations

from typing import Any

from emulators.zalo.people import Person
from emulators.zalo.world import Json, World

#: The event that tells the program of a message of the account, by the kind of message.
OA_EVENTS = {
    "text": "oa_send_text",
    "image": "oa_send_image",
    "gif": "oa_send_gif",
    "sticker": "oa_send_sticker",
    "file": "oa_send_file",
    "list": "oa_send_list",
    # A template is told of as a text; so, presumably, is the request of a contact.
    "template": "oa_send_text",
    "request_user_info": "oa_send_text",
}


def send(world: World, name: str, person: Person, **content: Any) -> None:
    """One event about this person. All ids are texts."""
    event = {"app_id": world.credentials.app_id, "user_id_by_app": person.id_by_app, "event_name": name}
    world.sender.send({**event, **content, "timestamp": world.timestamp()}, person.id)


def from_citizen(world: World, person: Person, kind: str, **content: Any) -> str:
    """A message of the citizen: kept in the chat, told to the program. Returns its msg_id."""
    msg_id = world.new_id()
    person.interacts(world.now())
    person.chat.append(_entry(world, msg_id, kind, src=1, **content))
    message = {"msg_id": msg_id, "text": "", **content}
    ends = {"sender": {"id": person.id}, "recipient": {"id": world.credentials.oa_id}}
    send(world, f"user_send_{kind}", person, **ends, message=message)
    return msg_id


def from_account(world: World, person: Person, made: Json, *, admin_id: str = "") -> str:
    """A message of the account: the program's, or one a person wrote at oa.zalo.me (`admin_id`)."""
    msg_id = world.new_id()
    person.chat.append(_entry(world, msg_id, made["kind"], src=0, **_rest(made), admin_id=admin_id))
    sender = {"id": world.credentials.oa_id} | ({"admin_id": admin_id} if admin_id else {})
    ends = {"sender": sender, "recipient": {"id": person.id}}
    message: Json = {"msg_id": msg_id, "text": made.get("text", "")}
    if made["kind"] != "text":
        message["attachments"] = [{"type": made["kind"], "payload": _shown(world, made)}]
    send(world, OA_EVENTS[made["kind"]], person, **ends, message=message)
    return msg_id


def receipt(world: World, person: Person, name: str, message: Json) -> None:
    """user_received_message or user_seen_message; phones send them, computers do not."""
    ends = {"sender": {"id": person.id}, "recipient": {"id": world.credentials.oa_id}}
    send(world, name, person, **ends, message=message)


def _entry(world: World, msg_id: str, kind: str, *, src: int, **content: Any) -> Json:
    return {"msg_id": msg_id, "src": src, "time": int(world.timestamp()), "kind": kind, **content}


def _rest(made: Json) -> Json:
    return {key: value for key, value in made.items() if key != "kind"}


def _shown(world: World, made: Json) -> Json:
    """The payload of an attachment of the account."""
    if made["kind"] in {"template", "request_user_info"}:
        return {"zinstant_id": world.new_id(), "text": made.get("title", ""), "link_url": "", "checksum": ""}
    url = made.get("url") or made.get("attachment_id") or made.get("token", "")
    return {"url": url, "thumbnail": url}
