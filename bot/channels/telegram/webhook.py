"""The webhook: where Telegram sends updates to, how we know that it is Telegram, and what it sent."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field

from telegram import Update


class NotAnUpdate(Exception):
    """What was sent to the webhook is no update of the Bot API."""


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """url: the address that Telegram calls. secret: what it says with each call, and nobody else knows."""

    url: str
    secret: str = field(repr=False)

    def is_said_by_telegram(self, secret: str) -> bool:
        """Compared in a time that tells nothing about where they differ."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())


def update_of(body: bytes) -> Update:
    """The update that Telegram sent. Raises NotAnUpdate."""
    try:
        sent = json.loads(body)
        update = Update.de_json(sent) if isinstance(sent, dict) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NotAnUpdate from problem
    if update is None or not isinstance(update.update_id, int):
        raise NotAnUpdate
    return update
