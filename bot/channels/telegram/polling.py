"""The polling loop: an update is confirmed to Telegram only after its row is committed.

Killed between the two, nothing is lost: the update comes again, and its event id makes it one turn.
"""

from __future__ import annotations

import threading

import structlog
from telegram import Update

from bot.channels.switches import LOOK_EVERY, Halt
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.taking_in import take_in
from bot.intake import Receive
from office.connections import give_back_to_pool

log = structlog.get_logger(__name__)


class Feed:
    """The account's updates, and which of them are committed here but not yet confirmed there."""

    def __init__(self, channel: TelegramChannel, receive: Receive) -> None:
        self._channel = channel
        self._receive = receive
        self._is_open = False
        self._offset: int | None = None

    def step(self, stop: threading.Event) -> None:
        """Take in what there is; while the channel is off, ask Telegram for nothing."""
        halt = Halt(stop, self._channel.name)
        if halt.is_set():
            stop.wait(LOOK_EVERY)
        else:
            self._take_in(halt)

    def _take_in(self, halt: Halt) -> None:
        """Confirm what is committed, then wait for updates and commit each, oldest first.

        A confirmation is tried once, then forgotten: a number kept over an idle week would hide the updates
        of a sequence that began anew below it. What was not confirmed comes again and is known by its id.
        """
        if not self._is_open:
            self._channel.open()
            self._is_open = True
            log.info("telegram_open", account=self._channel.account)
        offset, self._offset = self._offset, None
        for update in self._channel.updates(confirm_before=offset, stop=halt):
            self._take(update)
            self._offset = update.update_id + 1

    def _take(self, update: Update) -> None:
        try:
            owed = take_in(update, account=self._channel.account, receive=self._receive)
        finally:
            give_back_to_pool()
        for courtesy in owed:
            self._channel.offer(courtesy)
