"""Our account on Telegram: replies out, pictures in, in an event loop with a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent import futures
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from django.conf import settings
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
    WebhookInfo,
)
from telegram.request import HTTPXRequest

from bot.channels import Delivered, plain
from bot.channels.kept_files import content_of
from bot.channels.limits import PACES, TELEGRAM
from bot.channels.pieces import SentPieces
from bot.channels.rendering import Bubble, Button, message_of, render
from bot.channels.switches import Halt
from bot.channels.telegram import updates
from bot.channels.telegram.courtesies import Courtesy
from bot.channels.telegram.problems import CALL_ERRORS, delivery_problem, quietly
from bot.channels.telegram.profile import introduce
from bot.channels.telegram.webhook import Webhook
from conversations.messages import SentFile
from conversations.models import Turn
from office.connections import give_back_to_pool

log = structlog.get_logger(__name__)

LONG_POLL = timedelta(seconds=30)
# One call; a reply's lease is 60 seconds, so even three pieces are through or given up before it ends.
CALL_SECONDS = 15.0
FETCH_SECONDS = 40.0
# Updates that Telegram sends side by side; more would only wait for each other at the database.
CONNECTIONS = 16

Result = TypeVar("Result")


class TelegramChannel:
    """The channel of one bot token. `account` is the bot's public number, the part before the colon.

    Making one starts its event loop; nothing is sent before the first call. `close()` ends it.
    """

    name = "telegram"

    def __init__(self, *, token: str, base_url: str) -> None:
        self.account = token.partition(":")[0]
        calls = HTTPXRequest(connection_pool_size=2 * PACES["telegram"].at_once, pool_timeout=CALL_SECONDS)
        self._requests = (HTTPXRequest(connection_pool_size=1), calls)
        self._bot = _bot(token, base_url.rstrip("/"), *self._requests)
        self._sent = SentPieces()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram-calls", daemon=True)
        self._thread.start()

    def deliver(self, turn: Turn) -> Delivered:
        """Send a reply, in pieces when it is long. Raises DeliveryProblem."""
        try:
            return self._sent.send_rest(turn, self._pieces(turn))
        except CALL_ERRORS as error:
            raise delivery_problem(error) from None

    def _pieces(self, turn: Turn) -> Sequence[Callable[[], str]]:
        """What sends each message; a file is read when its turn comes."""
        said, chat = message_of(turn), turn.conversation.chat
        bubbles = render(said, who=plain.label(turn), limits=TELEGRAM)
        return (
            *(partial(self._send, chat, bubble) for bubble in bubbles),
            *(partial(self._send_file, turn, file) for file in said.files),
        )

    def _send(self, chat: str, bubble: Bubble) -> str:
        """Plain text without parse_mode: nothing a citizen or an official wrote can be taken for markup."""
        no_preview = LinkPreviewOptions(is_disabled=True)
        call = self._bot.send_message(
            chat, bubble.text, reply_markup=_keyboard(bubble), link_preview_options=no_preview
        )
        return str(self._wait(call, seconds=CALL_SECONDS).message_id)

    def _send_file(self, turn: Turn, file: SentFile) -> str:
        """A picture is shown, anything else is there to be opened; who speaks stands under it."""
        content, chat, who = content_of(turn, file.reference), turn.conversation.chat, plain.label(turn)
        call = (
            self._bot.send_photo(chat, content, caption=who)
            if file.media_type.startswith("image/")
            else self._bot.send_document(chat, content, caption=who, filename=file.name)
        )
        return str(self._wait(call, seconds=FETCH_SECONDS).message_id)

    def fetch(self, reference: str) -> bytes:
        """The picture behind a file_id; Telegram gives out at most 20 MB. Raises DeliveryProblem."""
        try:
            return self._wait(self._download(reference), seconds=FETCH_SECONDS)
        except CALL_ERRORS as error:
            raise delivery_problem(error) from None

    async def _download(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    def open(self, webhook: Webhook | None = None) -> None:
        """Check the token, say how updates come (to the webhook, or fetched by us), introduce the bot.

        What waits at Telegram stays, and comes the new way. Raises TelegramError or TimeoutError.
        """
        me = self._wait(self._bot.get_me(), seconds=CALL_SECONDS)
        if settings.TELEGRAM_NAME.lower() not in {"", (me.username or "").lower()}:
            log.warning("telegram_name_differs", is_called=me.username, set_to=settings.TELEGRAM_NAME)
        self._wait(self._sent_to(webhook) if webhook else self._fetched(), seconds=CALL_SECONDS)
        self._soon(introduce(self._bot))

    def _sent_to(self, webhook: Webhook) -> Coroutine[Any, Any, bool]:
        return self._bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            allowed_updates=updates.WANTED,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )

    def _fetched(self) -> Coroutine[Any, Any, bool]:
        return self._bot.delete_webhook(drop_pending_updates=False)

    def webhook_info(self) -> WebhookInfo:
        """Where Telegram sends updates, and how that goes. Raises TelegramError or TimeoutError."""
        return self._wait(self._bot.get_webhook_info(), seconds=CALL_SECONDS)

    def updates(self, *, confirm_before: int | None, stop: Halt) -> tuple[Update, ...]:
        """The oldest unconfirmed updates, or a wait for one; () when none came or stop is set.

        confirm_before: Telegram forgets every update with a lower id. Raises TelegramError.
        """
        call = self._bot.get_updates(confirm_before, timeout=LONG_POLL, allowed_updates=updates.WANTED)
        waiting = asyncio.run_coroutine_threadsafe(call, self._loop)
        while not waiting.done():
            if stop.is_set():
                waiting.cancel()
                return ()
            futures.wait([waiting], timeout=0.2)
        return () if waiting.cancelled() else waiting.result()

    def offer(self, courtesy: Courtesy) -> None:
        """Make the call without waiting for it; it is not tried again."""
        call = getattr(self._bot, courtesy.method)
        self._soon(call(**courtesy.parameters))

    def close(self) -> None:
        """End the calls that still run, the connections and the thread. What was not sent stays queued."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(CALL_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=CALL_SECONDS)
        self._loop.close()

    async def _hang_up(self) -> None:
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for call in running:
            call.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for request in self._requests:
            await request.shutdown()

    def _wait(self, call: Coroutine[Any, Any, Result], *, seconds: float) -> Result:
        give_back_to_pool()
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, seconds), self._loop).result()

    def _soon(self, call: Coroutine[Any, Any, Any]) -> None:
        quiet = quietly(call, otherwise="telegram_courtesy_failed")
        asyncio.run_coroutine_threadsafe(quiet, self._loop)


def _bot(token: str, base_url: str, polling: HTTPXRequest, calls: HTTPXRequest) -> Bot:
    # At INFO httpx logs every address, and the address holds the token.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    return Bot(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        get_updates_request=polling,
        request=calls,
    )


def _keyboard(bubble: Bubble) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in bubble.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.payload)
