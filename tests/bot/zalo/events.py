"""Events as Zalo words them (reference: its webhook page), for the pure tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

OA = "2740000000000000001"
CITIZEN = "4890000000000000001"
AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, 4, 9, tzinfo=UTC)
Json = dict[str, Any]


def event(name: str, **more: Any) -> Json:
    """From the citizen to our account."""
    return {
        "app_id": "1044000000000000001",
        "user_id_by_app": "5500000000000000001",
        "event_name": name,
        "timestamp": str(int(AT.timestamp() * 1000)),
        "sender": {"id": CITIZEN},
        "recipient": {"id": OA},
        **more,
    }


def sent(kind: str, *attachments: Json, text: str = "", msg_id: str = "m1", **more: Any) -> Json:
    message = {"text": text, "msg_id": msg_id, **more}
    if attachments:
        message["attachments"] = list(attachments)
    return event(f"user_send_{kind}", message=message)


def attached(kind: str, **payload: Any) -> Json:
    return {"type": kind, "payload": payload}


def by_account(name: str = "oa_send_text", *, admin: str = "", **message: Any) -> Json:
    """From our account to the citizen; admin: the person who wrote it in Zalo's own chat."""
    sender = {"id": OA, **({"admin_id": admin} if admin else {})}
    said = {"text": "", "msg_id": "o1", **message}
    return event(name, sender=sender, recipient={"id": CITIZEN}, message=said)
