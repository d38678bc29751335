"""Commands that may be typed on every channel ("/phananh"), each a button by another name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import choices


@dataclass(frozen=True, kw_only=True)
class Command:
    """name: as it is typed behind the slash. about: what a menu says of it. payload: of the same button."""

    name: str
    about: str
    payload: str


START = Command(name="start", about="Bắt đầu: hỏi thủ tục, gửi phản ánh, gặp cán bộ", payload=choices.start())
COMMANDS = (
    START,
    Command(name="phananh", about="Gửi phản ánh, kiến nghị", payload=choices.REPORT),
    Command(name="trangthai", about="Xem phản ánh, hồ sơ của tôi đến đâu", payload=choices.HOW_FAR),
    Command(name="canbo", about="Gặp cán bộ", payload=choices.STAFF),
    Command(name="dulieu", about="Dữ liệu của tôi: xem, tải về, xoá", payload=choices.KEPT),
    Command(name="help", about="Hướng dẫn sử dụng", payload=choices.HELP),
)
_PAYLOADS = {command.name: command.payload for command in COMMANDS}

# Telegram's form of a command; in a group it may name the bot.
_TYPED = re.compile(r"/(?P<name>[a-z]{1,32})(?:@\w{1,64})?(?:\s+(?P<key>\S+))?", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z0-9_-]{1,48}")


def payload_of(text: str) -> str:
    """The payload of the command that a message is, "" for one that is none, or says more than that.

    "/start KEY" is what Telegram sends for a link with `?start=KEY`; a key that cannot be ours begins, too.
    """
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        return ""
    name, key = typed["name"].lower(), typed["key"]
    if key and name == START.name:
        return choices.start(key if _KEY.fullmatch(key) else "")
    return "" if key else _PAYLOADS.get(name, "")
