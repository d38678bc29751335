"""A look at how updates come to the webhook, as Telegram sees it from outside."""

from __future__ import annotations

from datetime import datetime

import structlog
from telegram import WebhookInfo

from bot.channels import switches
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import Webhook
from office.connections import give_back

log = structlog.get_logger(__name__)


class Watch:
    """What was seen last, so that one failure is told once."""

    def __init__(self, channel: TelegramChannel, webhook: Webhook) -> None:
        self._channel = channel
        self._webhook = webhook
        self._is_open = False
        self._failed_at: datetime | None = None

    def look(self) -> None:
        """Set the webhook, at first and where somebody changed it; tell of a failure since the last look.

        Raises TelegramError or TimeoutError.
        """
        try:
            if switches.is_off(self._channel.name):
                return
        finally:
            give_back()  # until the next look nothing is asked
        if self._is_open:
            self._compare(self._channel.webhook_info())
        else:
            self._open()

    def _open(self) -> None:
        self._channel.open(self._webhook)
        self._is_open = True
        log.info("telegram_open", account=self._channel.account, webhook=self._webhook.url)

    def _compare(self, seen: WebhookInfo) -> None:
        if seen.url != self._webhook.url:
            log.warning("telegram_webhook_taken_away", now=seen.url or "nowhere: fetched by another program")
            self._open()
        elif seen.last_error_date and seen.last_error_date != self._failed_at:
            self._tell(seen)

    def _tell(self, seen: WebhookInfo) -> None:
        self._failed_at = seen.last_error_date
        log.warning(
            "telegram_webhook_failing", problem=seen.last_error_message, waiting=seen.pending_update_count
        )
