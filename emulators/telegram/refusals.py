"""What the real server refuses, and with which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
CALLBACK_DATA_BYTES = 64
CALLBACK_ANSWER_UNITS = 200
BUTTONS = 100
PHOTO_BYTES = 10 * 1024 * 1024
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "find_location",
    }
    | {"upload_document", "choose_sticker", "record_video_note", "upload_video_note"}
)
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
HTML_TAGS = frozenset(
    {"a", "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"}
)


class Refusal(Exception):
    """An answer with "ok": false: the HTTP status, the description, and the wait it asks for (seconds)."""

    def __init__(self, status: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str, parse_mode: str | None) -> str:
    """The text as the server keeps it: outer blanks gone. Refuses an empty one and one that is too long."""
    shown = check_formatting(text, parse_mode).strip()
    if not shown:
        raise bad_request("message text is empty")
    if units(shown) > TEXT_UNITS:
        raise bad_request("message is too long")
    return shown


def check_caption(caption: str, parse_mode: str | None) -> str:
    shown = check_formatting(caption, parse_mode).strip()
    if units(shown) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return shown


def check_photo(content: bytes) -> bytes:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > PHOTO_BYTES:
        size = f"file of size {len(content)} bytes is too big for a photo"
        raise bad_request(f"{size}; the maximum size is {PHOTO_BYTES} bytes")
    return content


def check_formatting(text: str, parse_mode: str | None) -> str:
    """The text without its markup. Only HTML is emulated; Markdown is refused rather than half understood."""
    if not parse_mode:
        return text
    if parse_mode.lower() != "html":
        raise bad_request(f"unsupported parse_mode ({parse_mode} is not emulated here)")
    reader = _Html()
    reader.feed(text)
    reader.close()
    if reader.open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to {reader.open_tags[-1]}")
    return "".join(reader.words)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in HTML_TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags.pop() != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def check_markup(markup: Mapping[str, Any] | None) -> None:
    """Refuses a keyboard the real server would: other kinds, no action, two actions, over the limits."""
    if markup is None:
        return
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup (only inline_keyboard is emulated here)")
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: object expected")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [name for name in ("callback_data", "url") if name in button]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not isinstance(button[actions[0]], str):
        raise bad_request(f'can\'t parse inline keyboard button: field "{actions[0]}" must be of type String')
    if actions == ["callback_data"]:
        _check_callback_data(button["callback_data"])
    else:
        _check_url(button["url"])


def _check_callback_data(data: str) -> None:
    if not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    """The real server wants a public-looking host: it refuses http://localhost:8000/ with these words."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL") from None
    if parts.scheme == "tg":
        return
    if parts.scheme not in {"http", "https"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_commands(commands: Sequence[Any]) -> None:
    if len(commands) > 100:
        raise bad_request("too many commands specified")
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: object expected")
        if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
