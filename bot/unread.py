"""Kinds of messages that cannot be read here, and the sentence that says so wherever they come."""

from __future__ import annotations

from bot.moves import Phrase
from conversations.messages import MessageKind

UNREAD = {
    MessageKind.VOICE: Phrase.VOICE,
    MessageKind.VIDEO: Phrase.VIDEO,
    MessageKind.FILE: Phrase.FILE,
    MessageKind.CONTACT: Phrase.CONTACT,
    MessageKind.OTHER: Phrase.UNREADABLE,
}
