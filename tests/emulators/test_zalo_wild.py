"""Whatever a program sends, the emulated Zalo answers as the service does: HTTP 200 and a number."""

from __future__ import annotations

from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from emulators.zalo.client import Emulator
from tests.emulators.wild import HTTP, WILD, many, nearly_right

BUTTON = {"title": "a", "type": "oa.query.show", "payload": "a"}
SMS = {"title": "a", "type": "oa.open.sms", "payload": {"phone_code": "1", "content": "a"}}
CARD = {"title": "a", "subtitle": "a", "image_url": "https://a.vn/a.png"}
PICTURE = {"media_type": "image", "url": "https://a.vn/a.png"}
UPLOADED = {"media_type": "gif", "attachment_id": "a"}
PAYLOADS = [
    *({"template_type": "media", "elements": [each]} for each in (PICTURE, UPLOADED)),
    {"template_type": "request_user_info", "elements": [CARD]},
    {"buttons": [BUTTON, SMS]},
]
MESSAGES = [
    {"text": "a", "quote_message_id": "a"},
    {"attachment": {"type": "file", "payload": {"token": "a"}}},
    *({"text": "a", "attachment": {"type": "template", "payload": payload}} for payload in PAYLOADS),
]
DATA = {"template_id": "350001", "template_data": {"code": "a", "state": "a", "link": "a"}}
ASKED: list[tuple[str, Any]] = [
    *(("/v3.0/oa/message/cs", {"recipient": {"user_id": "1001"}, "message": each}) for each in MESSAGES),
    ("/v3.0/oa/message/template", {"user_id": "1001", **DATA}),
    ("/message/template", {"phone": "84912345678", **DATA}),
    ("/v3.0/oa/quota/message", {"user_id": "1001"}),
]


def numbered(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and isinstance(answer.json()["error"], int)


def opened(zalo: Emulator) -> dict[str, str]:
    return {"access_token": zalo.tokens()["access_token"]}


@given(asked=nearly_right(ASKED))
@many
def test_a_body_with_anything_in_one_place_is_taken_or_refused(
    zalo: Emulator, asked: tuple[str, Any]
) -> None:
    path, body = asked
    zalo.citizen("1001").says("chào")
    assert numbered(HTTP.post(f"{zalo.url}{path}", json=body, headers=opened(zalo)))


@given(path=st.sampled_from([path for path, _ in ASKED]), body=WILD)
@many
def test_any_body_is_taken_or_refused(zalo: Emulator, path: str, body: Any) -> None:
    assert numbered(HTTP.post(f"{zalo.url}{path}", json=body, headers=opened(zalo)))


@given(
    path=st.sampled_from(("/v3.0/oa/user/detail", "/v3.0/oa/user/getlist", "/v2.0/oa/conversation")),
    data=st.text(max_size=9)
    | st.sampled_from(('{"offset": -1}', '{"count": 1e9}', '{"user_id": []}', "[]", "1")),
)
@many
def test_any_question_is_answered_or_refused(zalo: Emulator, path: str, data: str) -> None:
    assert numbered(HTTP.get(f"{zalo.url}{path}", params={"data": data}, headers=opened(zalo)))
