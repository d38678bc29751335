"""What a citizen sees in the chat with the bot, for the page."""

from __future__ import annotations

from starlette.requests import Request

from emulators.page import About, Bubble
from emulators.telegram.world import Json, World

ACTS: dict[str, Json] = {
    "Bắt đầu (/start)": {"act": "text", "text": "/start"},
    "Gửi ảnh": {"act": "photo"},
    "Gửi ba ảnh": {"act": "album"},
    "Gửi vị trí": {"act": "location", "latitude": 21.0367, "longitude": 105.7806},
    "Gửi tin thoại": {"act": "voice"},
    "Sửa tin vừa gửi thành…": {"act": "edit", "text": "làm khai sinh cho con"},
    "Chặn bot": {"act": "block"},
    "Bỏ chặn": {"act": "unblock"},
}
#: What the page shows, or need not: anything else is named under the message.
SHOWN_OR_SILENT = frozenset(
    {
        "message_id",
        "date",
        "edit_date",
        "from",
        "chat",
        "text",
        "caption",
        "photo",
        "reply_markup",
        "entities",
    }
    | {"link_preview_options", "reply_to_message", "media_group_id"}
)


def about(request: Request) -> About:
    world: World = request.app.state.world
    polled = f"Bot hỏi tin mới (getUpdates); {len(world.pending)} tin đang chờ."
    return About(
        service="Telegram",
        account=str(world.bot["first_name"]),
        connection=_called(world) if world.sender.webhook else polled,
        acts=ACTS,
    )


def _called(world: World) -> str:
    last = world.sender.attempts[-1]["status"] if world.sender.attempts else "chưa gọi"
    return f"Webhook {world.sender.url}: {last or 'không trả lời'}; {len(world.pending)} tin đang chờ."


def seen(request: Request, user: str) -> list[Bubble]:
    world: World = request.app.state.world
    return [_bubble(world, message) for (chat, _), message in world.messages.items() if str(chat) == user]


def _bubble(world: World, message: Json) -> Bubble:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    photo = message["photo"][-1]["file_id"] if "photo" in message else ""
    return Bubble(
        by="account" if message["from"]["is_bot"] else "citizen",
        text=message.get("text") or message.get("caption", ""),
        at=message["date"],
        picture=f"file/bot{world.token}/files/{photo}" if photo else "",
        note=", ".join(sorted(message.keys() - SHOWN_OR_SILENT)),
        buttons=tuple(button["text"] for button in buttons if "callback_data" in button),
        links={button["text"]: button["url"] for button in buttons if "url" in button},
    )
