"""What goes wrong at Telegram, in words: for staff on the desk, and for the operator in the log."""

from __future__ import annotations

from collections.abc import Coroutine
from concurrent import futures
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels import Concerns, DeliveryProblem, Unreachable

log = structlog.get_logger(__name__)

#: How a call fails.
CALL_ERRORS = (TelegramError, TimeoutError, futures.CancelledError)
REFUSED = (
    "Telegram refuses the token: ask BotFather for the current one, set MOTCUA_TELEGRAM_TOKEN "
    "and start again. The other channels go on."
)
ANOTHER_POLLER = (
    "Another program asks for this bot's updates: stop it (a second `motcua run`, a test with the same "
    "token), or get this one a token of its own."
)
BLOCKED = "Người dân đã chặn hoặc xoá cuộc trò chuyện với bot; tin được giữ và tự gửi khi họ quay lại."
LONGEST_PAUSE = 60.0


def delivery_problem(error: Exception) -> DeliveryProblem:
    """What staff read on the desk, and whether trying again can help."""
    match error:
        case TimeoutError() | TimedOut():
            return DeliveryProblem("Telegram không trả lời kịp.", concerns=Concerns.ACCOUNT)
        case RetryAfter():
            wait = seconds_asked(error)
            words = f"Telegram yêu cầu chờ {wait:g} giây."
            return DeliveryProblem(words, retry_after=wait, concerns=Concerns.CHAT)
        case Forbidden():
            return Unreachable(BLOCKED)
        case ChatMigrated() | BadRequest():
            return DeliveryProblem(f"Telegram từ chối: {error.message}", permanent=True)
        case InvalidToken():
            words = "Telegram không còn nhận mã truy cập của bot: cần đặt lại mã."
            return DeliveryProblem(words, concerns=Concerns.ACCOUNT)
        case futures.CancelledError():
            return DeliveryProblem("Kênh Telegram đang dừng.", concerns=Concerns.ACCOUNT)
    return DeliveryProblem(f"Chưa kết nối được Telegram: {error}", concerns=Concerns.ACCOUNT)


def pause_after(problem: Exception, failures: int) -> float:
    """Seconds until the next try: what Telegram asks for, else 1, 2, 4 … 60."""
    if isinstance(problem, RetryAfter):
        return seconds_asked(problem)
    return float(min(2 ** min(failures - 1, 6), LONGEST_PAUSE))


def explanation(problem: Exception) -> str:
    """What the operator reads in the log."""
    if isinstance(problem, Conflict):
        return ANOTHER_POLLER
    if isinstance(problem, BadRequest):
        return f"Telegram refuses: {problem.message}"
    if isinstance(problem, TelegramError):
        return f"Telegram cannot be reached: {problem.message}"
    return f"{type(problem).__name__}: {problem}"


def seconds_asked(error: RetryAfter) -> float:
    """How long Telegram asks us to wait; the library is moving from a number to a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def quietly(call: Coroutine[Any, Any, Any], *, otherwise: str) -> None:
    """Make a call on which nothing depends. otherwise: the line in the log when Telegram refuses it."""
    try:
        await call
    except TelegramError as problem:
        log.info(otherwise, problem=problem.message)
