"""What a citizen sees in the chat with the account, for the page."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from emulators.page import About, Bubble
from emulators.zalo.world import Json, World

ACTS: dict[str, dict[str, Any]] = {
    "Quan tâm": {"act": "follow"},
    "Bỏ quan tâm": {"act": "unfollow"},
    "Gửi ảnh": {"act": "image"},
    "Gửi vị trí": {"act": "location", "latitude": 21.0367, "longitude": 105.7806},
    "Gửi tin thoại": {"act": "audio"},
    "Gửi tệp": {"act": "file"},
    "Cho thông tin liên hệ": {"act": "submit_info", "phone": "84912345678"},
    "Xin xoá dữ liệu": {"act": "withdraw"},
    "Im lặng 49 giờ": {"act": "fall_silent", "hours": 49},
    "Im lặng 8 ngày": {"act": "fall_silent", "hours": 192},
    "Cán bộ viết ở oa.zalo.me": {"act": "admin", "text": "Chào anh/chị, tôi là cán bộ."},
}

PAID_BY = {
    "reply": "miễn phí",
    "sub_quota": "tính vào gói",
    "purchase_quota": "tính vào số tin đã mua",
    "reward_quota": "tính vào số tin được tặng",
}


def about(request: Request) -> About:
    world: World = request.app.state.world
    return About(service="Zalo", account=world.name, connection=_connection(world), acts=ACTS)


def _connection(world: World) -> str:
    sender = world.sender
    if not sender.url:
        return "Chưa có webhook: xem --webhook."
    if not sender.is_enabled:
        return f"Webhook {sender.url} đã bị tắt sau năm lần gửi lại."
    attempts = sender.deliveries[-1]["attempts"] if sender.deliveries else []
    last = (attempts[-1] or "không trả lời") if attempts else "chưa gọi"
    left = f"Hạn mức còn {sum(world.account.quotas.values())} tin, {world.account.balance} đ."
    return f"Webhook {sender.url}: {last}. {left}"


def seen(request: Request, user: str) -> list[Bubble]:
    world: World = request.app.state.world
    person = world.people.get(user)
    return [_bubble(message) for message in person.chat if not message.get("is_hidden")] if person else []


def _bubble(message: Json) -> Bubble:
    by = "citizen" if message["src"] else "official" if message.get("admin_id") else "account"
    buttons = message.get("buttons", [])
    return Bubble(
        by=by,
        text=message.get("text") or message.get("title", ""),
        at=message["time"] / 1000,
        picture=_picture(message),
        note=_note(message),
        buttons=tuple(each["title"] for each in buttons if each["type"].startswith("oa.query")),
        links={each["title"]: _link(each) for each in buttons if each["type"].startswith("oa.open")},
    )


def _picture(message: Json) -> str:
    if message["kind"] not in {"image", "gif"}:
        return ""
    if "attachment_id" in message:
        return f"uploads/{message['attachment_id']}"
    sent = [each["payload"].get("url", "") for each in message.get("attachments", [])]
    return str(message.get("url") or next(iter(sent), ""))


def _note(message: Json) -> str:
    """What is not a text or a picture, and what a message of the account cost."""
    kind = message["kind"] if message["kind"] not in {"text", "image"} else ""
    values = " · ".join(f"{key}: {value}" for key, value in message.get("template_data", {}).items())
    return " · ".join(part for part in (kind, values, PAID_BY.get(message.get("quota_type", ""), "")) if part)


def _link(button: Json) -> str:
    payload = button["payload"]
    if button["type"] == "oa.open.url":
        return str(payload["url"])
    scheme = "tel" if button["type"] == "oa.open.phone" else "sms"
    return f"{scheme}:{payload['phone_code']}"
