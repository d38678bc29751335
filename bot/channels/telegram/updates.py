"""What an update says: every kind becomes an InboundMessage, or nothing when no citizen said it to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Chat, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from conversations.messages import Address, InboundMessage, MediaReference, MessageKind, Position
from nlu.text import clean

#: What we ask Telegram for; everything else would only be thrown away.
WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

# Attributes of a message that hold a file. An animation also fills `document`, so it is looked at first.
FILES = {
    "voice": MessageKind.VOICE,
    "video_note": MessageKind.VIDEO,
    "animation": MessageKind.VIDEO,
    "video": MessageKind.VIDEO,
    "audio": MessageKind.FILE,
    "sticker": MessageKind.STICKER,
    "document": MessageKind.FILE,
}
# What Telegram reports in a chat although nobody said anything.
SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
)


def inbound(update: Update, *, account: str, now: datetime) -> InboundMessage | None:
    """The message in an update; None unless it is a person's, in a private chat with us.

    The event id names the update and nothing more: ids start anywhere after an idle week
    (https://core.telegram.org/bots/api#update), so they are never compared.
    """
    chat, sender = update.effective_chat, update.effective_user
    said = _said(update, now=now)
    if said is None or chat is None or sender is None or chat.type != ChatType.PRIVATE:
        return None
    return InboundMessage(
        address=Address(channel="telegram", account=account, chat=str(chat.id)),
        event_id=f"update:{update.update_id}",
        sender_name=clean(sender.full_name),
        **said,
    )


def group_command(update: Update) -> Chat | None:
    """The group in which somebody gave us a command; we answer it once and say nothing else there."""
    message = update.message
    if message is None or message.chat.type == ChatType.PRIVATE or not (message.text or "").startswith("/"):
        return None
    return message.chat


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Whether the citizen at an address lets us write, as of a moment (aware)."""

    address: Address
    is_blocked: bool
    at: datetime


def standing(update: Update, *, account: str) -> Standing | None:
    """That somebody blocked or unblocked us in a private chat; None for every other update."""
    changed = update.my_chat_member
    if changed is None or changed.chat.type != ChatType.PRIVATE:
        return None
    address = Address(channel="telegram", account=account, chat=str(changed.chat.id))
    is_blocked = changed.new_chat_member.status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
    return Standing(address=address, is_blocked=is_blocked, at=changed.date)


def _said(update: Update, *, now: datetime) -> dict[str, Any] | None:
    if update.callback_query:
        return _tap(update, now=now)
    if update.edited_message:
        return _edit(update.edited_message)
    if update.message and not any(getattr(update.message, name) for name in SERVICE):
        return {"sent_at": update.message.date, **_which(update.message), **_content(update.message)}
    return None


def _tap(update: Update, *, now: datetime) -> dict[str, Any] | None:
    query = update.callback_query
    if query is None or not query.data:
        return None
    return {"kind": MessageKind.CHOICE, "sent_at": now, "choice": query.data, "text": _label(update)}


def _label(update: Update) -> str:
    """What the tapped button says; Telegram sends only its data, and the message it stands under."""
    query = update.callback_query
    message = query.message if query else None
    if query is None or not isinstance(message, Message) or message.reply_markup is None:
        return ""
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    return next((button.text for button in buttons if button.callback_data == query.data), "")


def _edit(message: Message) -> dict[str, Any] | None:
    """A corrected text. A live position is also "edited" every few seconds: that is no correction."""
    if message.location:
        return None
    sent_at = message.edit_date or message.date
    text = message.text or message.caption or ""
    return {"kind": MessageKind.EDITED, "sent_at": sent_at, "text": text, **_which(message)}


def _which(message: Message) -> dict[str, Any]:
    """What tells the message apart, ties it to its album, and says that it was passed on.

    A bot is never told that a private message was deleted: Telegram has no such update for it.
    """
    return {
        "message_id": str(message.message_id),
        "group": message.media_group_id or "",
        "forwarded": message.forward_origin is not None,
    }


def _content(message: Message) -> dict[str, Any]:
    if message.text is not None:
        return {"kind": MessageKind.TEXT, "text": message.text}
    if message.location:
        return {"kind": MessageKind.POSITION, "position": _position(message), "text": _place(message)}
    if message.contact:  # a third person's number: we have no use for it, so it is not kept
        return {"kind": MessageKind.CONTACT}
    return _file(message)


def _position(message: Message) -> Position | None:
    """With its radius of uncertainty, where the phone gives one (metres, 0 to 1,500)."""
    point = message.location
    if point is None:
        return None
    accuracy = point.horizontal_accuracy
    return Position(latitude=point.latitude, longitude=point.longitude, accuracy=accuracy)


def _place(message: Message) -> str:
    """The name and address of a shared place, "" for a bare position."""
    venue = message.venue
    return ", ".join(part for part in (venue.title, venue.address) if part) if venue else ""


def _file(message: Message) -> dict[str, Any]:
    text = message.caption or ""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return {"kind": MessageKind.PHOTO, "text": text, "media": (_reference(largest, "image/jpeg"),)}
    for attribute, kind in FILES.items():
        file = getattr(message, attribute)
        if file:
            return {"kind": _kind(kind, file), "text": text, "media": (_reference(file),)}
    return {"kind": MessageKind.OTHER, "text": text}


def _kind(kind: MessageKind, file: Any) -> MessageKind:
    """A picture sent "as a file" is a picture."""
    is_picture = (getattr(file, "mime_type", None) or "").startswith("image/")
    return MessageKind.PHOTO if kind is MessageKind.FILE and is_picture else kind


def _reference(file: Any, media_type: str = "") -> MediaReference:
    return MediaReference(
        reference=file.file_id,
        media_type=media_type or getattr(file, "mime_type", None) or "",
        name=getattr(file, "file_name", None) or "",
        size=file.file_size,
    )
