"""Sending updates to a webhook as the Bot API server does: in order for each chat, until it takes them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from emulators.webhooks import Courier, seconds_of

Json = dict[str, Any]
#: Seconds until a webhook that does not answer is given up, and between tries of one update.
DEADLINE = 60.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """What setWebhook set. `obey` carries out the method the program may put into its answer."""

    url: str
    obey: Callable[[str, Json], Awaitable[None]]
    secret_token: str = ""
    max_connections: int = 40


@dataclass(kw_only=True)
class Sender:
    """The webhook of one bot. scale: 0.001 makes the first repetition come after 0.001 seconds."""

    taken: Callable[[Json], None]
    webhook: Webhook | None = None
    scale: float = 1.0
    deadline: float = DEADLINE
    attempts: list[Json] = field(default_factory=list)
    courier: Courier = field(default_factory=Courier)

    @property
    def url(self) -> str:
        return self.webhook.url if self.webhook else ""

    def set(self, webhook: Webhook | None) -> None:
        """The new address; what the old one has not taken is to be sent anew."""
        ways = self.courier.ways
        self.courier.stop()
        self.webhook = webhook
        self.courier = Courier(side_by_side=webhook.max_connections if webhook else 1, ways=ways)

    def send(self, update: Json) -> None:
        """Send it after the earlier updates of its chat; those of other chats do not wait for it."""
        self.courier.put(chat_of(update), lambda: self._until_taken(update))

    async def _until_taken(self, update: Json) -> None:
        webhook, wait = self.webhook, FIRST_WAIT
        assert webhook is not None  # noqa: S101 -- a courier is stopped when its webhook goes
        while not await self._is_taken(webhook, update):
            await asyncio.sleep(wait * self.scale)
            wait = min(wait * 2, LONGEST_WAIT)
        self.taken(update)

    async def _is_taken(self, webhook: Webhook, update: Json) -> bool:
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        body = json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode()
        answer = await self.courier.post(webhook.url, body, secret, self.deadline)
        status = None if answer is None else answer.status_code
        attempt = {"update_id": update["update_id"], "status": status, "at": int(time.time())}
        self.attempts.append(attempt | {"seconds": seconds_of(answer)})
        if answer is None or not answer.is_success:
            return False
        await _obeyed(webhook, answer)
        return True

    def last_problem(self) -> Json:
        """For getWebhookInfo: when and how it failed last."""
        failed = next(
            (each for each in reversed(self.attempts) if each["status"] not in range(200, 300)), None
        )
        if failed is None:
            return {}
        status = failed["status"]
        words = f"Wrong response from the webhook: {status}" if status else "Connection timed out"
        return {"last_error_date": failed["at"], "last_error_message": words}

    def stop(self) -> None:
        self.courier.stop()


async def _obeyed(webhook: Webhook, answer: httpx.Response) -> None:
    """A program may answer an update with a call, whose result it never learns."""
    try:
        call = answer.json()
    except ValueError:
        return
    if isinstance(call, dict) and isinstance(call.get("method"), str):
        await webhook.obey(call.pop("method"), call)


def chat_of(update: Json) -> str:
    """The chat an update is about; "" for one that is about none."""
    content: Json = next((part for name, part in update.items() if name != "update_id"), {})
    chat = content.get("chat") or content.get("message", {}).get("chat") or content.get("from", {})
    return str(chat.get("id", ""))
