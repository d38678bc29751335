"""What a citizen sends: each kind of message as Zalo puts it into an event."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from emulators.zalo import events
from emulators.zalo.people import Person
from emulators.zalo.world import Json, World

# The smallest picture that every reader of JPEG accepts: one grey pixel.
ONE_PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx"
    "NDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
    "AQEAAD8AVN//2Q=="
)
Order = Mapping[str, Any]


class Stage:
    """Who acts, in which world, and what was ordered."""

    def __init__(self, *, world: World, person: Person, order: Order, base_url: str) -> None:
        self.world, self.person, self.order, self.base_url = world, person, order, base_url

    def says(self, kind: str, **content: Any) -> list[str]:
        quoted = {"quote_msg_id": self.order["quotes"]} if "quotes" in self.order else {}
        return [events.from_citizen(self.world, self.person, kind, **content, **quoted)]

    def sends(self, kind: str, payload: Json) -> list[str]:
        text = str(self.order.get("text", ""))
        attachment = {"type": "link" if kind == "business_card" else kind, "payload": payload}
        return self.says(kind, text=text, attachments=[attachment])

    def content(self, default: bytes) -> bytes:
        return base64.b64decode(self.order["content"]) if self.order.get("content") else default

    def served(self, name: str, default: bytes) -> str:
        """The address of what is sent, which answers until the world ends."""
        return f"{self.base_url}media/{self.world.keep_media(name, self.content(default))}"

    def tells(self, name: str, **content: Any) -> None:
        events.send(self.world, name, self.person, **content)


def text(on: Stage) -> list[str]:
    return on.says("text", text=str(on.order["text"]))


def image(on: Stage) -> list[str]:
    url = on.served("anh.jpg", ONE_PIXEL)
    return on.sends("image", {"thumbnail": url, "url": url})


def gif(on: Stage) -> list[str]:
    url = on.served("vui.gif", b"GIF89a")
    return on.sends("gif", {"thumbnail": url, "url": url})


def link(on: Stage) -> list[str]:
    address = str(on.order.get("url", "https://dichvucong.gov.vn/"))
    about = str(on.order.get("description", "Cổng Dịch vụ công quốc gia"))
    return on.sends("link", {"thumbnail": "", "description": about, "url": address})


def audio(on: Stage) -> list[str]:
    return on.sends("audio", {"url": on.served("ghi-am.amr", b"#!AMR\n")})


def video(on: Stage) -> list[str]:
    url = on.served("phim.mp4", b"\0\0\0\x18ftypmp42")
    return on.sends("video", {"url": url, "thumbnail": url, "description": ""})


def sticker(on: Stage) -> list[str]:
    return on.sends("sticker", {"url": on.served("nhan.png", b"\x89PNG\r\n"), "id": "20571"})


def location(on: Stage) -> list[str]:
    """Coordinates are texts. With `"of": "message"`, as one page of the service shows them."""
    point = {"latitude": str(on.order["latitude"]), "longitude": str(on.order["longitude"])}
    if on.order.get("of") == "message":
        return on.says("location", location=point)
    return on.sends("location", {"coordinates": point})


def business_card(on: Stage) -> list[str]:
    phone = str(on.order.get("phone", "84900000000"))
    card = {"phone": phone, "qrCodeUrl": on.served("qr.png", b"\x89PNG\r\n")}
    return on.sends(
        "business_card", {"thumbnail": "", "url": "", "description": json.dumps(card, ensure_ascii=False)}
    )


def file(on: Stage) -> list[str]:
    name = str(on.order.get("file_name", "don.pdf"))
    content = on.content(b"%PDF-1.4\n%%EOF")
    about = {
        "size": str(len(content)),
        "name": name,
        "checksum": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "type": name.rpartition(".")[2],
        "url": on.served(name, content),
    }
    return on.sends("file", about)


Sending = Callable[[Stage], list[str]]
KINDS: Mapping[str, Sending] = {
    sending.__name__: sending
    for sending in (text, image, gif, link, audio, video, sticker, location, business_card, file)
}
