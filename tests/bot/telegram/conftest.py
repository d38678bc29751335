"""The Telegram channel with python-telegram-bot as it is, against an emulated server over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest

from bot.channels.telegram import TelegramChannel, poll
from emulators.telegram import client


class Polling(Protocol):
    """Run the polling loop of a channel for the length of a `with`."""

    def __call__(self, **options: Any) -> AbstractContextManager[threading.Event]: ...


@pytest.fixture
def channel(telegram: client.Emulator) -> Iterator[TelegramChannel]:
    """Our channel on the emulated bot, its loop not running."""
    opened = TelegramChannel(token=telegram.token, base_url=telegram.url)
    yield opened
    opened.close()


@pytest.fixture
def polling(channel: TelegramChannel, transactional_db: None) -> Polling:
    @contextmanager
    def running(**options: Any) -> Iterator[threading.Event]:
        stop = threading.Event()
        thread = threading.Thread(target=poll, args=(channel, stop), kwargs=options)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            thread.join(timeout=10)
            assert not thread.is_alive()

    return running
