"""Telegram: off until the operator gives a token and the number of the decision that allows it.

This package alone knows python-telegram-bot, and of it only the Bot: we receive updates ourselves, because
the library confirms them before they are recorded.
"""

from bot.channels.telegram.allowed import TelegramNotAllowed, telegram_channel, telegram_webhook
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.receiving import poll, receive_updates
from bot.channels.telegram.taking_in import take_in
from bot.channels.telegram.webhook import NotAnUpdate, Webhook, update_of

__all__ = [
    "NotAnUpdate",
    "TelegramChannel",
    "TelegramNotAllowed",
    "Webhook",
    "poll",
    "receive_updates",
    "take_in",
    "telegram_channel",
    "telegram_webhook",
    "update_of",
]
