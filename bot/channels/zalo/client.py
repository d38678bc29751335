"""The calls of Zalo's OpenAPI that we make, with a token that is renewed once when Zalo refuses it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.channels.zalo import tokens
from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.answers import TIMEOUT, answer_of, unreachable
from bot.channels.zalo.errors import Meaning, ZaloRefusal
from bot.channels.zalo.values import Json, nested, word
from office.connections import give_back_to_pool

#: Connections kept open: a little more than the calls that delivery makes at once.
CONNECTIONS = 20


class ZaloClient:
    """Calls in the name of one Official Account; one for all threads. `close()` ends its connections.

    Every call raises ZaloError: ZaloRefusal with Zalo's number, ZaloUnreachable, or NoToken.
    """

    def __init__(self, account: ZaloAccount) -> None:
        # At INFO httpx logs every address, and a picture's address opens it.
        for library in ("httpx", "httpcore"):
            logging.getLogger(library).setLevel(logging.WARNING)
        self._account = account
        self._http = httpx.Client(timeout=TIMEOUT, limits=httpx.Limits(max_connections=CONNECTIONS))

    def close(self) -> None:
        self._http.close()

    def send(self, user_id: str, message: Json) -> str:
        """Send a consultation message (bot/channels/zalo/messages.py); Zalo's id of it."""
        body = {"recipient": {"user_id": user_id}, "message": message}
        return _message_id(self._post(f"{self._account.openapi}/v3.0/oa/message/cs", json=body))

    def send_template(
        self, user_id: str, template_id: str, values: Mapping[str, str], *, tracking: str
    ) -> str:
        """Send a template that Zalo approved, and that is paid for; Zalo's id of the message."""
        body = {
            "user_id": user_id,
            "template_id": template_id,
            "template_data": dict(values),
            "tracking_id": tracking,
        }
        return _message_id(self._post(f"{self._account.openapi}/v3.0/oa/message/template", json=body))

    def upload_image(self, name: str, content: bytes) -> str:
        """The attachment id of a JPEG or PNG of at most 1 MB; it is good for seven days."""
        return self._upload("image", name, content, key="attachment_id")

    def upload_file(self, name: str, content: bytes) -> str:
        """The token of a PDF, DOC, DOCX or CSV of at most 5 MB; it is good for seven days."""
        return self._upload("file", name, content, key="token")

    def account_info(self) -> Json:
        """What Zalo says of our account, its name among it."""
        return dict(nested(self._get(f"{self._account.openapi}/v2.0/oa/getoa"), "data"))

    def _upload(self, kind: str, name: str, content: bytes, *, key: str) -> str:
        url = f"{self._account.openapi}/v2.0/oa/upload/{kind}"
        return word(nested(self._post(url, files={"file": (name, content)}), "data").get(key))

    def _post(self, url: str, **body: Any) -> Json:
        return self._with_token(lambda headers: self._http.post(url, headers=headers, **body))

    def _get(self, url: str) -> Json:
        return self._with_token(lambda headers: self._http.get(url, headers=headers))

    def _with_token(self, call: Callable[[dict[str, str]], httpx.Response]) -> Json:
        token = tokens.access_token(self._account)
        try:
            return _called(call, token)
        except ZaloRefusal as refusal:
            if refusal.meaning is not Meaning.TOKEN:
                raise
        return _called(call, tokens.access_token(self._account, instead_of=token))


def _called(call: Callable[[dict[str, str]], httpx.Response], token: str) -> Json:
    give_back_to_pool()
    with unreachable():
        response = call({"access_token": token})
    return answer_of(response)


def _message_id(answer: Json) -> str:
    data = nested(answer, "data")
    return word(data.get("message_id")) or word(data.get("msg_id"))
