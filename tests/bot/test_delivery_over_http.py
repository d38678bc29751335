"""Both messengers at once over real HTTP, with faults to order: whom they delay, and that nothing is lost."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from bot.channels.accounts import account_at
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram import channel as telegram_module
from bot.channels.zalo import ZaloChannel
from conversations.models import Turn
from emulators import telegram, zalo
from tests.bot.telegram.test_replying import queued as queued_on_telegram
from tests.bot.test_delivery import delivering, soon
from tests.bot.wires import switched_on
from tests.bot.zalo.test_replying import queued as queued_on_zalo

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The library's own announcement, each time the server asks it to wait.
    pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta"),
]
CITIZENS = 10


@dataclass(frozen=True, kw_only=True)
class Telegram:
    """An emulated Bot API server, our bot there, and citizens who began to talk to it."""

    server: telegram.client.Emulator
    channel: TelegramChannel
    citizens: list[telegram.client.Citizen]


@dataclass(frozen=True, kw_only=True)
class Zalo:
    """An emulated Zalo, our account there, and citizens who wrote to it just now."""

    server: zalo.client.Emulator
    channel: ZaloChannel
    citizens: list[zalo.client.Citizen]


@pytest.fixture
def on_telegram(transactional_db: None) -> Iterator[Telegram]:
    with telegram.client.running() as server:
        citizens = [server.citizen(1001 + number) for number in range(CITIZENS)]
        for citizen in citizens:
            citizen.says("/start")
        with closing(TelegramChannel(token=server.token, base_url=server.url)) as channel:
            yield Telegram(server=server, channel=channel, citizens=citizens)


@pytest.fixture
def on_zalo(transactional_db: None, settings: LazySettings) -> Iterator[Zalo]:
    with zalo.client.running() as server:
        citizens = [server.citizen(str(2001 + number)) for number in range(CITIZENS)]
        for citizen in citizens:
            citizen.says("xin chào")
        with closing(ZaloChannel(switched_on(server, settings))) as channel:
            yield Zalo(server=server, channel=channel, citizens=citizens)


def statuses() -> set[str]:
    return set(Turn.objects.values_list("status", flat=True))


def words(heard: list[dict[str, str]]) -> list[str]:
    """What was said below the line that names who speaks."""
    return [message["text"].partition("\n")[2] for message in heard]


def test_a_messenger_that_hangs_with_all_hands_delays_no_other(
    on_telegram: Telegram, on_zalo: Zalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_module, "CALL_SECONDS", 12.0)
    on_telegram.server.fault("sendMessage", "silence", times=None)
    slow = [queued_on_telegram(citizen, "một") for citizen in on_telegram.citizens]
    with delivering(on_telegram.channel, on_zalo.channel):
        assert soon(lambda: Turn.objects.filter(status=Turn.Status.SENDING).count() >= 8)
        quick = [queued_on_zalo(citizen, "hai") for citizen in on_zalo.citizens]
        begun = time.monotonic()
        assert soon(lambda: all(len(citizen.heard()) == 1 for citizen in on_zalo.citizens), seconds=10)
        assert time.monotonic() - begun < 10  # before the first of Telegram's calls is given up
        on_telegram.server.forget_faults()
        assert soon(lambda: statuses() == {Turn.Status.SENT}, seconds=60)
    assert Turn.objects.filter(pk__in=[turn.pk for turn in (*slow, *quick)]).count() == 2 * CITIZENS


def test_a_flood_in_one_chat_of_telegram_delays_that_chat_alone(on_telegram: Telegram) -> None:
    first, *others = on_telegram.citizens
    on_telegram.server.fault("sendMessage", "too_many_requests", seconds=4, chat=str(first.chat))
    for text in ("một", "hai"):
        for citizen in on_telegram.citizens:
            queued_on_telegram(citizen, text)
    with delivering(on_telegram.channel):
        assert soon(lambda: all(len(citizen.heard()) == 2 for citizen in others), seconds=3)
        assert first.heard() == []
        assert soon(lambda: len(first.heard()) == 2, seconds=10)
    assert all(words(citizen.heard()) == ["một", "hai"] for citizen in on_telegram.citizens)
    assert account_at("telegram", on_telegram.channel.account).paused_until is None


def test_zalo_s_limit_of_the_minute_delays_the_whole_account_and_no_try_is_lost(on_zalo: Zalo) -> None:
    on_zalo.server.fault("message/cs", "too_many_requests")
    turns = [queued_on_zalo(citizen, "một") for citizen in on_zalo.citizens]
    with delivering(on_zalo.channel):
        assert soon(lambda: account_at("zalo", on_zalo.channel.account).paused_until is not None)
        time.sleep(1)
        late = queued_on_zalo(on_zalo.citizens[0], "hai")
        time.sleep(2)
    paused = account_at("zalo", on_zalo.channel.account).paused_until
    assert paused is not None
    assert timedelta(seconds=50) < paused - timezone.now() <= timedelta(seconds=60)
    late.refresh_from_db()
    assert late.status == Turn.Status.QUEUED
    waiting = Turn.objects.filter(pk__in=[turn.pk for turn in turns], status=Turn.Status.QUEUED)
    assert set(waiting.values_list("attempt", flat=True)) == {0}


@pytest.mark.parametrize("kind", ["server_error", "drop", "cut"])
def test_whatever_fails_a_third_of_the_time_everything_arrives_in_order(
    kind: str, on_telegram: Telegram, on_zalo: Zalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "uniform", lambda _least, _most: 0.5)
    for emulator, call in ((on_telegram.server, "sendMessage"), (on_zalo.server, "message/cs")):
        emulator.fault(call, kind, times=None, probability=0.3, seed=7)
    said = ["một", "hai", "ba"]
    for text in said:
        for citizen in on_telegram.citizens[:4]:
            queued_on_telegram(citizen, text)
        for person in on_zalo.citizens[:4]:
            queued_on_zalo(person, text)
    with delivering(on_telegram.channel, on_zalo.channel):
        assert soon(lambda: statuses() == {Turn.Status.SENT}, seconds=90)
    assert all(words(citizen.heard()) == said for citizen in on_telegram.citizens[:4])
    assert all(words(person.heard()) == said for person in on_zalo.citizens[:4])


def test_slow_calls_do_not_hold_the_account_to_one_at_a_time(on_telegram: Telegram) -> None:
    on_telegram.server.fault("sendMessage", "slow", times=None, seconds=0.5)
    for text in ("một", "hai"):
        for citizen in on_telegram.citizens:
            queued_on_telegram(citizen, text)
    begun = time.monotonic()
    with delivering(on_telegram.channel):
        assert soon(lambda: statuses() == {Turn.Status.SENT}, seconds=20)
    assert time.monotonic() - begun < 2 * CITIZENS * 0.5 / 2
