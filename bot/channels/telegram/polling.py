"""The polling loop: an update is confirmed to Telegram only after its row is committed.

Killed between the two, nothing is lost: the update comes again, and its event id makes it one turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import intake
from bot.channels.telegram.channel import TelegramChannel, seconds_asked
from bot.channels.telegram.updates import inbound
from conversations.messages import InboundMessage, MessageKind

log = structlog.get_logger(__name__)

Receive = Callable[[InboundMessage], object]

REFUSED = (
    "Telegram refuses the token: ask BotFather for the current one, set MOTCUA_TELEGRAM_TOKEN "
    "and start again. The other channels go on."
)
ANOTHER_POLLER = (
    "Another program asks for this bot's updates: stop it (a second `motcua run`, a test with the same "
    "token), or get this one a token of its own."
)
LONGEST_PAUSE = 60.0


def poll(channel: TelegramChannel, stop: threading.Event, *, receive: Receive = intake.receive) -> None:
    """Receive updates until stop is set; blocks. Returns early only when Telegram refuses the token.

    receive: must commit before it returns.
    """
    feed = _Feed(channel, receive)
    failures = 0
    while not stop.is_set():
        try:
            feed.step(stop)
            failures = 0
        except InvalidToken:
            log.critical("telegram_stopped", what_to_do=REFUSED)
            break
        except Exception as problem:  # whatever it is, this channel says so and tries again
            failures += 1
            pause = _pause(problem, failures)
            log.warning("telegram_waiting", problem=_explanation(problem), seconds=pause, failures=failures)
            stop.wait(pause)
    connections.close_all()


class _Feed:
    """The account's updates, and which of them are committed here but not yet confirmed there."""

    def __init__(self, channel: TelegramChannel, receive: Receive) -> None:
        self._channel = channel
        self._receive = receive
        self._is_open = False
        self._offset: int | None = None

    def step(self, stop: threading.Event) -> None:
        """Confirm what is committed, then wait for updates and commit each, oldest first.

        A confirmation is tried once, then forgotten: a number kept over an idle week would hide the updates
        of a sequence that began anew below it. What was not confirmed comes again and is known by its id.
        """
        if not self._is_open:
            self._channel.open()
            self._is_open = True
            log.info("telegram_open", account=self._channel.account)
        offset, self._offset = self._offset, None
        for update in self._channel.updates(confirm_before=offset, stop=stop):
            self._take(update)
            self._offset = update.update_id + 1

    def _take(self, update: Update) -> None:
        message = inbound(update, account=self._channel.account, now=timezone.now())
        if message is None:
            log.info("telegram_update_passed_over", update_id=update.update_id)
        else:
            self._commit(message)
        self._channel.acknowledge(update)

    def _commit(self, message: InboundMessage) -> None:
        close_old_connections()
        try:
            self._receive(message)
        except (OperationalError, InterfaceError):  # the database is away: the update waits at Telegram
            raise
        except Exception:
            log.exception("telegram_message_not_recorded_whole", event_id=message.event_id)
            self._receive(_bare(message))
        finally:
            close_old_connections()


def _bare(message: InboundMessage) -> InboundMessage:
    """Only that something came: one message we cannot take must not hold up everybody behind it."""
    return replace(
        message, kind=MessageKind.OTHER, text="", choice="", position=None, media=(), sender_name=""
    )


def _pause(problem: Exception, failures: int) -> float:
    """Seconds until the next try: what Telegram asks for, else 1, 2, 4 … 60."""
    if isinstance(problem, RetryAfter):
        return seconds_asked(problem)
    return float(min(2 ** min(failures - 1, 6), LONGEST_PAUSE))


def _explanation(problem: Exception) -> str:
    if isinstance(problem, Conflict):
        return ANOTHER_POLLER
    if isinstance(problem, TelegramError):
        return f"Telegram cannot be reached: {problem.message}"
    return f"{type(problem).__name__}: {problem}"
