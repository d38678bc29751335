"""What the settings allow: the channel, and whether updates are fetched or sent to us."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import Webhook

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
#: https://core.telegram.org/bots/api#setwebhook: what a secret token may be, and the ports it calls.
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = (None, 443, 80, 88, 8443)
#: Where web/webhooks takes updates in.
PATH = "/webhooks/telegram"


class TelegramNotAllowed(Exception):
    """The settings do not allow Telegram to be switched on; the text says what to set."""


def telegram_channel() -> TelegramChannel | None:
    """The channel the settings ask for, None when they name no token. Raises TelegramNotAllowed."""
    if not settings.TELEGRAM_TOKEN:
        return None
    if not settings.TELEGRAM_DECISION.strip():
        raise TelegramNotAllowed(
            "MOTCUA_TELEGRAM_TOKEN is set, but Telegram is a service abroad: set MOTCUA_TELEGRAM_DECISION "
            "to the number of the decision that allows it, or remove the token."
        )
    if not TOKEN.fullmatch(settings.TELEGRAM_TOKEN):
        raise TelegramNotAllowed(
            "MOTCUA_TELEGRAM_TOKEN is no bot token: copy it whole from BotFather (digits, a colon, letters)."
        )
    return TelegramChannel(token=settings.TELEGRAM_TOKEN, base_url=settings.TELEGRAM_BASE_URL)


def telegram_webhook() -> Webhook | None:
    """How updates are sent to us; None when we fetch them. Raises TelegramNotAllowed."""
    url, secret = settings.TELEGRAM_WEBHOOK, settings.TELEGRAM_SECRET
    if not url:
        return None
    if not _is_called_by_telegram(url):
        raise TelegramNotAllowed(
            f"MOTCUA_TELEGRAM_WEBHOOK is {url!r}; Telegram calls https addresses on the ports 443, 80, 88 "
            f"and 8443 only. Set it to https://HOST{PATH}, or leave it out to fetch updates instead."
        )
    if not SECRET.fullmatch(secret):
        raise TelegramNotAllowed(
            "MOTCUA_TELEGRAM_WEBHOOK needs a secret by which we know Telegram: set MOTCUA_TELEGRAM_SECRET to "
            "1 to 256 letters, digits, _ and -, for example from: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return Webhook(url=url, secret=secret)


def _is_called_by_telegram(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    ours = parts.path == PATH and not parts.query and not parts.fragment
    return parts.scheme == "https" and bool(parts.hostname) and port in PORTS and ours
