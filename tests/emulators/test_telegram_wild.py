"""Whatever a bot sends, the emulated Bot API server answers as the real one does: JSON with `ok`."""

from __future__ import annotations

from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from emulators.telegram.client import Emulator
from tests.emulators.wild import HTTP, WILD, many, nearly_right

LAN = 1001
BUTTONS = [[{"text": "a", "callback_data": "a"}, {"text": "a", "url": "https://a.vn"}]]
ASKED: list[tuple[str, Any]] = [
    ("sendMessage", {"chat_id": LAN, "text": "<b>a</b>", "parse_mode": "HTML"}),
    ("sendMessage", {"chat_id": LAN, "text": "a", "reply_markup": {"inline_keyboard": BUTTONS}}),
    ("sendMessage", {"chat_id": LAN, "text": "a", "reply_parameters": {"message_id": 1}}),
    ("sendPhoto", {"chat_id": LAN, "photo": "a", "caption": "a"}),
    ("sendDocument", {"chat_id": LAN, "document": "a"}),
    ("sendMediaGroup", {"chat_id": LAN, "media": [{"type": "photo", "media": "a", "caption": "a"}] * 2}),
    ("sendVenue", {"chat_id": LAN, "latitude": 1, "longitude": 1, "title": "a", "address": "a"}),
    ("sendChatAction", {"chat_id": LAN, "action": "typing"}),
    ("editMessageText", {"chat_id": LAN, "message_id": 2, "text": "a"}),
    ("deleteMessages", {"chat_id": LAN, "message_ids": [2]}),
    ("answerCallbackQuery", {"callback_query_id": "a", "text": "a"}),
    ("getUpdates", {"offset": 1, "limit": 1, "timeout": 0, "allowed_updates": ["message"]}),
    ("setMyCommands", {"commands": [{"command": "a", "description": "a"}]}),
    ("setChatMenuButton", {"menu_button": {"type": "commands"}}),
    ("setMyDescription", {"description": "a"}),
    ("getFile", {"file_id": "a"}),
]


def answered(telegram: Emulator, method: str, body: Any) -> httpx.Response:
    return HTTP.post(f"{telegram.url}/bot{telegram.token}/{method}", json=body)


def is_told(answer: httpx.Response) -> bool:
    return answer.status_code < 500 and isinstance(answer.json()["ok"], bool)


@given(asked=nearly_right(ASKED))
@many
def test_a_body_with_anything_in_one_place_is_taken_or_refused(
    telegram: Emulator, asked: tuple[str, Any]
) -> None:
    method, body = asked
    if method == "getUpdates":
        body["timeout"] = 0
    telegram.citizen(LAN).says("chào")
    assert is_told(answered(telegram, method, body))


@given(method=st.sampled_from([method for method, _ in ASKED]), body=WILD)
@many
def test_any_body_is_taken_or_refused(telegram: Emulator, method: str, body: Any) -> None:
    assert is_told(answered(telegram, method, body))
