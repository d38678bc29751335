"""Receiving updates until told to stop: fetched by the polling loop, or sent by Telegram to our webhook.

Both leave the updates of the other mode where they are, so that changing the setting loses nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import connections
from telegram.error import InvalidToken

from bot import intake
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.polling import Feed
from bot.channels.telegram.problems import REFUSED, explanation, pause_after
from bot.channels.telegram.watch import Watch
from bot.channels.telegram.webhook import Webhook

log = structlog.get_logger(__name__)

LOOK_EVERY = timedelta(minutes=1)


def receive_updates(
    channel: TelegramChannel, stop: threading.Event, *, webhook: Webhook | None = None
) -> None:
    """Receive updates until stop is set, by the webhook if there is one; blocks."""
    if webhook is None:
        poll(channel, stop)
    else:
        listen(channel, stop, webhook)


def poll(
    channel: TelegramChannel, stop: threading.Event, *, receive: intake.Receive = intake.receive
) -> None:
    """Fetch updates until stop is set; blocks. Returns early only when Telegram refuses the token."""
    feed = Feed(channel, receive)
    while not stop.is_set() and _patiently(lambda: feed.step(stop), stop):
        pass
    connections.close_all()


def listen(
    channel: TelegramChannel, stop: threading.Event, webhook: Webhook, *, look_every: timedelta = LOOK_EVERY
) -> None:
    """Tell Telegram to send updates to the webhook, and see that it can, until stop is set; blocks.

    Updates that do not come are noticed by nobody else: a certificate that ran out, a closed port, another
    program that took the webhook. Returns early only when Telegram refuses the token. While the channel is
    off, Telegram is not asked.
    """
    watch = Watch(channel, webhook)
    while _patiently(watch.look, stop) and not stop.wait(look_every.total_seconds()):
        pass
    connections.close_all()


def _patiently(attempt: Callable[[], None], stop: threading.Event) -> bool:
    """Try until it succeeds or stop is set; False when Telegram refuses the token, so that no try helps."""
    failures = 0
    while not stop.is_set():
        try:
            attempt()
        except InvalidToken:
            log.critical("telegram_stopped", what_to_do=REFUSED)
            return False
        except Exception as problem:  # whatever it is, this channel says so and tries again
            failures += 1
            pause = pause_after(problem, failures)
            log.warning("telegram_waiting", problem=explanation(problem), seconds=pause, failures=failures)
            stop.wait(pause)
        else:
            return True
    return True
