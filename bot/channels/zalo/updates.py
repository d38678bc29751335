"""What an event says: a citizen's message, an official's reply in Zalo's own chat, a wish to be forgotten.

Pure and total: whatever comes, something is said about it. The events: docs/operators/zalo.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.zalo import attachments
from bot.channels.zalo.values import listed, nested, word
from bot.choices import parse
from conversations.messages import Address, InboundMessage, MessageKind

CHANNEL = "zalo"
#: Characters of an id that a row holds.
LONGEST_ID = 128
#: Our button's payload as Zalo sends it back, in a text: "#part:1.001193:fee".
TAP = re.compile(r"#([a-z]+(?::[A-Za-z0-9._-]+)*)")
FROM_CITIZEN = "user_send_"
FROM_GROUP = "user_send_group_"
FROM_OA = "oa_send_"
OPENS_WINDOW = frozenset({"follow", "user_click_chatnow"})
#: An official's message to a group, to somebody who gave no name, or the request for leave to call.
NOT_TO_A_CITIZEN = ("oa_send_group_", "oa_send_anonymous_", "oa_send_consent")


@dataclass(frozen=True, kw_only=True)
class OfficialReply:
    """What a person of the office wrote in Zalo's own chat: that person has taken over."""

    address: Address
    event_id: str
    message_id: str
    text: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A citizen's wish, expressed at Zalo, that what we keep be deleted."""

    address: Address
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """What opens the reply window without a word: a follow, a click that opens the chat."""

    address: Address
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Courtesy:
    """What asks for nothing: received, seen, a reaction, an unfollow, the echo of our own reply."""

    name: str


Event = InboundMessage | OfficialReply | Withdrawal | Interaction | Courtesy


def read(event: Mapping[str, Any], *, account: str, now: datetime) -> Event:
    """What the event says to us. account: our OA's id; what was said to another is none of ours."""
    name = word(event.get("event_name"))
    if name.startswith(FROM_CITIZEN) and not name.startswith(FROM_GROUP):
        return _message(event, name=name, account=account, now=now) or Courtesy(name=name)
    if name.startswith(FROM_OA) and not name.startswith(NOT_TO_A_CITIZEN):
        return _official_reply(event, account=account, now=now) or Courtesy(name=name)
    if name == "user_submit_info":
        return _contact(event, account=account, now=now) or Courtesy(name=name)
    if name == "user_withdraw":
        return _withdrawal(event, account=account, now=now) or Courtesy(name=name)
    if name in OPENS_WINDOW:
        return _interaction(event, account=account, now=now) or Courtesy(name=name)
    return Courtesy(name=name)


def _message(event: Mapping[str, Any], *, name: str, account: str, now: datetime) -> InboundMessage | None:
    address = _address(event, us="recipient", citizen="sender", account=account)
    if address is None:
        return None
    message = nested(event, "message")
    return InboundMessage(
        address=address,
        event_id=_event_id(event),
        message_id=word(message.get("msg_id")),
        sent_at=_moment(event, now=now),
        **(_tap(message) or attachments.content(name.removeprefix(FROM_CITIZEN), message)),
    )


def _tap(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """A button of ours comes back as a text; whoever types the same means the same."""
    said = word(message.get("text")).strip()
    match = TAP.fullmatch(said)
    if match is None or listed(message, "attachments") or parse(match[1]) is None:
        return None
    return {"kind": MessageKind.CHOICE, "choice": match[1], "text": said}


def _official_reply(event: Mapping[str, Any], *, account: str, now: datetime) -> OfficialReply | None:
    """None for the echo of our own reply: Zalo names the administrator only when a person wrote."""
    address = _address(event, us="sender", citizen="recipient", account=account)
    if address is None or not word(nested(event, "sender").get("admin_id")):
        return None
    message = nested(event, "message")
    return OfficialReply(
        address=address,
        event_id=_event_id(event),
        message_id=word(message.get("msg_id")),
        text=attachments.described(message),
        sent_at=_moment(event, now=now),
    )


def _contact(event: Mapping[str, Any], *, account: str, now: datetime) -> InboundMessage | None:
    """What we asked for: name and telephone number. The rest of it is not kept."""
    address = _address(event, us="recipient", citizen="sender", account=account)
    if address is None:
        return None
    info = nested(event, "info")
    said = (word(info.get("name")), _dialled(word(info.get("phone"))))
    return InboundMessage(
        address=address,
        event_id=_event_id(event),
        kind=MessageKind.CONTACT,
        sent_at=_moment(event, now=now),
        text=" – ".join(part for part in said if part),
    )


def _dialled(phone: str) -> str:
    """As it is dialled in the country: Zalo writes 84 for the 0."""
    return f"0{phone[2:]}" if phone.startswith("84") and phone.isdecimal() and len(phone) == 11 else phone


def _withdrawal(event: Mapping[str, Any], *, account: str, now: datetime) -> Withdrawal | None:
    address = _whose(event, account=account)
    return Withdrawal(address=address, said_at=_moment(event, now=now)) if address else None


def _interaction(event: Mapping[str, Any], *, account: str, now: datetime) -> Interaction | None:
    address = _whose(event, account=account)
    return Interaction(address=address, at=_moment(event, now=now)) if address else None


def _whose(event: Mapping[str, Any], *, account: str) -> Address | None:
    """Of events without a message: the citizen's id stands in the event itself, or where a sender would.

    The app's own id of him (`user_id_by_app`) is none that we can write to.
    """
    named = (event.get("user_id"), nested(event, "follower").get("id"), nested(event, "sender").get("id"))
    citizen = next((found for one in named if (found := word(one))), "")
    if not 0 < len(citizen) <= LONGEST_ID or not _is_ours(event, account):
        return None
    return Address(channel=CHANNEL, account=account, chat=citizen)


def _address(event: Mapping[str, Any], *, us: str, citizen: str, account: str) -> Address | None:
    """The citizen's chat with us; None when either is missing or it is another account's."""
    chat = word(nested(event, citizen).get("id"))
    if not 0 < len(chat) <= LONGEST_ID or word(nested(event, us).get("id")) != account:
        return None
    return Address(channel=CHANNEL, account=account, chat=chat)


def _is_ours(event: Mapping[str, Any], account: str) -> bool:
    named = {word(event.get("oa_id")), word(nested(event, "recipient").get("id"))} - {""}
    return not named or account in named


def _event_id(event: Mapping[str, Any]) -> str:
    """The same for every repeat: the message's own id, else a digest of what the event says."""
    message_id = word(nested(event, "message").get("msg_id"))
    if message_id and len(message_id) <= LONGEST_ID - len("message:"):
        return f"message:{message_id}"
    said = json.dumps(event, sort_keys=True, ensure_ascii=False)
    return f"event:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _moment(event: Mapping[str, Any], *, now: datetime) -> datetime:
    """Zalo's milliseconds, aware; now when there are none that a calendar holds."""
    try:
        return datetime.fromtimestamp(int(word(event.get("timestamp"))) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now
