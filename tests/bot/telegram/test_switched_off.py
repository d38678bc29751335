"""While Telegram is off nothing is asked of it, and what it sends by itself is kept all the same."""

from __future__ import annotations

import json
import time

import pytest
from django.conf import LazySettings
from django.test import Client

from bot.channels.switches import LOOK_EVERY, turn_off, turn_on
from conversations.models import Turn
from emulators.loopback import wait_until
from emulators.telegram.client import Emulator
from tests.bot.telegram.conftest import Polling
from tests.bot.telegram.test_webhook import ADDRESS, SECRET, waiting

LAN = 1001
pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The library's own announcement, each time the server asks it to wait.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]


def polls(telegram: Emulator) -> int:
    return sum(call["method"] == "getUpdates" for call in telegram.state()["calls"])


def test_off_from_the_start_nothing_is_polled_and_on_everything_is(
    telegram: Emulator, polling: Polling
) -> None:
    turn_off("telegram", reason="thử", by=None)
    telegram.citizen(LAN).says("làm khai sinh cần gì")
    with polling():
        time.sleep(1)
        assert polls(telegram) == 0
        turn_on("telegram", by=None)
        wait_until(Turn.objects.exists, within=10, what="the waiting update")


def test_switched_off_during_a_long_poll_the_poll_is_given_up(telegram: Emulator, polling: Polling) -> None:
    with polling():
        wait_until(lambda: polls(telegram) == 1, within=10, what="the first poll")
        turn_off("telegram", reason="thử", by=None)
        time.sleep(2 * LOOK_EVERY)
        telegram.citizen(LAN).says("làm khai sinh cần gì")
        time.sleep(1)
        assert not Turn.objects.exists()
        assert len(telegram.state()["pending"]) == 1
        turn_on("telegram", by=None)
        wait_until(Turn.objects.exists, within=10, what="the waiting update")


def test_what_the_webhook_brings_is_committed_and_answered_with_nothing_to_do(
    telegram: Emulator, settings: LazySettings
) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = telegram.token, "12/QĐ-UBND"
    settings.TELEGRAM_WEBHOOK, settings.TELEGRAM_SECRET = ADDRESS, SECRET
    turn_off("telegram", reason="thử", by=None)
    telegram.citizen(LAN).says("làm khai sinh cần gì")
    response = Client().post(
        "/webhooks/telegram",
        json.dumps(waiting(telegram)[0]),
        content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
    )
    assert (response.status_code, response.json()) == (200, {})
    assert Turn.objects.get().text == "làm khai sinh cần gì"
