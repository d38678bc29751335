"""What is owed to Telegram at once for an update: an ended waiting sign, a sign of typing, a word to a group.

Losing one harms nothing, so none is tried again. Which is pure; polling makes the calls, a webhook answers
with the first (https://core.telegram.org/bots/api#making-requests-when-getting-updates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatAction

from bot.channels.telegram import updates
from conversations.models import Turn

GROUP_SENTENCE = (
    "Tôi chỉ trò chuyện riêng để bảo vệ thông tin của anh/chị. Mời anh/chị nhắn tin riêng cho tôi."
)


@dataclass(frozen=True, kw_only=True)
class Courtesy:
    """A call by its name in the Bot API, with its parameters."""

    method: str
    parameters: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As the answer to a webhook."""
        return {"method": self.method, **self.parameters}


def courtesies(update: Update, turn: object) -> tuple[Courtesy, ...]:
    """Those owed for an update that was taken in as `turn`, the most wanted first."""
    return (*_tap_seen(update), *_typing(turn), *_group_told(update))


def _tap_seen(update: Update) -> tuple[Courtesy, ...]:
    """Ends the waiting sign of a tapped button."""
    query = update.callback_query
    if query is None:
        return ()
    return (Courtesy(method="answerCallbackQuery", parameters={"callback_query_id": query.id}),)


def _typing(turn: object) -> tuple[Courtesy, ...]:
    """The assistant types, as Telegram shows for five seconds; not while an official has the conversation."""
    if not isinstance(turn, Turn) or turn.status != Turn.Status.RECEIVED:
        return ()
    typing = {"chat_id": turn.conversation.chat, "action": ChatAction.TYPING.value}
    return (Courtesy(method="sendChatAction", parameters=typing),)


def _group_told(update: Update) -> tuple[Courtesy, ...]:
    """A group that gave us a command is told why not there."""
    group = updates.group_command(update)
    if group is None:
        return ()
    return (Courtesy(method="sendMessage", parameters={"chat_id": group.id, "text": GROUP_SENTENCE}),)
