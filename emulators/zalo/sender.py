"""Sending events to the program's webhook as Zalo does: signed, 2 seconds to answer, retried five times."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from emulators.faults import Disturbance, Faults, WrongOrder
from emulators.webhooks import Courier, is_loopback, seconds_of

Json = dict[str, Any]
#: Seconds before each retry; after the last one the webhook is switched off.
RETRIES = (30, 300, 900, 1_800, 3_600)
DEADLINE = 2.0


def signature(app_id: str, body: bytes, timestamp: str, oa_secret_key: str) -> str:
    """`X-ZEvent-Signature`: a plain SHA-256 over the raw body (zalo-java-sdk, MacUtils.java), no HMAC."""
    signed = app_id.encode() + body + timestamp.encode() + oa_secret_key.encode()
    return "mac=" + hashlib.sha256(signed).hexdigest()


@dataclass(kw_only=True)
class Sender:
    """The webhook as it is set in the console of the app.

    url: "" sends nothing. scale: 0.001 makes the first retry come after 0.03 seconds.
    only_hash: the console's filter, by which only texts that begin with # are sent.
    """

    app_id: str
    oa_secret_key: str
    faults: Faults
    url: str = ""
    scale: float = 1.0
    deadline: float = DEADLINE
    only_hash: bool = False
    is_enabled: bool = True
    deliveries: list[Json] = field(default_factory=list)
    courier: Courier = field(default_factory=Courier)
    _disturbance: Disturbance = field(init=False)

    def __post_init__(self) -> None:
        self._disturbance = Disturbance(faults=self.faults, send=self._line_up)

    def set(self, url: str) -> None:
        """HTTPS on a domain without a port, as the console wants it, or a plain address of this machine."""
        parts = urlsplit(url)
        is_public = parts.scheme == "https" and "." in (parts.hostname or "") and parts.port is None
        if url and not is_public and not is_loopback(url):
            raise WrongOrder(
                "a webhook is https://a.domain/path without a port, or http://127.0.0.1:PORT/path"
            )
        self.url = url
        self.is_enabled = True

    def send(self, event: Json, user_id: str) -> None:
        """Send it, in order after the earlier events of this person, unless a fault has it otherwise."""
        is_text = event["event_name"] == "user_send_text"
        if self.only_hash and is_text and not event["message"]["text"].startswith("#"):
            return
        self._disturbance.pass_on({"user_id": user_id, "event": event}, user_id)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way, held back by a fault or waiting to be retried."""
        return self.courier.is_idle and self._disturbance.is_clear

    def stop(self) -> None:
        self.courier.stop()

    def _line_up(self, sending: Json) -> None:
        if not self.url or not self.is_enabled:
            return
        delivery: Json = {**sending, "attempts": [], "seconds": [], "is_delivered": False}
        self.deliveries.append(delivery)
        self.courier.put(sending["user_id"], lambda: self._first_attempt(delivery))

    async def _first_attempt(self, delivery: Json) -> None:
        """Later events do not wait for the retries of an earlier one."""
        if not await self._attempt(delivery, 0):
            self.courier.start(self._retry(delivery))

    async def _retry(self, delivery: Json) -> None:
        for number, wait in enumerate(RETRIES, start=1):
            await asyncio.sleep(wait * self.scale)
            if await self._attempt(delivery, number):
                return
        self.is_enabled = False

    async def _attempt(self, delivery: Json, number: int) -> bool:
        """One request. Retries carry the body and timestamp of the first attempt and `num_retry`."""
        event = delivery["event"]
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        mac = signature(self.app_id, body, event["timestamp"], self.oa_secret_key)
        headers = {"X-ZEvent-Signature": mac} | ({"num_retry": str(number)} if number else {})
        answer = await self.courier.post(self.url, body, headers, self.deadline)
        delivery["attempts"].append(None if answer is None else answer.status_code)
        delivery["seconds"].append(seconds_of(answer))
        delivery["is_delivered"] = answer is not None and answer.status_code == 200
        return bool(delivery["is_delivered"])
