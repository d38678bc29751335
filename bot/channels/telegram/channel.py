"""Our account on Telegram: replies out, pictures in, in an event loop with a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Coroutine
from concurrent import futures
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.channels import Delivered, DeliveryProblem, plain
from bot.channels.telegram import updates
from conversations.models import Turn

log = structlog.get_logger(__name__)

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
LONG_POLL = timedelta(seconds=30)
# One call; a reply's lease is 60 seconds, so even three pieces are through or given up before it ends.
CALL_SECONDS = 15.0
FETCH_SECONDS = 40.0
CALL_ERRORS = (TelegramError, TimeoutError, futures.CancelledError)
COMMANDS = (
    BotCommand("start", "Bắt đầu: hỏi thủ tục, gửi phản ánh, gặp cán bộ"),
    BotCommand("help", "Hướng dẫn sử dụng"),
)
GROUP_SENTENCE = (
    "Tôi chỉ trò chuyện riêng để bảo vệ thông tin của anh/chị. Mời anh/chị nhắn tin riêng cho tôi."
)

Result = TypeVar("Result")


class TelegramNotAllowed(Exception):
    """The settings do not allow Telegram to be switched on; the text says what to set."""


class TelegramChannel:
    """The channel of one bot token. `account` is the bot's public number, the part before the colon.

    Making one starts its event loop; nothing is sent before the first call. `close()` ends it.
    """

    name = "telegram"

    def __init__(self, *, token: str, base_url: str) -> None:
        self.account = token.partition(":")[0]
        calls = HTTPXRequest(connection_pool_size=8, pool_timeout=CALL_SECONDS)
        self._requests = (HTTPXRequest(connection_pool_size=1), calls)
        self._bot = _bot(token, base_url.rstrip("/"), *self._requests)
        self._sent_pieces: dict[int, list[str]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram-calls", daemon=True)
        self._thread.start()

    def deliver(self, turn: Turn) -> Delivered:
        """Send a reply, in pieces when it is long. Raises DeliveryProblem.

        Pieces that went out are remembered until the last has: a retry in this process sends none twice.
        """
        sent = self._sent_pieces.pop(turn.pk, [])
        try:
            self._send_rest(turn, sent)
        except CALL_ERRORS as error:
            if sent:
                self._sent_pieces[turn.pk] = sent
            raise _delivery_problem(error) from None
        return Delivered(external_id=sent[-1])

    def _send_rest(self, turn: Turn, sent: list[str]) -> None:
        buttons, links = _keyboard(turn)
        text = plain.whole(turn, links=links)
        parts = plain.pieces(text, limit=MessageLimit.MAX_TEXT_LENGTH, size=plain.utf16_units)
        for number, part in enumerate(parts[len(sent) :], start=len(sent) + 1):
            keyboard = buttons if number == len(parts) else None
            sent.append(self._send(turn.conversation.chat, part, keyboard))

    def _send(self, chat: str, text: str, keyboard: InlineKeyboardMarkup | None) -> str:
        """Plain text without parse_mode: nothing a citizen or an official wrote can be taken for markup."""
        no_preview = LinkPreviewOptions(is_disabled=True)
        call = self._bot.send_message(chat, text, reply_markup=keyboard, link_preview_options=no_preview)
        return str(self._wait(call, seconds=CALL_SECONDS).message_id)

    def fetch(self, reference: str) -> bytes:
        """The picture behind a file_id; Telegram gives out at most 20 MB. Raises DeliveryProblem."""
        try:
            return self._wait(self._download(reference), seconds=FETCH_SECONDS)
        except CALL_ERRORS as error:
            raise _delivery_problem(error) from None

    async def _download(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    def open(self) -> None:
        """Check the token, leave webhook mode, name the commands. Raises TelegramError or TimeoutError."""
        self._wait(self._bot.get_me(), seconds=CALL_SECONDS)
        self._wait(self._bot.delete_webhook(drop_pending_updates=False), seconds=CALL_SECONDS)
        self._wait(self._bot.set_my_commands(COMMANDS), seconds=CALL_SECONDS)

    def updates(self, *, confirm_before: int | None, stop: threading.Event) -> tuple[Update, ...]:
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

    def acknowledge(self, update: Update) -> None:
        """End the waiting sign of a tapped button; tell a group that gave us a command why not there."""
        if update.callback_query:
            self._soon(self._bot.answer_callback_query(update.callback_query.id))
        group = updates.group_command(update)
        if group:
            self._soon(self._bot.send_message(group.id, GROUP_SENTENCE))

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
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, seconds), self._loop).result()

    def _soon(self, call: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(_quietly(call), self._loop)


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


def _keyboard(turn: Turn) -> tuple[InlineKeyboardMarkup | None, str]:
    """One button a row, and as lines of text the links Telegram would refuse as buttons."""
    choices = plain.choices_of(turn)
    refused = [choice for choice in choices if choice["url"] and not _is_public(choice["url"])]
    rows = [[_button(choice)] for choice in choices if choice not in refused]
    links = "\n".join(f"{choice['label']}: {choice['url'].removeprefix('tel:')}" for choice in refused)
    return (InlineKeyboardMarkup(rows) if rows else None), links


def _button(choice: dict[str, str]) -> InlineKeyboardButton:
    if choice["url"]:
        return InlineKeyboardButton(choice["label"], url=choice["url"])
    return InlineKeyboardButton(choice["label"], callback_data=choice["payload"])


def _is_public(url: str) -> bool:
    """Telegram refuses buttons that call a number, and hosts without a dot, such as a demonstration's."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def _delivery_problem(error: Exception) -> DeliveryProblem:
    """What staff read on the desk, and whether trying again can help."""
    match error:
        case TimeoutError() | TimedOut():
            return DeliveryProblem("Telegram không trả lời kịp.")
        case RetryAfter():
            wait = seconds_asked(error)
            return DeliveryProblem(f"Telegram yêu cầu chờ {wait:g} giây.", retry_after=wait)
        case Forbidden():
            return DeliveryProblem("Người dân đã chặn hoặc xoá cuộc trò chuyện với bot.", permanent=True)
        case ChatMigrated() | BadRequest():
            return DeliveryProblem(f"Telegram từ chối: {error.message}", permanent=True)
        case InvalidToken():
            return DeliveryProblem("Telegram không còn nhận mã truy cập của bot: cần đặt lại mã.")
        case futures.CancelledError():
            return DeliveryProblem("Kênh Telegram đang dừng.")
    return DeliveryProblem(f"Chưa kết nối được Telegram: {error}")


def seconds_asked(error: RetryAfter) -> float:
    """How long Telegram asks us to wait; the library is moving from a number to a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def _quietly(call: Coroutine[Any, Any, Any]) -> None:
    try:
        await call
    except TelegramError as error:
        log.info("telegram_courtesy_failed", problem=error.message)
