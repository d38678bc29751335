"""Telegram sends to our own server, over real HTTP: twice, late, in disorder; nothing is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from django.conf import LazySettings
from structlog.testing import capture_logs

from bot.channels import switches
from bot.channels.telegram import TelegramChannel, Webhook
from bot.channels.telegram.receiving import listen
from conversations.models import Conversation, Turn
from emulators.loopback import wait_until
from emulators.telegram.client import Emulator
from emulators.telegram.sender import DEADLINE
from office.models import Staff
from tests.serving import served

PUBLIC = "https://motcua.example.vn"
HOOK = Webhook(url=f"{PUBLIC}/webhooks/telegram", secret="a-secret_token_0123456789")
LAN, MINH = 1001, 1002
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(telegram: Emulator, settings: LazySettings) -> Iterator[str]:
    """Our server, where Telegram finds it under its public address."""
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_DECISION = telegram.token, "12/QĐ-UBND"
    settings.TELEGRAM_WEBHOOK, settings.TELEGRAM_SECRET = HOOK.url, HOOK.secret
    with served() as address:
        telegram.leads(PUBLIC, to=address)
        telegram.calls_webhooks(scale=0.05)
        yield address


@contextmanager
def listening(channel: TelegramChannel, *, look_every: float = 60.0) -> Iterator[None]:
    stop = threading.Event()
    options = {"look_every": timedelta(seconds=look_every)}
    thread = threading.Thread(target=listen, args=(channel, stop, HOOK), kwargs=options)
    thread.start()
    try:
        wait_until(lambda: channel.webhook_info().url == HOOK.url, what="setWebhook")
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive()


def texts() -> list[str]:
    return list(Turn.objects.order_by("id").values_list("text", flat=True))


def test_what_is_sent_becomes_rows_and_the_answers_carry_the_typing(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    with listening(channel):
        for number in range(5):
            telegram.citizen(LAN).says(f"lan {number}")
            telegram.citizen(MINH).says(f"minh {number}")
        attempts = telegram.settles()
    assert [attempt["status"] for attempt in attempts] == [200] * 10
    assert all(0 < attempt["seconds"] < DEADLINE for attempt in attempts)
    assert [text for text in texts() if "lan" in text] == [f"lan {number}" for number in range(5)]
    assert Turn.objects.count() == 10
    calls = telegram.state()["calls"]
    assert sum(call["method"] == "sendChatAction" and call.get("by") == "answer" for call in calls) == 10


def test_updates_that_come_twice_and_late_are_one_turn_each(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    with listening(channel):
        telegram.fault("updates", "duplicate", times=3, seconds=0.1)
        telegram.fault("updates", "late", times=2, after=1, seconds=0.2)
        for number in range(6):
            telegram.citizen(LAN + number).says(f"tin {number}")
        wait_until(lambda: Turn.objects.count() == 6, what="six turns")
        telegram.settles()
    assert sorted(texts()) == [f"tin {number}" for number in range(6)]


def test_who_blocks_us_is_known_by_the_webhook_too(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    citizen = telegram.citizen(LAN)
    with listening(channel):
        citizen.says("khai sinh")
        citizen.does("block")
        telegram.settles()
    assert Conversation.objects.get().unreachable_since


def test_a_webhook_that_telegram_cannot_reach_is_told_once_with_its_words(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    telegram.leads(PUBLIC, to="http://127.0.0.1:9")
    with capture_logs() as lines, listening(channel, look_every=0.1):
        telegram.citizen(LAN).says("khai sinh")
        wait_until(
            lambda: "telegram_webhook_failing" in [line["event"] for line in lines], what="the warning"
        )
        telegram.leads(PUBLIC, to=office)
        telegram.settles()
    (failing, *_) = [line for line in lines if line["event"] == "telegram_webhook_failing"]
    assert (failing["log_level"], failing["waiting"]) == ("warning", 1)
    assert texts() == ["khai sinh"]


def test_a_webhook_that_another_program_took_away_is_set_again(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    with capture_logs() as lines, listening(channel, look_every=0.1):
        httpx.post(f"{telegram.url}/bot{telegram.token}/deleteWebhook")
        wait_until(lambda: channel.webhook_info().url == HOOK.url, what="the webhook again")
        wait_until(lambda: "telegram_webhook_taken_away" in [line["event"] for line in lines])
        telegram.citizen(LAN).says("khai sinh")
        telegram.settles()
    assert texts() == ["khai sinh"]


def test_while_the_channel_is_off_telegram_is_asked_for_nothing(
    telegram: Emulator, office: str, channel: TelegramChannel
) -> None:
    stop = threading.Event()
    switches.turn_off("telegram", by=Staff.objects.create(username="lan"), reason="bảo trì")
    often = {"look_every": timedelta(seconds=0.1)}
    thread = threading.Thread(target=listen, args=(channel, stop, HOOK), kwargs=often)
    thread.start()
    try:
        stop.wait(1)
        assert telegram.state()["calls"] == []
    finally:
        stop.set()
        thread.join(timeout=10)
