"""Whether an event really comes from Zalo: the header `X-ZEvent-Signature` over its raw bytes.

`mac=` and the hex SHA-256 of app id, raw body, the body's own timestamp and the OA secret key, one after the
other: a plain digest, not an HMAC (Zalo's Java SDK, `MacUtils.java`; its webhook page).
"""

from __future__ import annotations

import hashlib
import hmac
import json

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.values import Json

HEADER = "X-ZEvent-Signature"


def sign(body: bytes, *, timestamp: str, account: ZaloAccount) -> str:
    """The header's value for this body."""
    said = account.app_id.encode() + body + timestamp.encode() + account.oa_secret_key.encode()
    return f"mac={hashlib.sha256(said).hexdigest()}"


def genuine_event(body: bytes, *, signature: str, account: ZaloAccount) -> Json | None:
    """The event in this body; None when Zalo did not sign it. Nothing else of it is read before.

    No age is refused: Zalo names no window and repeats for an hour, so the rows tell what came before.
    """
    event = _event(body)
    if event is None:
        return None
    expected = sign(body, timestamp=str(event.get("timestamp", "")), account=account)
    return event if hmac.compare_digest(expected.encode(), signature.strip().encode()) else None


def _event(body: bytes) -> Json | None:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None
