"""What a citizen does, turned into the update the real server would send."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from emulators.faults import WrongOrder
from emulators.telegram import sendings
from emulators.telegram.sendings import sender_of
from emulators.telegram.world import Chat, Json, World


def perform(world: World, order: Mapping[str, Any]) -> list[int]:
    """Carry out one act and return the ids of the updates it made, as in

    {"act": "text", "chat": 1001, "name": "Chị Lan", "text": "làm khai sinh"}
    """
    act = str(order.get("act", ""))
    if act == "repeat":
        world.repeat(int(order["update_id"]))
        return [int(order["update_id"])]
    if act not in ACTS:
        raise WrongOrder(f"no act {act!r}; known: {', '.join(sorted(ACTS))}, repeat")
    made = ACTS[act](world, _chat(world, order), order)
    return [update_id for update_id in made if update_id is not None]


def _chat(world: World, order: Mapping[str, Any]) -> Chat:
    chat_id = int(order["chat"])
    kind = str(order.get("chat_type", "private"))
    chat = Chat(id=chat_id, kind=kind, name=str(order.get("name", "Công dân")))
    return world.chats.setdefault(chat_id, chat)


def tap(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Tap the button with this label (or this data) on the newest message that has one."""
    message, button = _button(world, chat, order)
    callback_id = f"CB{world.next_id():06d}"
    world.callbacks[callback_id] = {"answered": False, "text": ""}
    query = {
        "id": callback_id,
        "from": sender_of(chat, order),
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
    raise WrongOrder(f"no such button in chat {chat.id}: {order.get('label') or order.get('data')!r}")


def edit(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    """Change the words of the citizen's newest text, or of the newest caption with `"of": "caption"`."""
    field = str(order.get("of", "text"))
    message = _newest_own(world, chat, field)
    message.update({field: str(order["text"]), "edit_date": int(time.time())})
    return [world.arrive("edited_message", message)]


def delete(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:  # noqa: ARG001
    """Delete the citizen's newest text. No update comes: the real server does not tell a bot either."""
    message = _newest_own(world, chat, "text")
    del world.messages[chat.id, message["message_id"]]
    return []


def _newest_own(world: World, chat: Chat, field: str) -> Json:
    own = [m for (chat_id, _), m in world.messages.items() if chat_id == chat.id and not m["from"]["is_bot"]]
    message = next((m for m in reversed(own) if field in m), None)
    if message is None:
        raise WrongOrder(f"no {field} to change in this chat")
    return message


def block(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    return _let_in(world, chat, order, blocked=True)


def unblock(world: World, chat: Chat, order: Mapping[str, Any]) -> list[int | None]:
    return _let_in(world, chat, order, blocked=False)


def _let_in(world: World, chat: Chat, order: Mapping[str, Any], *, blocked: bool) -> list[int | None]:
    """The bot is told when it is blocked or unblocked; `"quietly": true` leaves that out."""
    before, chat.blocked = chat.blocked, blocked
    if order.get("quietly"):
        return []
    member = {
        "chat": chat.as_json(),
        "from": sender_of(chat, order),
        "date": int(time.time()),
        "old_chat_member": _member(world, blocked=before),
        "new_chat_member": _member(world, blocked=blocked),
    }
    return [world.arrive("my_chat_member", member)]


def _member(world: World, *, blocked: bool) -> Json:
    until = {"until_date": 0} if blocked else {}
    return {"user": world.bot, "status": "kicked" if blocked else "member", **until}


Act = Callable[[World, Chat, Mapping[str, Any]], list[int | None]]
ACTS: Mapping[str, Act] = {
    **sendings.KINDS,
    **{act.__name__: act for act in (tap, edit, delete, block, unblock)},
}
