"""Telegram: off until the operator gives a token and the number of the decision that allows it.

This package alone knows python-telegram-bot, and of it only the Bot: the polling loop is our own, because the
library's confirms updates before they are recorded.
"""

from bot.channels.telegram.channel import TelegramChannel, TelegramNotAllowed, telegram_channel
from bot.channels.telegram.polling import poll

__all__ = ["TelegramChannel", "TelegramNotAllowed", "poll", "telegram_channel"]
